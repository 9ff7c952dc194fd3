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
  RECORD_SINGLE: never(409, '该信息只有一份，已经存在', 'There is only one of these, and it exists already.'),
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
} as const satisfies ErrorRegister;
export type RecordErrorCode = keyof typeof RECORD_ERRORS;
