import { type ErrorEntry, errorFactory } from '@hufu/kernel';

const refused = (zh: string, en: string): ErrorEntry => ({ status: 409, zh, en, retry: 'corrected' });

/**
 * Every failure of a whole request that this package can name. Faults of single fields are issues: their words are in
 * `engine/issue.ts`, or in the declaration for rules over several fields and for uniqueness. A guard of a life cycle
 * names one of these codes.
 */
export const LIBRARY_ERRORS = {
  // The engine.
  LIB_TYPE: {
    status: 404,
    zh: '没有这类信息',
    en: 'There is no such kind of record',
    retry: 'never',
  },
  LIB_CODE_LIST: { status: 404, zh: '没有这份代码表', en: 'There is no such code list', retry: 'never' },
  LIB_EVENT: {
    status: 404,
    zh: '没有这项操作',
    en: 'There is no such operation on records of this kind',
    retry: 'never',
  },
  LIB_STATE: refused(
    '当前状态下不能进行这项操作，请刷新后查看最新状态',
    'This cannot be done in the present state. Please reload to see it',
  ),
  LIB_SETTER: {
    status: 403,
    zh: '这项操作不由您发起',
    en: 'This operation is not yours to start',
    retry: 'never',
  },
  LIB_INVALID: {
    status: 422,
    zh: '填写的内容有误，请按各项提示修改后重试',
    en: 'Some entries need correction: each says what to do',
    retry: 'corrected',
  },
  LIB_EXAMPLE: {
    status: 500,
    zh: '未能生成符合规则的示例',
    en: 'No example could be made that keeps every rule of the declaration',
    retry: 'never',
  },
  // Guards of the modules.
} as const satisfies Record<string, ErrorEntry>;

export type LibraryErrorCode = keyof typeof LIBRARY_ERRORS;

export const libraryError = errorFactory(LIBRARY_ERRORS);
