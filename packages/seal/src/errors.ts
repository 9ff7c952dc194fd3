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
} as const satisfies Record<string, ErrorEntry>;

export type SealErrorCode = keyof typeof SEAL_ERRORS;

export const sealError = errorFactory(SEAL_ERRORS);
