import type { ErrorRegister } from '@hufu/kernel';

/** Failures of the edge, the same for every feature. */
export const REQUEST_ERRORS = {
  REQUEST_INVALID: {
    status: 422,
    zh: '填写内容有误，请按提示修改',
    en: 'Some fields are not right. Correct them as indicated.',
    retry: 'corrected',
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    zh: '提交的内容过大',
    en: 'The request is too large.',
    retry: 'corrected',
  },
  REQUEST_MALFORMED: {
    status: 400,
    zh: '请求格式不正确',
    en: 'The request is malformed.',
    retry: 'corrected',
  },
  REQUEST_TYPE: {
    status: 415,
    zh: '不支持的内容类型',
    en: 'This content type is not supported.',
    retry: 'corrected',
  },
  REQUEST_FOREIGN_ORIGIN: {
    status: 403,
    zh: '请求来自其他网站，已拒绝',
    en: 'The request came from another site and was refused.',
    retry: 'never',
  },
  RATE_LIMITED: {
    status: 429,
    zh: '操作过于频繁，请稍后再试',
    en: 'Too many requests. Try again later.',
    retry: 'later',
  },
  NOT_FOUND: { status: 404, zh: '没有找到该页面或数据', en: 'Not found.', retry: 'never' },
  FILE_TYPE: {
    status: 415,
    zh: '只接受PDF、JPG、PNG文件（按文件内容判断）',
    en: 'Only PDF, JPG and PNG files are accepted, judged by content.',
    retry: 'corrected',
  },
  FILE_TOO_LARGE: {
    status: 413,
    zh: '单个文件不能超过20MB',
    en: 'A file may have at most 20 MB.',
    retry: 'corrected',
  },
  FILE_EMPTY: { status: 422, zh: '文件是空的，请重新选择', en: 'The file is empty.', retry: 'corrected' },
  UNAVAILABLE: {
    status: 503,
    zh: '系统暂时不可用，您的信息没有改动，请稍后再试',
    en: 'The system is unavailable for the moment. Nothing was changed. Try again later.',
    retry: 'later',
  },
  INTERNAL: {
    status: 500,
    zh: '系统出错，您的信息没有改动，请稍后再试或联系技术支持',
    en: 'Something went wrong. Nothing was changed. Try again later or contact support.',
    retry: 'later',
  },
} as const satisfies ErrorRegister;
export type RequestErrorCode = keyof typeof REQUEST_ERRORS;
