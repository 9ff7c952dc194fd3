import { type ErrorRegister, errorFactory } from '@hufu/kernel';

export const SOFT_TOKEN_ERRORS = {
  SOFT_TOKEN_FILE_INVALID: {
    status: 422,
    zh: '软证书文件已损坏或格式不受支持',
    en: 'The software token file is damaged or of an unknown format.',
    retry: 'never',
  },
  SOFT_TOKEN_PIN_INCORRECT: {
    status: 403,
    zh: '软证书密码错误',
    en: 'Wrong software token password.',
    retry: 'corrected',
  },
  SOFT_TOKEN_PIN_LOCKED: {
    status: 423,
    zh: '软证书密码错误次数过多，已锁定',
    en: 'The software token is locked after too many wrong passwords.',
    retry: 'never',
  },
  SOFT_TOKEN_PIN_POLICY: {
    status: 422,
    zh: '密码应为6至16个字符',
    en: 'The password has 6 to 16 characters.',
    retry: 'corrected',
  },
  SOFT_TOKEN_KEY_UNKNOWN: {
    status: 404,
    zh: '软证书中没有该密钥',
    en: 'The software token has no such key.',
    retry: 'never',
  },
  SOFT_TOKEN_KEY_EXISTS: {
    status: 409,
    zh: '软证书中已有该密钥',
    en: 'The software token already holds this key.',
    retry: 'never',
  },
  SOFT_TOKEN_KEY_UNSUPPORTED: {
    status: 422,
    zh: '不支持该密钥类型，仅支持 SM2、P-256 和 RSA（2048 位以上）',
    en: 'Keys of this kind are not supported: only SM2, P-256 and RSA of 2048 bits or more.',
    retry: 'never',
  },
  SOFT_TOKEN_CERTIFICATE_MISMATCH: {
    status: 422,
    zh: '证书与密钥不匹配',
    en: 'The certificate does not belong to this key.',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;

export type SoftTokenErrorCode = keyof typeof SOFT_TOKEN_ERRORS;

export const softTokenError = errorFactory(SOFT_TOKEN_ERRORS);
