import type { ErrorRegister } from '@hufu/kernel';

/** What the exchange says to a platform that calls, and to the desk that looks after the exchange. */
export const EXCHANGE_ERRORS = {
  EXCHANGE_SCOPE: {
    status: 403,
    zh: '平台令牌没有调用该接口的权限',
    en: 'The access token was not issued for this use.',
    retry: 'corrected',
  },
  EXCHANGE_SYNC_CODE: {
    status: 422,
    zh: '同步码错误或已失效，请到主体信息库基本信息页面重新复制', // MSG-23
    en: 'The sync code is wrong or no longer valid. Copy it again from the library’s base information page.',
    retry: 'corrected',
  },
  EXCHANGE_SYNC_LOCKED: {
    status: 429,
    zh: '同步码连续输错次数过多，请15分钟后再试', // OD-16
    en: 'Too many wrong sync codes. Try again in 15 minutes.',
    retry: 'later',
  },
  EXCHANGE_NOT_ACTIVATED: {
    status: 403,
    zh: '该主体尚未激活，请通过CA互认系统授权登录', // MSG-25
    en: 'The entity is not activated on this platform. It logs in through the hub first.',
    retry: 'corrected',
  },
  EXCHANGE_NO_CONSENT: {
    status: 403,
    zh: '该主体当前没有登录本平台，也没有授权本平台调用其信息',
    en: 'The entity is not logged in here at the moment and has not consented to being looked up.',
    retry: 'corrected',
  },
  EXCHANGE_ENTITY_FROZEN: {
    status: 409,
    zh: '该主体已被冻结，不能同步或调用其信息',
    en: 'The entity is frozen: its information can be neither mirrored nor used.',
    retry: 'never',
  },
  EXCHANGE_UNKNOWN: {
    status: 404,
    zh: '没有找到，或者不属于本平台',
    en: 'There is no such thing, or it is not this platform’s.',
    retry: 'never',
  },
  EXCHANGE_PULL_OVER: {
    status: 410,
    zh: '本次同步的附件下载期限已过，请重新同步',
    en: 'The files of this pull may no longer be fetched. Pull again.',
    retry: 'corrected',
  },
  EXCHANGE_KEY_REUSED: {
    status: 422,
    zh: '同一幂等键被用于不同的请求',
    en: 'This idempotency key was used for another request.',
    retry: 'corrected',
  },
  EXCHANGE_KEY_REQUIRED: {
    status: 400,
    zh: '请求缺少幂等键（Idempotency-Key）',
    en: 'The request lacks its Idempotency-Key.',
    retry: 'corrected',
  },
  EXCHANGE_CALLBACK_REUSED: {
    status: 409,
    zh: '回调编号已用于另一次使用',
    en: 'This callback id stands for another use already.',
    retry: 'corrected',
  },
  EXCHANGE_NOT_USABLE: {
    status: 409,
    zh: '该业绩当前状态不能用于投标',
    en: 'This performance cannot be used in its present state.',
    retry: 'never',
  },
  EXCHANGE_SIGNATURE: {
    status: 422,
    zh: '签名验证不通过',
    en: 'The signature does not verify.',
    retry: 'corrected',
  },
  EXCHANGE_SIGNER_UNKNOWN: {
    status: 422,
    zh: '签名密钥没有登记',
    en: 'The signing key is not registered for this platform.',
    retry: 'corrected',
  },
  EXCHANGE_STATEMENT: {
    status: 422,
    zh: '签名内容不符合要求',
    en: 'What was signed does not have the required form.',
    retry: 'corrected',
  },
  EXCHANGE_STATEMENT_OLD: {
    status: 409,
    zh: '已收到该项目更新的信息，旧的信息不再接受',
    en: 'Newer information of this project has been received already.',
    retry: 'never',
  },
  EXCHANGE_PROJECT_FOREIGN: {
    status: 409,
    zh: '该项目由另一平台报送',
    en: 'This project was reported by another platform.',
    retry: 'never',
  },
  EXCHANGE_NOT_RECOGNISED: {
    status: 409,
    zh: '没有可以互认的审核结果，请按本平台要求提交审核',
    en: 'There is no approval that this platform recognises. The entity is to be reviewed here.',
    retry: 'never',
  },
  EXCHANGE_VERSION: {
    status: 409,
    zh: '主体信息已经变动，请核对最新版本',
    en: 'The entity’s information has changed. Look at its newest version.',
    retry: 'corrected',
  },
  EXCHANGE_RETURN: {
    status: 422,
    zh: '返回地址不属于本平台登记的网址',
    en: 'The address to return to is not one of this platform’s registered ones.',
    retry: 'corrected',
  },
  EXCHANGE_CURSOR: {
    status: 422,
    zh: '游标超出已入账的范围',
    en: 'The cursor lies beyond what the log holds.',
    retry: 'corrected',
  },
  EXCHANGE_MAPPING: {
    status: 422,
    zh: '电子件目录映射有误：目录不存在、重复，缺少调整提示，或必填目录没有对应的平台目录',
    en: 'The mapping is not valid: an unknown or doubled directory, a missing hint, or one that is required nowhere.',
    retry: 'corrected',
  },
  EXCHANGE_UNCHANGED: {
    status: 422,
    zh: '内容没有变化',
    en: 'Nothing was changed.',
    retry: 'corrected',
  },
  EXCHANGE_STALE: {
    status: 409,
    zh: '内容已被他人修改，请刷新后重试',
    en: 'Somebody changed this meanwhile. Reload and try again.',
    retry: 'corrected',
  },
  EXCHANGE_PUSH_STATE: {
    status: 409,
    zh: '该推送不需要重发',
    en: 'This notice does not wait for another try.',
    retry: 'never',
  },
} as const satisfies ErrorRegister;
export type ExchangeErrorCode = keyof typeof EXCHANGE_ERRORS;
