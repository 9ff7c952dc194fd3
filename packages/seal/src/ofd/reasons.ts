/** Why a signature of an OFD document is not valid, beside the reasons of its seal. No data in the texts. */
export const OFD_REASONS = {
  SIGNATURE_FILE_MISSING: { zh: '签名描述文件缺失', en: 'The file that describes the signature is missing' },
  SIGNATURE_FILE_MALFORMED: {
    zh: '签名描述文件格式不正确',
    en: 'The file that describes the signature is malformed',
  },
  SIGNED_VALUE_MISSING: { zh: '签名值文件缺失', en: 'The file with the signed value is missing' },
  SIGNED_VALUE_MALFORMED: { zh: '签名值格式不正确', en: 'The signed value is malformed' },
  SIGNED_VALUE_UNKNOWN: {
    zh: '签名值中没有签名人证书，无法验证',
    en: 'The signed value carries no certificate, so that nobody can check it',
  },
  NOTHING_COVERED: { zh: '签名未保护任何文件', en: 'The signature protects no file' },
  REFERENCE_DIGEST_WEAK: {
    zh: '文件摘要算法不被接受',
    en: 'The digest algorithm of the protected files is not accepted',
  },
  REFERENCE_MISSING: { zh: '受保护的文件缺失', en: 'A protected file is missing' },
  REFERENCE_CHANGED: { zh: '受保护的文件在签章后被修改', en: 'A protected file was changed after signing' },
  CONTENT_NOT_COVERED: {
    zh: '文档中有未受本次签章保护的内容',
    en: 'The document holds content that this signature does not protect',
  },
  SEAL_FILE_DIFFERS: {
    zh: '文档中显示的印章与签名中的印章不一致',
    en: 'The seal that the document shows is not the seal in the signature',
  },
  STAMP_PAGE_UNKNOWN: {
    zh: '印章所在页面不存在',
    en: 'The page that the seal should stand on does not exist',
  },
  SIGNATURE_WRONG: { zh: '签名值不正确', en: 'The signature value is wrong' },
  SIGNATURE_ALGORITHM: { zh: '签名算法不被接受', en: 'The signature algorithm is not accepted' },
  SIGNER_CERTIFICATE: {
    zh: '签名人证书不符合要求',
    en: 'The signer’s certificate breaks a rule, was out of date or was revoked',
  },
  SIGNER_UNCERTAIN: {
    zh: '签名人证书不可信或状态不明',
    en: 'The signer’s certificate is not trusted, or its status is not known',
  },
} as const satisfies Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export type OfdReason = keyof typeof OFD_REASONS;
