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
  LIB_PROJECT_COMPLETED: refused(
    '项目阶段为“项目竣工”，不能进行这项操作',
    'The project is completed: this can be done while it is under construction only',
  ),
  LIB_PROJECT_ONGOING: refused(
    '项目阶段为“项目在建”，请使用“在建项目维护”',
    'The project is under construction: please maintain it instead',
  ),
  LIB_PROJECT_PERFORMANCE: refused(
    '该项目已作为业绩，不能变更负责人',
    'The project counts as a performance: its leader cannot change',
  ),
  LIB_PROJECT_KEPT: refused(
    '已转成业绩、曾转过业绩的项目和场内项目不可删除',
    'Projects that are or were performances, and on-platform projects, cannot be deleted',
  ),
  LIB_PERFORMANCE_NORMAL: refused(
    '该项目的业绩状态为“正常”，请先作废业绩再修改项目',
    'The performance of this project is valid: void it before editing the project',
  ),
  LIB_LEADER_MISSING: refused(
    '该项目尚未填写项目负责人，请先在“在建项目维护”中填写',
    'The project has no leader yet: please name one in its maintenance',
  ),
  LIB_SAME_LEADER: refused(
    '变更后负责人与原负责人相同，请选择其他人员',
    'This person is the leader already: please choose another',
  ),
  LIB_PERSON_LEADS: refused(
    '该人员是在建项目的项目负责人，请先变更项目负责人',
    'This person leads a project under construction: change its leader first',
  ),
  LIB_PERSON_ON_PROJECT: refused(
    '该人员是在建项目的负责人或技术负责人，请先变更后再作废',
    'This person leads a project under construction, or is its technical leader: change that first',
  ),
  LIB_LEAVE_DATE: refused('离职日期不能早于入职日期', 'Nobody leaves before joining'),
  LIB_RETURN_DATE: refused('重新入职日期不能早于离职日期', 'Nobody joins again before leaving'),
} as const satisfies Record<string, ErrorEntry>;

export type LibraryErrorCode = keyof typeof LIBRARY_ERRORS;

export const libraryError = errorFactory(LIBRARY_ERRORS);
