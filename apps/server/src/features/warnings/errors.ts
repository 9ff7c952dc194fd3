import { ACCESS_ERRORS } from '@hufu/contracts';
import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/** Refusals of warnings and of where they are mailed to. */
export const WARNING_ERRORS = {
  LIBRARY_SESSION_REQUIRED: ACCESS_ERRORS.LIBRARY_SESSION_REQUIRED,
  LIBRARY_PRIMARY_ONLY: ACCESS_ERRORS.LIBRARY_PRIMARY_ONLY,
  LIBRARY_ENTITY_FROZEN: ACCESS_ERRORS.LIBRARY_ENTITY_FROZEN,
  WARNING_STALE: {
    status: 409,
    zh: '提醒设置已被他人修改，请刷新后重试',
    en: 'Somebody else has changed these settings meanwhile. Reload and try again.',
    retry: 'corrected',
  },
  WARNING_CODE: {
    status: 422,
    zh: '验证码不正确或已过期，请重新获取',
    en: 'The code is wrong or has run out. Ask for a new one.',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;

export const warningError = errorFactory(WARNING_ERRORS);
