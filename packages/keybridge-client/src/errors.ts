import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/**
 * Every failure of the key bridge protocol. A bridge answers with these codes (RFC 9457 problem documents), the
 * client raises them as `CodedError`. Texts marked MSG-nn are the wording that users know from the manuals.
 */
export const BRIDGE_ERRORS = {
  // MSG-06: the driver or the assistant is missing or broken (HUB-055).
  BRIDGE_NOT_RUNNING: {
    status: 503,
    zh: '初始化签名证书选择模式失败',
    en: 'The certificate assistant is not running. Install or start it, then try again.',
    retry: 'corrected',
  },
  BRIDGE_BLOCKED_BY_BROWSER: {
    status: 403,
    zh: '浏览器阻止了本页访问证书助手，请在地址栏左侧的网站设置中允许“本地网络访问”后重试',
    en: 'The browser keeps this page from the certificate assistant. Allow “local network access” in the site settings beside the address bar, then try again.',
    retry: 'corrected',
  },
  BRIDGE_NOT_PAIRED: {
    status: 401,
    zh: '本网站尚未获得证书助手的授权',
    en: 'The certificate assistant has not been allowed to serve this site yet.',
    retry: 'corrected',
  },
  BRIDGE_APPROVAL_REFUSED: {
    status: 403,
    zh: '您没有允许本网站使用证书助手',
    en: 'You did not allow this site to use the certificate assistant.',
    retry: 'corrected',
  },
  BRIDGE_APPROVAL_EXPIRED: {
    status: 410,
    zh: '授权请求已过期，请重新发起',
    en: 'The request for approval has expired. Start again.',
    retry: 'corrected',
  },
  BRIDGE_VERSION: {
    status: 426,
    zh: '证书助手版本过低，请升级后重试',
    en: 'This certificate assistant is too old. Upgrade it, then try again.',
    retry: 'corrected',
  },
  BRIDGE_HOST_REFUSED: {
    status: 421,
    zh: '证书助手只接受本机地址的访问',
    en: 'The certificate assistant answers on loopback addresses only.',
    retry: 'never',
  },
  BRIDGE_ORIGIN_REFUSED: {
    status: 403,
    zh: '证书助手拒绝了该来源的请求',
    en: 'The certificate assistant refuses requests from this origin.',
    retry: 'never',
  },
  BRIDGE_REQUEST_INVALID: {
    status: 400,
    zh: '请求内容不符合证书助手接口规范',
    en: 'The request does not follow the key bridge protocol.',
    retry: 'corrected',
  },
  BRIDGE_NOT_FOUND: {
    status: 404,
    zh: '证书助手中没有该项内容',
    en: 'The certificate assistant has no such item.',
    retry: 'never',
  },
  BRIDGE_BUSY: {
    status: 429,
    zh: '证书助手正在处理其他请求，请稍后重试',
    en: 'The certificate assistant is busy with other requests. Try again shortly.',
    retry: 'later',
  },
  BRIDGE_FAULT: {
    status: 500,
    zh: '证书助手发生内部错误，请重试或运行一键检测',
    en: 'The certificate assistant failed. Try again, or run its check.',
    retry: 'later',
  },
  // MSG-14: no key, or its driver is missing.
  TOKEN_ABSENT: {
    status: 404,
    zh: '请确认插入CA锁并安装驱动',
    en: 'Make sure that the CA key is plugged in and its driver is installed.',
    retry: 'corrected',
  },
  // MSG-13: reading found no certificate.
  TOKEN_NO_CERTIFICATE: {
    status: 404,
    zh: '请插入CA锁，确保CA数字证书已和电脑相连，并已正确安装对应的驱动程序',
    en: 'Plug in the CA key; make sure that it is connected and that its driver is installed correctly.',
    retry: 'corrected',
  },
  TOKEN_REMOVED: {
    status: 409,
    zh: 'CA锁已被拔出，请重新插入后再试',
    en: 'The CA key was pulled out. Plug it in again and retry.',
    retry: 'corrected',
  },
  TOKEN_FAULT: {
    status: 502,
    zh: 'CA锁或其驱动返回错误，请重新插拔；如仍失败请联系CA办理机构',
    en: 'The CA key or its driver reported a fault. Unplug it and plug it in again; if that does not help, contact the issuing CA.',
    retry: 'later',
  },
  // MSG-16: what answers is not the driver that this site offers, or not one that reads the key (AST-016).
  TOKEN_SERIAL_UNREAD: {
    status: 502,
    zh: '获取证书序列号失败',
    en: 'The serial number of the certificate could not be read.',
    retry: 'corrected',
  },
  TOKEN_ALGORITHM_UNSUPPORTED: {
    status: 422,
    zh: '该CA锁不支持所需的签名算法',
    en: 'This CA key cannot make the signature that is needed.',
    retry: 'never',
  },
  PIN_INCORRECT: {
    status: 403,
    zh: 'CA锁密码错误',
    en: 'Wrong CA key password.',
    retry: 'corrected',
  },
  PIN_LOCKED: {
    status: 423,
    zh: 'CA锁密码已锁定，请联系CA签发机构重置密码',
    en: 'The CA key password is locked. The issuing CA can reset it.',
    retry: 'never',
  },
  PIN_POLICY: {
    status: 422,
    zh: 'CA锁密码应为6至16个字符',
    en: 'The CA key password has 6 to 16 characters.',
    retry: 'corrected',
  },
  OPERATION_EXPIRED: {
    status: 410,
    zh: '操作已超时，请重新发起',
    en: 'The operation has expired. Start again.',
    retry: 'corrected',
  },
  OPERATION_CANCELLED: {
    status: 409,
    zh: '操作已取消',
    en: 'The operation was cancelled.',
    retry: 'corrected',
  },
  OPERATION_RUNNING: {
    status: 409,
    zh: 'CA锁正在签名，请勿拔出，请稍候',
    en: 'The CA key is signing. Leave it in and wait.',
    retry: 'later',
  },
  OPERATION_SPENT: {
    status: 409,
    zh: '该操作已完成，不能再次使用',
    en: 'This operation is finished and cannot be used again.',
    retry: 'corrected',
  },
  BRIDGE_STATEMENT_INVALID: {
    status: 400,
    zh: '签名内容格式不正确',
    en: 'The signed statement is malformed.',
    retry: 'never',
  },
  BRIDGE_DOCUMENT_INVALID: {
    status: 400,
    zh: '待签章内容与文件摘要不一致，已拒绝签章。请返回网站重新发起签章。',
    en: 'What is to be signed does not fit the digest of the document. Begin the sealing again on the site.',
    retry: 'never',
  },
} as const satisfies ErrorRegister;

export type BridgeErrorCode = keyof typeof BRIDGE_ERRORS;

export const bridgeError = errorFactory(BRIDGE_ERRORS);
