import { type ErrorEntry, errorFactory } from '@hufu/kernel';

/** Failures of the authority's own; those of certificates and keys come from `@hufu/pki` and `@hufu/gm`. */
export const CA_ERRORS = {
  CA_INPUT: { status: 400, zh: '请求内容不合规', en: 'The request is not well-formed', retry: 'corrected' },
  CA_UNAUTHORIZED: { status: 401, zh: '管理令牌不正确', en: 'The admin token is wrong', retry: 'corrected' },
  CA_NOT_FOUND: { status: 404, zh: '没有这个地址', en: 'There is no such address', retry: 'never' },
  CA_CERTIFICATE_UNKNOWN: {
    status: 404,
    zh: '本机构没有签发过这张证书',
    en: 'This authority did not issue that certificate',
    retry: 'corrected',
  },
  CA_REQUEST_SIGNATURE: {
    status: 422,
    zh: '证书申请的签名不正确，无法证明持有私钥',
    en: 'The signature of the certification request is wrong: possession of the key is not proved',
    retry: 'corrected',
  },
  CA_KEY_KIND: {
    status: 422,
    zh: '申请中的公钥类型或长度不被本机构接受',
    en: 'The type or length of the public key is not accepted by this authority',
    retry: 'corrected',
  },
  CA_KEY_REUSED: {
    status: 409,
    zh: '该公钥已经签发过证书',
    en: 'A certificate was already issued for this public key',
    retry: 'corrected',
  },
  CA_ORDER_UNKNOWN: {
    status: 404,
    zh: '没有这份签发订单',
    en: 'There is no such order',
    retry: 'corrected',
  },
  CA_ORDER_DIFFERS: {
    status: 409,
    zh: '同一订单号对应了不同的内容',
    en: 'The same order reference was used for something else',
    retry: 'corrected',
  },
  CA_ENCRYPTION_KEY: {
    status: 422,
    zh: '加密密钥只能来自申请文件、原证书或由本机构生成，且须为SM2',
    en: 'An encryption key comes from a request, from an earlier certificate or from here; and it is SM2',
    retry: 'corrected',
  },
  CA_RENEWAL: {
    status: 422,
    zh: '原加密证书已吊销，或不属于同一持有人',
    en: 'The earlier encryption certificate is revoked, or belongs to another holder',
    retry: 'corrected',
  },
  CA_ALREADY_REVOKED: {
    status: 409,
    zh: '证书已经吊销',
    en: 'The certificate is already revoked',
    retry: 'never',
  },
  CA_ALREADY_HELD: {
    status: 409,
    zh: '证书已经挂失',
    en: 'The certificate is already on hold',
    retry: 'never',
  },
  CA_NOT_HELD: { status: 409, zh: '证书没有挂失', en: 'The certificate is not on hold', retry: 'never' },
  CA_JOURNAL: {
    status: 500,
    zh: '业务日志无法读取或写入',
    en: 'The journal cannot be read or written',
    retry: 'never',
  },
  CA_KEY_FILE: {
    status: 500,
    zh: '密钥文件与证书不相符',
    en: 'A key file does not belong to its certificate',
    retry: 'never',
  },
  CA_VAULT: {
    status: 503,
    zh: '密钥库服务暂时不可用',
    en: 'The vault process does not answer, or refuses',
    retry: 'later',
  },
  CA_INTERNAL: { status: 500, zh: '内部错误', en: 'Internal error', retry: 'later' },
} as const satisfies Record<string, ErrorEntry>;

export const caError = errorFactory(CA_ERRORS);
