import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/** Failures of the vault's own; those of halves come from `@hufu/phone-key`, those of keys from `@hufu/pki` and `@hufu/gm`. */
export const SIGNER_ERRORS = {
  SIGNER_INPUT: {
    status: 400,
    zh: '请求内容不合规',
    en: 'The request is not well-formed',
    retry: 'corrected',
  },
  SIGNER_UNAUTHORIZED: {
    status: 401,
    zh: '密钥库访问令牌不正确',
    en: 'The token for the vault is wrong',
    retry: 'corrected',
  },
  SIGNER_POLICY: {
    status: 403,
    zh: '密钥库的使用规则不允许此操作',
    en: 'The policy of the vault does not allow this use',
    retry: 'never',
  },
  SIGNER_NOT_FOUND: { status: 404, zh: '没有这个地址', en: 'There is no such address', retry: 'never' },
  SIGNER_TOO_MANY_USES: {
    status: 429,
    zh: '密钥使用过于频繁，请稍后再试',
    en: 'The key is used too often; please try again later',
    retry: 'later',
  },
  SIGNER_NOT_EMPTY: {
    status: 409,
    zh: '密钥库已有密钥，不能导入',
    en: 'The vault holds keys already; nothing is imported over them',
    retry: 'never',
  },
  SIGNER_MASTER_KEY: {
    status: 500,
    zh: '主密钥无法打开：口令错误、令牌不符或文件损坏',
    en: 'The master key cannot be opened: wrong passphrase, wrong token, or a damaged file',
    retry: 'corrected',
  },
  SIGNER_JOURNAL: {
    status: 500,
    zh: '密钥库日志无法读取或写入',
    en: 'The journal of the vault cannot be read or written',
    retry: 'never',
  },
  SIGNER_STOPPED: {
    status: 503,
    zh: '密钥库因写入失败已停止服务',
    en: 'The vault has stopped, because a write failed',
    retry: 'later',
  },
  SIGNER_PKCS11: {
    status: 500,
    zh: '密码机或令牌不可用',
    en: 'The PKCS#11 token cannot be used',
    retry: 'corrected',
  },
  SIGNER_SOCKET_IN_USE: {
    status: 500,
    zh: '套接字正被另一个密钥库使用',
    en: 'The socket is in use by another vault',
    retry: 'corrected',
  },
  SIGNER_INTERNAL: { status: 500, zh: '内部错误', en: 'Internal error', retry: 'later' },
} as const satisfies ErrorRegister;

export const signerError = errorFactory(SIGNER_ERRORS);
