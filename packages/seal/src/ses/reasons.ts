/** Why a seal or a seal signature is not valid, with the sentence for the clerk. No data in the texts. */
export const SES_REASONS = {
  SIGNATURE_WRONG: { zh: '签章签名值不正确', en: 'The signature value is wrong' },
  SIGNATURE_ALGORITHM: {
    zh: '签章算法与证书密钥不符或不被接受',
    en: 'The signature algorithm does not fit the key, or is not accepted',
  },
  SIGNER_CERTIFICATE_MALFORMED: { zh: '签章人证书格式不正确', en: 'The signer’s certificate is malformed' },
  SIGNER_NOT_IN_SEAL: {
    zh: '签章人证书不在印章授权列表中',
    en: 'The seal does not list the signer’s certificate',
  },
  SIGNER_CERTIFICATE_REFUSED: {
    zh: '签章人证书不符合要求',
    en: 'The signer’s certificate breaks a rule of its path',
  },
  SIGNER_CERTIFICATE_UNTRUSTED: {
    zh: '签章人证书的颁发机构不在信任列表中',
    en: 'No trusted authority is known for the signer’s certificate',
  },
  SIGNER_CERTIFICATE_OUT_OF_DATE: {
    zh: '签章时签章人证书不在有效期内',
    en: 'The signer’s certificate was not in force at the time of signing',
  },
  SIGNER_CERTIFICATE_REVOKED: {
    zh: '签章时签章人证书已被吊销',
    en: 'The signer’s certificate was revoked when it signed',
  },
  SIGNER_CERTIFICATE_REVOKED_LATER: {
    zh: '签章人证书后来被吊销，且签章时间未经证明',
    en: 'The signer’s certificate was revoked later, and the time of signing is not proven',
  },
  SIGNER_REVOCATION_UNKNOWN: {
    zh: '无法查明签章人证书是否被吊销',
    en: 'Whether the signer’s certificate was revoked is not known',
  },
  SEAL_SIGNATURE_WRONG: {
    zh: '印章的制章签名不正确',
    en: 'The seal maker’s signature of the seal is wrong',
  },
  SEAL_ALGORITHM: {
    zh: '制章算法与证书密钥不符或不被接受',
    en: 'The seal’s signature algorithm does not fit the key, or is not accepted',
  },
  MAKER_CERTIFICATE_MALFORMED: {
    zh: '制章人证书格式不正确',
    en: 'The seal maker’s certificate is malformed',
  },
  MAKER_CERTIFICATE_REFUSED: {
    zh: '制章人证书不符合要求',
    en: 'The seal maker’s certificate breaks a rule of its path',
  },
  MAKER_CERTIFICATE_UNTRUSTED: {
    zh: '制章人证书的颁发机构不在信任列表中',
    en: 'No trusted authority is known for the seal maker’s certificate',
  },
  MAKER_CERTIFICATE_OUT_OF_DATE: {
    zh: '制章时制章人证书不在有效期内',
    en: 'The seal maker’s certificate was not in force when the seal was made',
  },
  MAKER_CERTIFICATE_REVOKED: {
    zh: '制章时制章人证书已被吊销',
    en: 'The seal maker’s certificate was revoked when the seal was made',
  },
  MAKER_CERTIFICATE_REVOKED_LATER: {
    zh: '制章人证书后来被吊销，且制章时间未经证明',
    en: 'The seal maker’s certificate was revoked later, and the time of making is not proven',
  },
  MAKER_REVOCATION_UNKNOWN: {
    zh: '无法查明制章人证书是否被吊销',
    en: 'Whether the seal maker’s certificate was revoked is not known',
  },
  SEAL_DATES_CONTRADICT: { zh: '印章有效期起止颠倒', en: 'The seal ends before it begins' },
  SEAL_NOT_YET_VALID: {
    zh: '签章时印章尚未生效',
    en: 'The seal was not yet in force at the time of signing',
  },
  SEAL_EXPIRED: { zh: '签章时印章已过有效期', en: 'The seal had expired at the time of signing' },
  SEAL_REVOKED: { zh: '签章时印章已被撤销', en: 'The seal had been revoked when it was used' },
  SEAL_REVOKED_LATER: {
    zh: '印章后来被撤销，且签章时间未经证明',
    en: 'The seal was revoked later, and the time of signing is not proven',
  },
  SEAL_REPLACED: { zh: '签章时印章已被替换', en: 'The seal had been replaced when it was used' },
  SEAL_FROZEN: { zh: '印章已被冻结，待查明', en: 'The seal is frozen until a doubt is settled' },
  SEAL_STATUS_UNKNOWN: {
    zh: '无法查明印章是否被撤销',
    en: 'Whether the seal was revoked is not known',
  },
  SEAL_EXTENSION_UNKNOWN: {
    zh: '印章含有无法识别的关键扩展项',
    en: 'The seal carries a critical extension that is not understood',
  },
  SIGNING_TIME_MISSING: { zh: '签章中没有可识别的时间', en: 'The signature states no time that can be read' },
  SIGNED_IN_FUTURE: { zh: '签章时间晚于当前时间', en: 'The stated time of signing lies in the future' },
  SIGNING_TIME_CONTRADICTS: {
    zh: '签章时间晚于时间戳时间',
    en: 'The stated time of signing is later than the time stamp',
  },
  TIME_STAMP_MALFORMED: { zh: '时间戳格式不正确', en: 'The time stamp is malformed' },
  TIME_STAMP_WRONG: { zh: '时间戳与签名不符', en: 'The time stamp does not belong to the signature' },
  TIME_STAMP_UNTRUSTED: {
    zh: '时间戳的签发机构不可信',
    en: 'The authority behind the time stamp is not trusted',
  },
  DOCUMENT_CHANGED: { zh: '文档在签章后被修改', en: 'The document was changed after it was sealed' },
  DOCUMENT_NOT_GIVEN: {
    zh: '未提供原文，无法核对',
    en: 'The document was not given, so it was not compared',
  },
} as const satisfies Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export type SesReason = keyof typeof SES_REASONS;
