import type { ErrorRegister } from '@hufu/kernel';
import { DESK_ERRORS } from './desk.ts';
import { HUB_ERRORS } from './hub.ts';
import { LIBRARY_ENTITY_ERRORS } from './library-entities.ts';
import { PHONE_ERRORS } from './phone.ts';

/** What is said at the doors of the realms. */
export const ACCESS_ERRORS = {
  HUB_SESSION_REQUIRED: HUB_ERRORS.HUB_SESSION_REQUIRED,
  HUB_PRIMARY_ONLY: HUB_ERRORS.HUB_PRIMARY_ONLY,
  DESK_SESSION_REQUIRED: DESK_ERRORS.DESK_SESSION_REQUIRED,
  DESK_FORBIDDEN: DESK_ERRORS.DESK_FORBIDDEN,
  LIBRARY_SESSION_REQUIRED: {
    status: 401,
    zh: '您还没有登录主体信息库或登录已过期，请重新登录',
    en: 'You are not logged in to the entity library, or your session has ended.',
    retry: 'corrected',
  },
  LIBRARY_PRIMARY_ONLY: {
    status: 403,
    zh: '当前锁不是主锁，仅可查看；如需维护信息请使用主锁登录', // MSG-26
    en: 'This is not the primary key: you can look, not change. Log in with the primary key.',
    retry: 'never',
  },
  LIBRARY_ENTITY_FROZEN: LIBRARY_ENTITY_ERRORS.LIBRARY_ENTITY_FROZEN,
  PHONE_SESSION_REQUIRED: PHONE_ERRORS.PHONE_SESSION_REQUIRED,
  PHONE_REAL_NAME_REQUIRED: PHONE_ERRORS.PHONE_REAL_NAME_REQUIRED,
  PLATFORM_CREDENTIALS: {
    status: 401,
    zh: '平台凭据无效或已停用',
    en: 'The platform’s credentials are not valid, or the platform is suspended.',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;
export type AccessErrorCode = keyof typeof ACCESS_ERRORS;
