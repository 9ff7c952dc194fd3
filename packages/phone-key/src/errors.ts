import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/** Every failure of a phone's key: what the vault answers, and what the device finds itself. */
export const PHONE_KEY_ERRORS = {
  PHONE_PIN_WRONG: {
    status: 403,
    zh: 'PIN码错误',
    en: 'Wrong PIN.',
    retry: 'corrected',
  },
  PHONE_PIN_LOCKED: {
    status: 423,
    zh: 'PIN码输错次数过多，该证书在本设备上已锁定，PIN码无法重置；请从存有该证书的其他设备重新共享，或在证书详情中办理“挂失补办”',
    en: 'Too many wrong PINs: the certificate is locked on this device, and the PIN cannot be reset. Share it again from another device that holds it, or have it replaced (挂失补办) from its page.',
    retry: 'never',
  },
  PHONE_PIN_POLICY: {
    status: 422,
    zh: 'PIN码应为6至16个字符',
    en: 'A PIN has 6 to 16 characters.',
    retry: 'corrected',
  },
  PHONE_CLONED: {
    status: 423,
    zh: '检测到该证书在另一台设备上被复制使用，已冻结，请在“设备管理”中处理',
    en: 'A copy of this phone key has been used elsewhere. It is frozen; see the list of devices.',
    retry: 'never',
  },
  PHONE_HALF_UNKNOWN: {
    status: 404,
    zh: '密钥托管服务中没有该证书的密钥，请重新下载证书',
    en: 'The vault has no such key. Download the certificate again.',
    retry: 'never',
  },
  PHONE_HALF_HELD: {
    status: 423,
    zh: '该设备上的证书已被冻结',
    en: 'The certificate is frozen on this device.',
    retry: 'never',
  },
  PHONE_HALF_PENDING: {
    status: 409,
    zh: '该密钥尚未启用，请重新操作',
    en: 'This key has not been put into use yet. Try again.',
    retry: 'corrected',
  },
  PHONE_HALF_USAGE: {
    status: 409,
    zh: '该密钥不能用于此操作',
    en: 'This key does not serve this operation.',
    retry: 'never',
  },
  PHONE_REQUEST_INVALID: {
    status: 400,
    zh: '密钥请求格式不正确',
    en: 'The request to the vault is malformed.',
    retry: 'never',
  },
  PHONE_REQUEST_REPLAYED: {
    status: 409,
    zh: '该密钥请求已使用过，请重新发起',
    en: 'This request has been used before. Start again.',
    retry: 'corrected',
  },
  PHONE_DEVICE_SIGNATURE: {
    status: 403,
    zh: '设备验证失败，请重新登录',
    en: 'The request was not made by the device that holds this key.',
    retry: 'never',
  },
  PHONE_TOO_MANY_USES: {
    status: 429,
    zh: '该证书使用过于频繁，请稍后再试',
    en: 'This key is used too often. Try again later.',
    retry: 'later',
  },
  PHONE_ABORTED_TOO_OFTEN: {
    status: 423,
    zh: '该证书多次签名异常，已停用，请联系客服',
    en: 'Signatures with this key failed too often; it is out of use. Contact the service desk.',
    retry: 'never',
  },
  PHONE_VAULT_ANSWER: {
    status: 502,
    zh: '密钥托管服务的回复无法通过验证，操作已中止',
    en: 'The answer of the vault does not stand up to checking. Nothing was signed.',
    retry: 'later',
  },
  PHONE_CIPHERTEXT: {
    status: 422,
    zh: '该文件不是用此证书加密的，或已损坏，无法解密',
    en: 'The file was not encrypted to this certificate, or it is damaged.',
    retry: 'never',
  },
  PHONE_KEY_ABSENT: {
    status: 404,
    zh: '本机没有该证书的密钥，可能已被浏览器清除，请重新下载或从其他设备共享',
    en: 'This device does not hold the key: the browser may have cleared it. Enrol it again, or share it from another device.',
    retry: 'corrected',
  },
  PHONE_KEY_DAMAGED: {
    status: 500,
    zh: '本机保存的密钥已损坏，请重新下载证书',
    en: 'The key stored on this device is damaged. Download the certificate again.',
    retry: 'never',
  },
  PHONE_PARCEL_INVALID: {
    status: 409,
    zh: '收到的证书密钥无法打开，请重新发起共享',
    en: 'The shared key cannot be opened. Start the sharing again.',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;

export type PhoneKeyErrorCode = keyof typeof PHONE_KEY_ERRORS;

export const phoneKeyError = errorFactory(PHONE_KEY_ERRORS);
