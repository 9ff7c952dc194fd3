import { type ErrorEntry, errorFactory } from '@hufu/kernel';

const malformed = (zh: string, en: string): ErrorEntry => ({ status: 400, zh, en, retry: 'corrected' });
const internal = (zh: string, en: string): ErrorEntry => ({ status: 500, zh, en, retry: 'never' });

/** Every failure that this package can raise, beside the DER_* codes of `@hufu/gm` for bytes that are not DER. */
export const PKI_ERRORS = {
  CERT_TOO_LARGE: malformed('证书过大', 'The certificate is larger than any that is in use'),
  CERT_VERSION: malformed(
    '证书版本不合规',
    'The version of the certificate is not 1, 2 or 3, or forbids its fields',
  ),
  CERT_SERIAL: malformed(
    '证书序列号不合规',
    'The serial number is not a positive integer of at most 20 octets',
  ),
  CERT_ALGORITHM_MISMATCH: malformed(
    '证书内外签名算法不一致',
    'The signature algorithm differs inside and outside of the signed part',
  ),
  CERT_NAME: malformed('证书名称不合规', 'A distinguished name is not encoded by the rules, or is missing'),
  CERT_VALIDITY: malformed('证书有效期不合规', 'The certificate ends before it begins'),
  CERT_EXTENSION: malformed('证书扩展项不合规', 'A certificate extension is not encoded by the rules'),
  CERT_EXTENSION_DUPLICATE: malformed('证书扩展项重复', 'A certificate extension occurs twice'),
  KEY_EXPLICIT_PARAMETERS: malformed(
    '公钥使用了显式椭圆曲线参数',
    'The public key carries explicit curve parameters instead of a named curve',
  ),
  KEY_MALFORMED: malformed('公钥编码不合规', 'The public key is not encoded by the rules of its algorithm'),
  KEY_UNSUPPORTED: malformed('不支持的密钥类型', 'The type of the key is not supported'),
  ALGORITHM_MALFORMED: malformed('算法标识不合规', 'An algorithm identifier is not encoded by the rules'),
  ALGORITHM_UNSUPPORTED: malformed('不支持的算法', 'The algorithm is not supported'),

  CSR_VERSION: malformed('证书申请版本不合规', 'The version of the certification request is not 1'),
  CSR_ATTRIBUTE: malformed(
    '证书申请属性不合规',
    'An attribute of the certification request is malformed or repeated',
  ),

  CRL_TOO_LARGE: malformed('吊销列表过大', 'The revocation list is larger than is accepted'),
  CRL_VERSION: malformed(
    '吊销列表版本不合规',
    'The revocation list is not of version 1 or 2, or forbids its fields',
  ),
  CRL_ALGORITHM_MISMATCH: malformed(
    '吊销列表内外签名算法不一致',
    'The signature algorithm of the revocation list differs inside and outside of the signed part',
  ),
  CRL_EXTENSION: malformed(
    '吊销列表扩展项不合规',
    'An extension of the revocation list is not encoded by the rules',
  ),
  CRL_ENTRY: malformed('吊销列表条目不合规', 'An entry of the revocation list is not encoded by the rules'),

  OCSP_REQUEST: malformed(
    '证书状态查询请求不合规',
    'The certificate status request is not encoded by the rules',
  ),
  OCSP_RESPONSE: malformed(
    '证书状态响应不合规',
    'The certificate status response is not encoded by the rules',
  ),

  CMS_CONTENT_TYPE: malformed('签名数据类型不符', 'The signed data has another content type than expected'),
  CMS_MALFORMED: malformed('签名数据不合规', 'The signed data is not encoded by the rules'),

  TSP_REQUEST: malformed('时间戳请求不合规', 'The time-stamp request is not encoded by the rules'),
  TSP_RESPONSE: malformed('时间戳响应不合规', 'The time-stamp response is not encoded by the rules'),

  POLICY_MALFORMED: malformed(
    'CA策略格式不正确',
    'The policy of a certificate authority is not of the known form',
  ),
  PROFILE_MALFORMED: malformed('证书模板格式不正确', 'A certificate profile is not of the known form'),
  PROFILE_PATTERN: malformed(
    '证书模板中的匹配规则不合规或过于复杂',
    'A pattern of a certificate profile is invalid or could be too costly',
  ),

  TRUST_LIST_MALFORMED: malformed('信任列表格式不正确', 'The trust list is not of the known form'),
  TRUST_LIST_SIGNATURE: malformed('信任列表签名无效', 'The trust list is not signed by every pinned key'),
  TRUST_LIST_REGION: malformed('信任列表不属于本区', 'The trust list belongs to another region'),
  TRUST_LIST_NOT_YET_VALID: malformed('信任列表尚未生效', 'The trust list is dated in the future'),
  TRUST_LIST_EXPIRED: {
    status: 503,
    zh: '信任列表已过有效期，请更新',
    en: 'The trust list has run out; fetch a newer one',
    retry: 'later',
  },
  TRUST_LIST_ROLLBACK: malformed('信任列表版本回退', 'The trust list is older than one already seen'),
  TRUST_LIST_FORK: malformed(
    '信任列表与已有版本冲突',
    'The trust list contradicts one already seen: same sequence or broken link, other content',
  ),

  BUILD_NAME: internal('无法生成证书名称', 'A distinguished name that was to be written is not valid'),
  BUILD_SERIAL: internal('无法生成序列号', 'A serial number that was to be written is not valid'),

  VAULT_KEY_UNKNOWN: internal('密钥不存在', 'There is no such key in the vault'),
  VAULT_KEY_RETIRED: internal('密钥已停用，不能再签名', 'The key is retired and signs no more'),
  VAULT_KEY_IN_USE: internal('密钥仍在使用，不能删除', 'The key is still in use and cannot be removed'),
} as const satisfies Record<string, ErrorEntry>;

export type PkiErrorCode = keyof typeof PKI_ERRORS;

export const pkiError = errorFactory(PKI_ERRORS);
