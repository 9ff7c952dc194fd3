import type { ErrorRegister } from '@hufu/kernel';

/** Refusals of the scan between a page and 标证通. */
export const SCAN_ERRORS = {
  SCAN_UNKNOWN: {
    status: 404,
    zh: '二维码无效或不是本系统的二维码，请刷新页面后重新扫码',
    en: 'This code is not valid, or not one of this site. Refresh the page and scan again.',
    retry: 'corrected',
  },
  SCAN_EXPIRED: {
    status: 410,
    zh: '二维码已过期，请刷新二维码后重新扫码',
    en: 'The code has expired. Renew it on the page and scan again.',
    retry: 'corrected',
  },
  SCAN_TAKEN: {
    status: 409,
    zh: '该二维码已被另一台手机扫描',
    en: 'Another phone has scanned this code.',
    retry: 'never',
  },
  SCAN_STATE: {
    status: 409,
    zh: '本次扫码已结束，请刷新二维码后重新扫码',
    en: 'This scan is over. Renew the code on the page and scan again.',
    retry: 'corrected',
  },
  SCAN_CANCELLED: {
    status: 409,
    zh: '网页端已取消本次操作',
    en: 'The page has cancelled.',
    retry: 'never',
  },
  SCAN_REFUSED: {
    status: 409,
    zh: '已在手机上拒绝本次操作',
    en: 'It was refused on the phone.',
    retry: 'corrected',
  },
  SCAN_CODE_WRONG: {
    status: 422,
    zh: '确认码不正确，请输入手机上显示的确认码',
    en: 'That is not the code. Type the one that the phone shows.',
    retry: 'corrected',
  },
  SCAN_CODE_SPENT: {
    status: 409,
    zh: '确认码连续输错，本次扫码已关闭，请重新扫码',
    en: 'The code was wrong too often: this scan is closed. Scan again.',
    retry: 'corrected',
  },
  SCAN_CODE_PENDING: {
    status: 409,
    zh: '请先在网页上输入手机显示的确认码',
    en: 'Type the code that the phone shows into the page first.',
    retry: 'corrected',
  },
  SCAN_OTHER_ENTITY: {
    status: 403,
    zh: '该证书不属于网页上登录的单位',
    en: 'This certificate does not belong to the enterprise that is logged in on the page.',
    retry: 'corrected',
  },
  SCAN_OTHER_CERTIFICATE: {
    status: 403,
    zh: '请使用登录网页时所用的证书',
    en: 'Use the certificate with which the page was logged in.',
    retry: 'corrected',
  },
  SCAN_OTHER_MESSAGE: {
    status: 409,
    zh: '手机要签署的内容与网页发起的不一致，已中止',
    en: 'What the phone was about to sign is not what the page asked for. Nothing was signed.',
    retry: 'never',
  },
  SCAN_SIGNATURE: {
    status: 422,
    zh: '签名验证不通过，请重新扫码',
    en: 'The signature does not verify. Scan again.',
    retry: 'corrected',
  },
  SCAN_PAGE_SESSION: {
    status: 401,
    zh: '网页登录已过期，请重新登录后再扫码',
    en: 'The page is not logged in, or its session has ended.',
    retry: 'corrected',
  },
  SCAN_TOO_MANY_TRIES: {
    status: 409,
    zh: '本次扫码的签名次数过多，请重新扫码',
    en: 'Too many attempts in one scan. Scan again.',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;
export type ScanErrorCode = keyof typeof SCAN_ERRORS;
