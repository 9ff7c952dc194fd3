import type { ErrorEntry, ErrorRegister } from '@hufu/kernel';

const corrected = (status: number, zh: string, en: string): ErrorEntry => ({
  status,
  zh,
  en,
  retry: 'corrected',
});
const never = (status: number, zh: string, en: string): ErrorEntry => ({ status, zh, en, retry: 'never' });

/** Refusals of the library's records; what is wrong with a value or a step comes from `@hufu/library`. */
export const RECORD_ERRORS = {
  RECORD_UNKNOWN: never(404, '没有找到该记录', 'There is no such record.'),
  RECORD_BASE_FIRST: corrected(
    403,
    '请先完善企业基本信息并签署承诺书', // MSG-27
    'Complete the base information and sign the commitment letter first.',
  ),
  RECORD_FROZEN: never(
    403,
    '该主体已被冻结，仅可查看；请联系主体信息库工作台',
    'This entity is frozen: you can look, not change. Contact the desk.',
  ),
  RECORD_NOT_DELEGATED: never(
    403,
    '您没有被授权维护该模块',
    'The maintenance of this module was not delegated to you.',
  ),
  RECORD_OWNER: never(403, '该模块不适用于您的主体类型', 'This module is not for entities of your kind.'),
  RECORD_STALE: corrected(
    409,
    '该记录已被他人修改，请核对变动后重试；您填写的内容没有丢失',
    'The record was changed meanwhile. Look at what changed and try again; what you entered is not lost.',
  ),
  RECORD_INVALID: corrected(
    422,
    '填写内容有误，请按提示修改',
    'Some fields are not right. Correct them as indicated.',
  ),
  RECORD_SINGLE: never(409, '该信息只有一份，已经存在', 'There is only one of these, and it exists already.'),
  RECORD_REASON: corrected(422, '请填写原因', 'Give the reason.'),
  RECORD_PROOF: corrected(422, '请上传证明材料', 'Upload the proof.'),
  RECORD_FOREIGN_FILE: corrected(
    422,
    '附件不存在或不是本单位上传的，请重新上传',
    'A file does not exist, or was not uploaded by this entity. Upload it again.',
  ),
  RECORD_REFERENCE: corrected(
    422,
    '所选记录不存在、不属于本单位或当前状态不可选',
    'The chosen record does not exist, is not yours, or cannot be chosen in its state.',
  ),
  RECORD_PARENT: corrected(
    409,
    '所属记录不存在或当前状态不能维护下级信息',
    'The record to which this belongs does not exist, or its state does not allow this.',
  ),
  RECORD_FILTER: corrected(422, '筛选条件不正确', 'A filter or an order of this list is not right.'),
  RECORD_NO_TEMPLATE: never(422, '该模块不支持批量导入', 'Records of this kind cannot be imported.'),
  SHEET_FILE: corrected(
    422,
    '请上传XLSX或CSV文件；不接受含宏、加密或损坏的文件',
    'Upload an XLSX or CSV file. Files with macros, encrypted or damaged ones are not accepted.',
  ),
  SHEET_TOO_LARGE: corrected(
    413,
    '表格过大：最多10,000行，请拆分后分别导入',
    'The sheet is too large: at most 10,000 rows. Split it and import the parts.',
  ),
  SHEET_EMPTY: corrected(422, '表格中没有数据行', 'The sheet has no rows of data.'),
  SHEET_COLUMNS: corrected(
    422,
    '表头与模板不一致，请下载模板后按模板填写',
    'The headings differ from the template. Download the template and fill that in.',
  ),
} as const satisfies ErrorRegister;
export type RecordErrorCode = keyof typeof RECORD_ERRORS;
