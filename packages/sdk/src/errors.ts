import { CodedError, type ErrorEntry, type ErrorRegister, errorFactory } from '@hufu/kernel';

/** What can go wrong on a platform's side of a login through the hub. */
export const SDK_ERRORS = {
  SDK_HUB_UNREACHABLE: {
    status: 503,
    zh: '暂时无法连接CA互认系统，请稍后再试',
    en: 'The hub cannot be reached. Try again later.',
    retry: 'later',
  },
  SDK_LOGIN_EXPIRED: {
    status: 410,
    zh: '登录请求已过期或不是从本页面发起，请重新登录',
    en: 'This login has expired or was not started here. Log in again.',
    retry: 'corrected',
  },
  SDK_LOGIN_CANCELLED: {
    status: 403,
    zh: '您已取消登录',
    en: 'The login was cancelled.',
    retry: 'corrected',
  },
  SDK_LOGIN_REFUSED: {
    status: 403,
    zh: 'CA互认系统拒绝了本次登录',
    en: 'The hub refused this login.',
    retry: 'never',
  },
  SDK_CLAIMS_INCOMPLETE: {
    status: 502,
    zh: 'CA互认系统返回的主体信息不完整，请联系技术支持',
    en: 'The hub’s answer lacks facts about the enterprise. Contact support.',
    retry: 'later',
  },
  SDK_LOGOUT_TOKEN_INVALID: {
    status: 400,
    zh: '退出通知无效',
    en: 'The logout token is not valid.',
    retry: 'never',
  },
  SDK_TRUST_LIST_MISSING: {
    status: 503,
    zh: '尚未取得有效的CA信任列表，暂时不能直接登录',
    en: 'No valid trust list is at hand, so direct login is not possible for the moment.',
    retry: 'later',
  },
  SDK_CHALLENGE_EXPIRED: {
    status: 410,
    zh: '本次登录请求已过期，请重新操作',
    en: 'This challenge has expired. Try again.',
    retry: 'corrected',
  },
  SDK_SIGNATURE_INVALID: {
    status: 403,
    zh: '签名验证不通过',
    en: 'The signature does not verify.',
    retry: 'corrected',
  },
  SDK_NOT_ACTIVATED: {
    status: 403,
    zh: '该主体尚未激活，请通过CA互认系统授权登录', // MSG-25
    en: 'This enterprise is not activated here yet. Log in through the hub first.',
    retry: 'corrected',
  },
  SDK_CERTIFICATE_REFUSED: {
    status: 403,
    zh: '该证书不能用于登录本平台',
    en: 'This certificate cannot be used to log in here.',
    retry: 'never',
  },
  SDK_PLATFORM_REFUSED: {
    status: 502,
    zh: '主体信息库拒绝了本平台的凭据，请联系技术支持',
    en: 'The library did not accept this platform’s credentials. Contact support.',
    retry: 'later',
  },
  SDK_EXCHANGE_REFUSED: {
    status: 409,
    zh: '主体信息库没有接受这次请求',
    en: 'The library did not accept this request.',
    retry: 'corrected',
  },
  SDK_ANSWER_UNREADABLE: {
    status: 502,
    zh: '主体信息库返回的内容无法识别，请联系技术支持',
    en: 'The library’s answer cannot be read. Contact support.',
    retry: 'later',
  },
  SDK_PACKAGE_CHANGED: {
    status: 502,
    zh: '同步的主体信息与签名或存证不一致，没有采用',
    en: 'What was mirrored is not what was signed or recorded: nothing of it was taken.',
    retry: 'later',
  },
  SDK_FILE_CHANGED: {
    status: 502,
    zh: '电子件内容与登记的摘要不一致，没有采用',
    en: 'A file is not what its digest says: it was not taken.',
    retry: 'later',
  },
  SDK_SIGNING_KEY_MISSING: {
    status: 500,
    zh: '本平台没有配置签名密钥，不能报送项目',
    en: 'This platform has no signing key and cannot report projects.',
    retry: 'never',
  },
  SDK_SEAL_REFUSED: {
    status: 422,
    zh: '文件的签章没有通过核验',
    en: 'The seal of the document did not verify.',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;

export type SdkErrorCode = keyof typeof SDK_ERRORS;
export const sdkError = errorFactory(SDK_ERRORS);

const isCode = (code: string): code is SdkErrorCode => code in SDK_ERRORS;

/** For a platform's error page: the register's text for a failure of this package, undefined for any other. */
export function sdkErrorEntry(error: unknown): (ErrorEntry & { readonly code: SdkErrorCode }) | undefined {
  if (!(error instanceof CodedError) || !isCode(error.code)) return undefined;
  return { ...SDK_ERRORS[error.code], code: error.code };
}

/** What the library said when it did not accept a request. */
export type ExchangeRefusal = {
  /** Its stable code, e.g. EXCHANGE_SYNC_CODE. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** Its words for people, Chinese. */
  readonly message: string;
};

/** Undefined for any other failure. */
export function exchangeRefusal(error: unknown): ExchangeRefusal | undefined {
  if (!(error instanceof CodedError) || error.code !== 'SDK_EXCHANGE_REFUSED') return undefined;
  const { code, status, message } = error.fields;
  return { code: String(code), status: Number(status), message: String(message) };
}
