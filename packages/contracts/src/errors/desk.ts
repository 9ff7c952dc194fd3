import type { ErrorRegister } from '@hufu/kernel';

export const DESK_ERRORS = {
  DESK_SESSION_REQUIRED: {
    status: 401,
    zh: '请用操作员证书登录工作台',
    en: 'Log in to the desk with your operator certificate.',
    retry: 'corrected',
  },
  DESK_NOT_OPERATOR: {
    status: 403,
    zh: '该证书不是有效的操作员证书',
    en: 'This certificate does not belong to an active operator.',
    retry: 'never',
  },
  DESK_FORBIDDEN: {
    status: 403,
    zh: '您的岗位没有此项权限',
    en: 'Your role does not allow this.',
    retry: 'never',
  },
  DESK_SELF_APPROVAL: {
    status: 403,
    zh: '本人提出或初审的事项须由另一人复核',
    en: 'A second person must decide what you proposed or checked.',
    retry: 'never',
  },
  DESK_APPROVAL_CLOSED: {
    status: 409,
    zh: '该事项已处理或已过期',
    en: 'This step was already decided or has expired.',
    retry: 'never',
  },
  DESK_STALE_PROPOSAL: {
    status: 409,
    zh: '提出后相关内容已变动，请重新提出',
    en: 'The subject changed since the proposal. Propose it anew.',
    retry: 'corrected',
  },
  DESK_PROPOSER_GONE: {
    status: 409,
    zh: '提出人已停用，不能同意；请驳回后重新提出',
    en: 'Who proposed this is no longer an active operator. Reject it and propose it anew.',
    retry: 'corrected',
  },
  DESK_GRANT_TOO_HIGH: {
    status: 403,
    zh: '不能授予本人没有的岗位',
    en: 'Nobody may grant a role that they do not hold.',
    retry: 'never',
  },
  DESK_LAST_ADMIN: {
    status: 409,
    zh: '至少保留一名在岗管理员',
    en: 'At least one active administrator must remain.',
    retry: 'never',
  },
  DESK_DUPLICATE: {
    status: 409,
    zh: '编码或证书已存在',
    en: 'The code or certificate exists already.',
    retry: 'corrected',
  },
  DESK_UNKNOWN: { status: 404, zh: '没有找到该记录', en: 'No such record.', retry: 'never' },
} as const satisfies ErrorRegister;
export type DeskErrorCode = keyof typeof DESK_ERRORS;
