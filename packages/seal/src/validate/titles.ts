import type { SesStep } from '../ses/verdict.ts';

type Title = { readonly zh: string; readonly en: string };

const title = (zh: string, en: string): Title => ({ zh, en });

/** Names of the blocks, for the full tree (ETSI EN 319 102-1 §5.2). */
export const BLOCK_TITLES = {
  format: title('格式检查', 'Format checking'),
  identification: title('签名证书识别', 'Identification of the signing certificate'),
  context: title('验证环境', 'Validation context'),
  'revocation-freshness': title('吊销状态', 'Revocation and its freshness'),
  x509: title('证书链验证', 'X.509 certificate validation'),
  cryptography: title('密码验证', 'Cryptographic verification'),
  acceptance: title('签名接受性', 'Signature acceptance'),
  'time-stamp': title('时间戳验证', 'Validation of time stamps'),
  changes: title('签名后的变化', 'Changes after the signature'),
  seal: title('电子印章验证', 'Validation of the electronic seal'),
} as const satisfies Record<string, Title>;

/** Names of the steps of GB/T 38540, as checks of the tree. */
const SEAL_TITLES = {
  'seal:signature-value': title('签章签名值', 'Value of the seal signature'),
  'seal:signer-listed': title('签章人在印章授权列表中', 'The seal lists the signer'),
  'seal:seal-signature': title('制章签名', 'The maker’s signature of the seal'),
  'seal:maker-certificate': title('制章人证书', 'Certificate of the seal maker'),
  'seal:seal-dates': title('印章有效期', 'Dates of the seal'),
  'seal:seal-status': title('印章状态', 'Status of the seal'),
  'seal:seal-extensions': title('印章扩展项', 'Extensions of the seal'),
  'seal:signing-time': title('签章时间', 'Time of signing'),
  'seal:signer-certificate': title('签章人证书', 'Certificate of the signer'),
  'seal:document-hash': title('原文摘要', 'Digest of the document'),
  'seal:seal-time-stamp': title('印章时间戳', 'Time stamp of the seal'),
  'seal:time-stamp': title('签章时间戳', 'Time stamp of the signature'),
} as const satisfies Record<`seal:${SesStep}`, Title>;

/** Names of the checks, for the full tree. */
export const CHECK_TITLES = {
  readable: title('文件可解读', 'The file can be read'),
  'trailing-bytes': title('文件末尾无多余数据', 'Nothing follows the end of the file'),
  'one-cross-reference': title('交叉引用形式单一', 'Cross-references of one kind'),
  'fields-listed': title('签名域均已登记', 'The form lists all signature fields'),
  'field-names': title('签名域名称唯一', 'Signature fields have names of their own'),
  signed: title('文件带有签名', 'The document is signed'),
  'number-of-signatures': title('签名数量', 'Number of signatures'),
  'signature-dictionary': title('签名字典', 'Signature dictionary'),
  'no-duplicate-keys': title('无重复键', 'No key occurs twice'),
  'not-in-object-stream': title('签名字典未压缩', 'The signature dictionary is not compressed'),
  contents: title('签名值存在', 'The signature value is there'),
  'byte-range': title('字节范围', 'Byte range'),
  'gap-is-contents': title('空隙等于签名值', 'The gap is exactly the signature value'),
  'range-ends-with-revision': title('范围止于完整版本', 'The range ends with a revision'),
  'signed-revision-readable': title('所签版本可单独解读', 'The signed revision can be read on its own'),
  'signed-revision-closed': title('所签版本自成一体', 'The signed revision refers to nothing outside itself'),
  'signature-in-its-revision': title('所签版本含此签名', 'The signed revision holds this signature'),
  alone: title('签名互不冲突', 'Signatures do not interfere'),
  padding: title('签名值填充', 'Padding of the signature value'),
  'distinguished-encoding': title('签名数据采用 DER', 'The signature data are DER'),
  'sub-filter': title('签名格式', 'Format of the signature'),
  encoding: title('签名数据编码', 'Encoding of the signature data'),
  'one-signer': title('恰有一个签名者', 'Exactly one signer'),
  detached: title('分离式签名', 'Detached signature'),
  'signing-certificate-attribute': title('签名绑定证书', 'The signature names its certificate'),
  'claimed-time': title('声称的签名时间', 'Claimed time of signing'),
  'claimed-before-proven-time': title(
    '声称时间不晚于时间戳',
    'The claimed time is not after the proven time',
  ),
  'certificate-path': title('证书链', 'Certificate path'),
  revocation: title('吊销查询', 'Revocation'),
  'signed-content-type': title('签名内容类型', 'Type of the signed content'),
  'content-type': title('内容类型属性', 'Content-type attribute'),
  'message-digest': title('摘要值', 'Message digest'),
  'signature-value': title('签名值', 'Signature value'),
  'digest-algorithm': title('摘要算法强度', 'Strength of the digest'),
  'time-stamp-value': title('时间戳签名值', 'Value of the time stamp'),
  'time-stamp': title('时间戳机构证书', 'Certificate of the time-stamp authority'),
  'signature-time-stamp': title('签名时间戳', 'Time stamp of the signature'),
  'later-changes': title('后续修改', 'Later changes'),
  'certification-first': title('认证签名在先', 'The certification comes first'),
  'appearance-size': title('签名外观大小', 'Size of the appearance'),
  'appearance-overlap': title('签名外观重叠', 'Overlap of the appearance'),
  ...SEAL_TITLES,
} as const satisfies Record<string, Title>;

export type CheckCode = keyof typeof CHECK_TITLES;
