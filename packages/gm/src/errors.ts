import { type ErrorEntry, errorFactory } from '@hufu/kernel';

const malformed = (zh: string, en: string): ErrorEntry => ({ status: 400, zh, en, retry: 'corrected' });

/** Every failure that this package can raise. */
export const GM_ERRORS = {
  DER_TRUNCATED: malformed('编码数据不完整', 'The encoded data ends too early'),
  DER_LENGTH: malformed('编码长度不符合 DER 规则', 'A length is not encoded by the rules of DER'),
  DER_TAG: malformed('编码类型与预期不符', 'An element has another type than expected'),
  DER_TRAILING: malformed('编码数据末尾有多余内容', 'There are surplus bytes after the encoded data'),
  DER_DEPTH: malformed('编码嵌套过深', 'The encoded data is nested too deeply'),
  DER_INTEGER: malformed('整数编码不合规', 'An INTEGER is not encoded by the rules, or is out of range'),
  DER_BOOLEAN: malformed('布尔值编码不合规', 'A BOOLEAN is not encoded by the rules of DER'),
  DER_BIT_STRING: malformed('比特串编码不合规', 'A BIT STRING is not encoded by the rules of DER'),
  DER_NULL: malformed('空值编码不合规', 'A NULL is not empty'),
  DER_OID: malformed('对象标识符编码不合规', 'An OBJECT IDENTIFIER is not encoded by the rules'),
  DER_STRING: malformed(
    '字符串编码不合规',
    'A character string holds characters that its type does not allow',
  ),
  DER_TIME: malformed('时间编码不合规', 'A time is not encoded by the rules of RFC 5280'),
  DER_SET_ORDER: malformed('集合元素未按 DER 规则排序', 'The elements of a SET OF are not in DER order'),
} as const satisfies Record<string, ErrorEntry>;

export type GmErrorCode = keyof typeof GM_ERRORS;

export const gmError = errorFactory(GM_ERRORS);
