/**
 * Every reason that the validator can give: what it means for the verdict, and the sentence for a person. `invalid`
 * speaks against the signature, `indeterminate` leaves the question open, `note` is told and changes nothing.
 */
type Entry = {
  readonly means: 'invalid' | 'indeterminate' | 'note';
  readonly zh: string;
  readonly en: string;
};

const invalid = (zh: string, en: string): Entry => ({ means: 'invalid', zh, en });
const open = (zh: string, en: string): Entry => ({ means: 'indeterminate', zh, en });
const note = (zh: string, en: string): Entry => ({ means: 'note', zh, en });

export const VALIDATION_REASONS = {
  // The document
  DOCUMENT_UNREADABLE: open(
    '文件结构有误，无法可靠解读',
    'The file is not well formed and cannot be read reliably',
  ),
  DOCUMENT_ENCRYPTED: open(
    '文件已加密，无法核验签名后的内容变化',
    'The file is encrypted: what became of its content after a signature cannot be judged',
  ),
  DOCUMENT_TOO_COMPLEX: open(
    '文件过于复杂，无法在限定工作量内核验',
    'Judging the file would take more work than is allowed',
  ),
  DOCUMENT_TOO_MANY: open('签名数量超过上限', 'There are more signatures than are judged'),
  DOCUMENT_UNSIGNED: open('文件没有签名', 'The document carries no signature'),
  DOCUMENT_TRAILING_BYTES: invalid(
    '文件末尾有不属于任何版本的数据',
    'Bytes behind the end belong to no revision of the document',
  ),
  DOCUMENT_HYBRID: note('文件采用混合交叉引用', 'The file has cross-references of both kinds'),
  DOCUMENT_STRAY_SIGNATURE: open(
    '页面上有未登记在表单中的签名域',
    'A page shows a signature field that the form does not list',
  ),
  DOCUMENT_DUPLICATE_FIELD: open('签名域名称重复', 'Two fields bear the same name'),

  // Format of one signature
  SIG_DICTIONARY: invalid('签名字典不完整', 'The signature dictionary is incomplete'),
  SIG_DUPLICATE_KEYS: invalid('签名字典含有重复键', 'The signature dictionary holds a key twice'),
  SIG_COMPRESSED: invalid('签名字典位于压缩对象中', 'The signature dictionary stands in an object stream'),
  SIG_BYTE_RANGE: invalid('签名字节范围不正确', 'The byte range is missing or malformed'),
  SIG_CONTENTS: invalid('签名值缺失或格式不正确', 'The signature value is missing or malformed'),
  SIG_GAP: invalid(
    '字节范围的空隙不等于签名值',
    'The gap of the byte range is not exactly the signature value',
  ),
  SIG_PADDING: invalid('签名值之后有多余数据', 'Surplus data follow the signature value'),
  SIG_RANGE_OVERLAP: invalid('签名字节范围互相重叠', 'Byte ranges of two signatures overlap wrongly'),
  SIG_REVISION_END: invalid(
    '签名范围没有止于一个完整版本',
    'The signed bytes do not end with a revision of the document',
  ),
  SIG_NOT_IN_REVISION: invalid('所签版本中不存在此签名', 'The signed revision does not hold this signature'),
  SIG_XREF_OUTSIDE: invalid(
    '所签版本引用了版本之外的数据',
    'The signed revision refers to bytes outside itself',
  ),
  SIG_REVISION_UNREADABLE: invalid('所签版本无法单独解读', 'The signed revision cannot be read on its own'),
  SIG_SHARED: invalid('一个签名值被多个签名域使用', 'Several fields use one signature value'),
  SIG_SUBFILTER: open('不支持的签名格式', 'The format of the signature is not supported'),
  SIG_OBSOLETE: open('签名采用已淘汰的格式', 'The format of the signature rests on SHA-1 and is refused'),
  SIG_NOT_DER: note('签名数据采用 BER 编码', 'The signature data are in BER instead of DER'),
  SIG_CMS: invalid('签名数据编码不正确', 'The signature data are malformed'),
  SIG_SIGNERS: invalid('签名数据应恰有一个签名者', 'There must be exactly one signer'),
  SIG_NOT_DETACHED: invalid('签名应为分离式', 'The signature carries a content of its own'),

  // Identification, context
  CERT_MISSING: open('签名未附签名证书', 'The certificate of the signer is not there'),
  ESS_MISSING: open('签名未绑定签名证书', 'The signature does not name its certificate'),
  ESS_MISMATCH: invalid('签名绑定的是另一张证书', 'The signature names another certificate'),

  // Cryptography
  ALGORITHM_REFUSED: open('签名算法或密钥强度不被接受', 'The algorithm or key is too weak or unknown'),
  DIGEST_MISMATCH: invalid('文件内容在签名后被修改', 'The signed bytes were changed'),
  CONTENT_TYPE: invalid('签名属性不正确', 'A signed attribute is missing or wrong'),
  SIGNATURE_WRONG: invalid('签名值不正确', 'The signature value is wrong'),

  // X.509 and revocation
  CERT_UNTRUSTED: open(
    '签名证书的颁发机构不在信任列表中',
    'No trusted authority is known for the certificate',
  ),
  CERT_REFUSED: open('签名证书不符合要求', 'The certificate breaks a rule of its path'),
  CERT_PURPOSE: invalid('签名证书不可用于签名', 'The certificate is not for this use'),
  CERT_OUT_OF_DATE: invalid(
    '签名时证书不在有效期内',
    'The certificate was not in force at the time of signing',
  ),
  CERT_EXPIRED_NO_PROOF: open(
    '证书已过期，且签名时间未经证明',
    'The certificate has expired and the time of signing is not proven',
  ),
  CERT_REVOKED: invalid('签名时证书已被吊销', 'The certificate was revoked when it signed'),
  CERT_REVOKED_NO_PROOF: open(
    '证书后来被吊销，且签名时间未经证明',
    'The certificate was revoked later and the time of signing is not proven',
  ),
  CERT_ISSUER_REVOKED: invalid('颁发机构证书已被吊销', 'The certificate of an issuer was revoked'),
  REVOCATION_UNKNOWN: open('无法查明证书是否被吊销', 'Whether the certificate was revoked is not known'),
  ISSUER_REVOCATION_UNKNOWN: note(
    '未查明颁发机构证书是否被吊销',
    'Whether an issuer was revoked is not known',
  ),

  // Acceptance, time
  TIME_IN_FUTURE: open('签名时间晚于当前时间', 'The time of signing lies in the future'),
  TIME_CONTRADICTS: open(
    '签名时间晚于时间戳时间',
    'The claimed time of signing is later than its time stamp',
  ),
  STAMP_MALFORMED: open('时间戳格式不正确', 'The time stamp is malformed'),
  STAMP_WRONG: open('时间戳与签名不符', 'The time stamp does not belong to the signature'),
  STAMP_UNTRUSTED: note(
    '时间戳机构不可信，签名时间未被证明',
    'The authority of the time stamp is not trusted: it proves no time',
  ),

  // Later changes: extension
  DSS_CHANGED: note('补充了长期验证信息', 'Evidence for long-term validation was added'),
  TIME_STAMP_ADDED: note('加盖了文档时间戳', 'A document time stamp was added'),
  METADATA_CHANGED: note('文档属性有变化', 'Descriptive data of the document changed'),
  UPDATE_WITHOUT_EFFECT: note('后续更新未改变文档内容', 'A later update changes nothing in the document'),
  // Later changes: form
  SIGNATURE_ADDED: note('后续增加了签名', 'A further signature was added'),
  SIGNATURE_FIELD_ADDED: note('增加了空白签名域', 'An empty signature field was added'),
  SEAL_STAMP_ADDED: note('后续签章的其他位置', 'Further places of a later seal'),
  FORM_CHANGED: note('表单资源有变化', 'Resources of the form changed'),
  FIELD_FILLED: note('后续填写了表单', 'A form field was filled in'),
  FIELD_REFILLED: open(
    '签名时已填写的表单内容后来被修改',
    'A form field that was filled in when signed was changed',
  ),
  SIGNATURE_MAY_HIDE: open(
    '后续签名的外观可能遮盖内容',
    'The appearance of a later signature may hide content',
  ),
  UNDECIDED_SIGNATURE_ADDED: open(
    '后续增加的签名无法核验',
    'A later signature is of a kind that cannot be judged',
  ),
  APPEARANCES_REDRAWN: open(
    '已填写的表单内容将由阅读器重新绘制，显示可能与签名时不同',
    'Readers draw filled-in fields anew, and may show something else than when they were signed',
  ),
  FIELD_MAY_HIDE: open('后续填写的表单可能遮盖内容', 'A field that was filled in later may hide content'),
  UNSOUND_SIGNATURE_ADDED: invalid('后续增加的签名不完整或不可信', 'A later signature is itself not sound'),
  // Later changes: annotation
  ANNOTATION_ADDED: invalid('签名后增加了批注', 'An annotation was added after the signature'),
  ANNOTATION_CHANGED: invalid('签名后修改了批注', 'An annotation was changed after the signature'),
  ANNOTATION_REMOVED: invalid('签名后删除了批注', 'An annotation was removed after the signature'),
  ANNOTATION_MAY_HIDE: open('后续批注可能遮盖内容', 'A later annotation may hide content'),
  ANNOTATION_MAY_REVEAL: open(
    '被删除的批注在签名时可能遮盖内容',
    'An annotation that was removed may have hidden content when it was signed',
  ),
  // Later changes: undefined
  PAGES_CHANGED: invalid(
    '签名后页面被增加、删除或调换',
    'Pages were added, removed or moved after the signature',
  ),
  PAGE_CONTENT_CHANGED: invalid(
    '签名后页面内容被修改',
    'The content of a page was changed after the signature',
  ),
  PAGE_RESOURCES_CHANGED: invalid(
    '签名后页面资源被修改',
    'What a page draws with was changed after the signature',
  ),
  FONT_CHANGED: invalid('签名后字体被替换', 'A font was changed after the signature'),
  PAGE_GEOMETRY_CHANGED: invalid(
    '签名后页面尺寸或方向被修改',
    'Size or rotation of a page was changed after the signature',
  ),
  PAGE_CHANGED: invalid('签名后页面被修改', 'A page was changed after the signature'),
  ACTION_CHANGED: invalid(
    '签名后增加或修改了动作或脚本',
    'An action or a script was added after the signature',
  ),
  CATALOG_CHANGED: invalid(
    '签名后文档目录被修改',
    'The catalog of the document was changed after the signature',
  ),
  FORM_STRUCTURE_CHANGED: invalid(
    '签名后表单结构被修改',
    'The structure of the form was changed after the signature',
  ),
  FIELD_CHANGED: invalid(
    '签名后表单域的外观或位置被修改',
    'Appearance or place of a field was changed after the signature',
  ),
  SIGNED_FIELD_CHANGED: invalid('已签名的签名域被修改', 'A signed field was changed after it was signed'),
  APPEARANCE_CHANGED: invalid('签名后外观被替换', 'An appearance was replaced after the signature'),
  UNSIGNED_FIELD_SHOWS: invalid(
    '未签名的签名域显示内容',
    'A signature field without a signature shows something',
  ),
  FOREIGN_WIDGET: invalid(
    '签名后增加了不属于表单的控件',
    'A widget that belongs to no field was added after the signature',
  ),
  FIELD_NAME_REUSED: invalid('签名后增加了同名的域', 'A field was added under a name that is taken'),
  OBJECT_UNREADABLE: invalid(
    '签名后的版本含有无法解读的对象',
    'A later revision holds an object that cannot be read',
  ),
  LOCKED_FIELD_CHANGED: invalid('被签名锁定的表单域遭修改', 'A field that the signature locks was changed'),
  CERTIFICATION_LATE: open(
    '认证签名不是第一个签名',
    'A certification is not the first signature of the document',
  ),

  // Look of the signature itself
  WIDGET_COVERS_PAGE: open(
    '签名外观覆盖页面的大部分',
    'The appearance of the signature covers much of the page',
  ),
  WIDGET_OVERLAPS: note(
    '签名外观与其他批注重叠',
    'The appearance of the signature overlaps another annotation',
  ),

  // Electronic seal (GB/T 38540)
  SEAL_INVALID: invalid('电子印章无效', 'The electronic seal is not valid'),
  SEAL_OPEN: open('电子印章无法完全核验', 'The electronic seal cannot be judged completely'),
} as const satisfies Readonly<Record<string, Entry>>;

export type ReasonCode = keyof typeof VALIDATION_REASONS;

/** The one line for a clerk, by headline code of the report. */
export const HEADLINES = {
  VALID: { zh: '签名有效', en: 'All signatures are valid' },
  VALID_EXTENDED: {
    zh: '签名有效，签名后有允许的后续操作',
    en: 'All signatures are valid; later additions are permitted',
  },
  INVALID_CHANGED: {
    zh: '签名无效：文件在签名后被修改',
    en: 'Not valid: the document was changed after it was signed',
  },
  INVALID: { zh: '签名无效', en: 'Not valid' },
  INDETERMINATE: { zh: '无法确定签名是否有效', en: 'Whether the signatures are valid cannot be determined' },
  UNSIGNED: { zh: '文件没有签名', en: 'The document is not signed' },
  UNREADABLE: { zh: '文件无法核验', en: 'The file cannot be judged' },
} as const;
