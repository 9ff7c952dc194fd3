import { type ErrorEntry, errorFactory } from '@hufu/kernel';

const malformed = (zh: string, en: string): ErrorEntry => ({ status: 400, zh, en, retry: 'corrected' });

/** What this package can refuse. Each code says what is wrong with the input, never what the input held. */
export const SEAL_ERRORS = {
  SEAL_MALFORMED: malformed('签章数据格式不正确', 'The seal data is malformed'),
  PDF_HEADER: malformed('不是 PDF 文件', 'This is not a PDF file'),
  PDF_STARTXREF: malformed(
    'PDF 文件不完整（缺少 startxref 结尾）',
    'The end of the PDF file (startxref) is missing',
  ),
  PDF_SYNTAX: malformed('PDF 语法错误', 'The PDF breaks the rules of syntax'),
  PDF_XREF: malformed('PDF 交叉引用表有误', 'The cross-reference of the PDF is wrong'),
  PDF_OBJECT: malformed(
    'PDF 对象与交叉引用不符',
    'An object of the PDF is not where the cross-reference says',
  ),
  PDF_STREAM_LENGTH: malformed('PDF 数据流长度有误', 'A stream of the PDF has a wrong length'),
  PDF_STREAM_DATA: malformed('PDF 数据流无法解压', 'A stream of the PDF cannot be decoded'),
  PDF_FILTER: malformed('不支持的 PDF 数据流编码', 'A stream of the PDF uses an unsupported encoding'),
  PDF_STRUCTURE: malformed('PDF 结构有误', 'The structure of the PDF is wrong'),
  PDF_LIMIT: malformed('PDF 文件过于复杂', 'The PDF asks for more work than is allowed'),

  // Electronic seals (GB/T 38540)
  SES_MALFORMED: malformed('电子印章数据格式不正确', 'The electronic seal is not encoded by its standard'),
  SES_VERSION: malformed(
    '电子印章版本不支持，或签章与印章版本不一致',
    'The version of the electronic seal is not known, or differs between seal and signature',
  ),
  SES_SPEC: malformed(
    '电子印章内容不完整或有效期不正确',
    'What the electronic seal should state is incomplete, or its dates contradict each other',
  ),
  SES_KEY: malformed(
    '证书与签名密钥不一致，或密钥类型不支持',
    'The certificate does not belong to the signing key, or its kind of key is not supported',
  ),

  // Sealing a PDF
  SEALING_KEY_REFUSED: malformed(
    '该证书的密钥类型或长度不能用于签章',
    'Seals are not made with this kind or size of key',
  ),
  SEALING_KEY_USAGE: malformed('该证书不是签名证书', 'The certificate is not for signatures'),
  SEALING_FORMAT: malformed(
    '签名格式与证书算法不匹配',
    'The format of the signature does not go with the algorithm of the certificate',
  ),
  SEALING_SIGNATURE: malformed(
    '签名值与证书不符，请确认使用的是同一把密钥',
    'The signature value was not made with the key of the certificate',
  ),
  SEALING_TIME_STAMP: malformed(
    '时间戳与签名不符',
    'The time-stamp does not belong to the signature or is not sound',
  ),
  SEALING_CAPACITY: {
    status: 500,
    zh: '签名数据超出预留空间',
    en: 'The signature is larger than the room that was kept for it',
    retry: 'never',
  },
  SEALING_PREPARED: malformed('签章准备数据不正确', 'The prepared signature is not of the known form'),
  SEALING_ENCRYPTED: malformed('文件已加密，不能签章', 'The PDF is encrypted and cannot be sealed'),
  SEALING_DYNAMIC_FORM: malformed(
    '文件是动态表单，显示内容不固定，不能签章',
    'The PDF is a dynamic form whose content is not fixed, and cannot be sealed',
  ),
  SEALING_PAGE: malformed('所选页码不在文件内', 'The document has no such page'),
  SEALING_PLACEMENT: malformed('印章位置超出页面', 'The seal does not lie on the page'),
  SEALING_STRADDLE: malformed(
    '骑缝章至少需要两页，且每页的章条不能过窄',
    'A straddling seal needs two pages or more, and strips that are wide enough',
  ),
  SEALING_CERTIFIED: {
    status: 409,
    zh: '文件的认证签名不允许此项改动',
    en: 'The certification of the document forbids this change',
    retry: 'never',
  },
  SEALING_CERTIFY_FIRST: {
    status: 409,
    zh: '文件已有签名，不能再作认证签名',
    en: 'A certification must be the first signature of the document',
    retry: 'never',
  },
  SEALING_FIELD: malformed('签名域不存在或已签名', 'There is no such signature field, or it is signed'),
  SEALING_PICTURE: malformed(
    '印章图片不是可用的 PNG 图片',
    'The picture of the seal is not a PNG that can be used',
  ),
  SEALING_FONT: malformed('字体文件不可用', 'The font is not a TrueType font that can be embedded'),
  SEALING_GLYPH: malformed('字体缺少所需文字', 'The font lacks a character of the text'),

  // OFD containers (GB/T 33190)
  OFD_ZIP: malformed('不是完整的 OFD 文件', 'This is not a sound OFD file: its ZIP container breaks a rule'),
  OFD_ZIP_UNSUPPORTED: malformed(
    'OFD 文件使用了不支持的压缩或加密方式',
    'The OFD container uses encryption, ZIP64, several disks or an unknown compression',
  ),
  OFD_NAME: malformed(
    'OFD 文件内含不安全的文件名',
    'A file name in the OFD container is unsafe or ambiguous',
  ),
  OFD_DUPLICATE: malformed('OFD 文件内含重名文件', 'Two files in the OFD container have the same name'),
  OFD_LIMIT: malformed('OFD 文件过大或过于复杂', 'The OFD file asks for more room or work than is allowed'),
  OFD_XML: malformed('OFD 文件内的 XML 不合规', 'An XML file in the OFD container breaks the rules'),
  OFD_STRUCTURE: malformed('OFD 文件结构不正确', 'The structure of the OFD file is wrong'),

  // Pictures of seals
  PICTURE_TEXT: malformed(
    '印章文字为空、过长或含有不可用的字符',
    'The text of the seal is empty, too long, or holds characters that cannot stand on it',
  ),
  PICTURE_RASTER: {
    status: 500,
    zh: '印章图片生成失败',
    en: 'The picture of the seal could not be made',
    retry: 'never',
  },
  PICTURE_FORMAT: malformed(
    '请上传 PNG 或 JPG 格式的印模图片',
    'Upload the picture of the seal as PNG or JPEG',
  ),
  PICTURE_LIMIT: malformed(
    '印模图片过大，请控制在 10 MB、4096 像素以内',
    'The picture of the seal is larger than 10 MB or 4096 pixels',
  ),
  PICTURE_GLYPH_MISSING: malformed(
    '印章文字中有字库未收录的字，请上传印模图片',
    'The font lacks a character of the seal; upload a picture of the seal instead',
  ),
} as const satisfies Record<string, ErrorEntry>;

export type SealErrorCode = keyof typeof SEAL_ERRORS;

export const sealError = errorFactory(SEAL_ERRORS);
