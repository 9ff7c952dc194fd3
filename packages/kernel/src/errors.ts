import { type ErrorEntry, errorFactory } from './errors/coded-error.ts';

const malformed = (zh: string, en: string): ErrorEntry => ({ status: 400, zh, en, retry: 'corrected' });
const broken = (zh: string, en: string): ErrorEntry => ({ status: 500, zh, en, retry: 'never' });

/** Every failure that this package can raise. */
export const KERNEL_ERRORS = {
  ENCODING_HEX: malformed('十六进制编码不正确', 'This is not hexadecimal text'),
  ENCODING_BASE64: malformed('Base64 编码不正确', 'This is not Base64 text'),
  USCC_LENGTH: malformed('统一社会信用代码应为18位', 'A unified social credit code has 18 characters'),
  USCC_CHARACTER: malformed(
    '统一社会信用代码含有不允许的字符（不使用 I、O、S、V、Z）',
    'The unified social credit code holds a character that is not allowed (I, O, S, V and Z are not used)',
  ),
  USCC_REGION: malformed(
    '统一社会信用代码第3至8位应为行政区划数字',
    'Characters 3 to 8 of a unified social credit code are the digits of a region',
  ),
  USCC_ORGANISATION: malformed(
    '统一社会信用代码中的组织机构代码校验位不正确',
    'The check digit of the organisation code inside the unified social credit code is wrong',
  ),
  USCC_CHECK: malformed(
    '统一社会信用代码校验位不正确，请核对',
    'The last character of the unified social credit code is wrong: please compare',
  ),
  ID_CARD_FORM: malformed(
    '身份证号应为18位，末位可为X',
    'An identity number has 18 digits; the last may be X',
  ),
  ID_CARD_REGION: malformed('身份证号中的地区代码不存在', 'The region in the identity number does not exist'),
  ID_CARD_DATE: malformed(
    '身份证号中的出生日期不正确',
    'The date of birth in the identity number is impossible',
  ),
  ID_CARD_CHECK: malformed('身份证号校验位不正确，请核对', 'The last digit of the identity number is wrong'),
  PHONE_MOBILE: malformed(
    '手机号应为11位，以13至19开头',
    'A mobile number has 11 digits and starts with 13 to 19',
  ),
  PHONE_NUMBER: malformed(
    '电话号码不正确：请填写手机号，或“区号-号码”',
    'Please give a mobile number, or an area code and a number',
  ),
  REFERENCE_CODE: malformed('编码不正确，请核对', 'This code is not well formed: please compare'),
  CALENDAR_DATE: malformed('日期不正确', 'This date does not exist'),
  CALENDAR_TIME: malformed('时间不正确', 'This time of day does not exist'),
  CALENDAR_DATA: broken('工作日历数据有误', 'The data of the working calendar contradict themselves'),
  CANONICAL_NUMBER: broken('数据含有无法规范表示的数字', 'A number has no canonical form'),
  CANONICAL_TEXT: broken('数据含有无法规范表示的文字', 'A text has no canonical form'),
  CANONICAL_VALUE: broken('数据含有无法规范表示的内容', 'A value has no canonical form'),
  CANONICAL_DEPTH: broken('数据嵌套过深', 'The value is nested too deeply'),
  BOX_UNREADABLE: broken(
    '口令错误，或加密文件已损坏',
    'The passphrase is wrong, or the sealed file is damaged',
  ),
  FOLDER_IN_USE: {
    status: 500,
    zh: '数据目录正被另一个进程使用',
    en: 'The folder is in use by another process',
    retry: 'later',
  },
  RANDOM_SOURCE: {
    status: 500,
    zh: '随机数来源异常',
    en: 'The source of random bytes does not work',
    retry: 'later',
  },
} as const satisfies Record<string, ErrorEntry>;

export type KernelErrorCode = keyof typeof KERNEL_ERRORS;

export const kernelError = errorFactory(KERNEL_ERRORS);
