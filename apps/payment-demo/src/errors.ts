import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/** What the sandbox refuses with. */
export const PAYMENT_ERRORS = {
  PAYMENT_INPUT: {
    status: 400,
    zh: '请求内容不合规',
    en: 'The request is not well-formed',
    retry: 'corrected',
  },
  PAYMENT_SIGNATURE: {
    status: 401,
    zh: '商户签名不正确',
    en: 'The merchant’s signature is wrong',
    retry: 'corrected',
  },
  PAYMENT_UNKNOWN: { status: 404, zh: '没有这笔支付', en: 'There is no such payment', retry: 'never' },
  PAYMENT_DIFFERS: {
    status: 409,
    zh: '同一订单号对应了不同的内容',
    en: 'The same order number was used for something else',
    retry: 'never',
  },
  PAYMENT_STATE: {
    status: 409,
    zh: '支付当前状态不能进行此项操作',
    en: 'The state does not allow this',
    retry: 'never',
  },
  PAYMENT_FOREIGN: {
    status: 403,
    zh: '请求来自其他网站，已拒绝',
    en: 'The request came from another site',
    retry: 'never',
  },
  PAYMENT_BOOK: { status: 500, zh: '账本无法读取', en: 'The book cannot be read', retry: 'never' },
} as const satisfies ErrorRegister;

export const paymentError = errorFactory(PAYMENT_ERRORS);
