import { HUB_ERRORS } from '@hufu/contracts';
import { type ErrorRegister, errorFactory } from '@hufu/kernel';

const {
  HUB_INTERACTION_EXPIRED,
  HUB_PLATFORM_SUSPENDED,
  HUB_PLATFORM_UNKNOWN,
  HUB_SESSION_REQUIRED,
  HUB_AUTHORISATION_EXPIRED,
} = HUB_ERRORS;

/** Refusals of the provider beside those that OpenID Connect names. */
export const IDENTITY_ERRORS = {
  HUB_INTERACTION_EXPIRED,
  HUB_PLATFORM_SUSPENDED,
  HUB_PLATFORM_UNKNOWN,
  HUB_SESSION_REQUIRED,
  HUB_AUTHORISATION_EXPIRED,
  OIDC_REDIRECT_URI: {
    status: 400,
    zh: '该登录请求的返回地址未登记，已拒绝；请联系交易平台技术支持',
    en: 'The address to return to is not registered. Contact the platform.',
    retry: 'never',
  },
  OIDC_CLIENT: {
    status: 400,
    zh: '发起登录的平台未登记，已拒绝',
    en: 'The platform that asked for this login is not registered.',
    retry: 'never',
  },
  OIDC_REQUEST: {
    status: 400,
    zh: '交易平台发来的登录请求不符合要求；请联系交易平台技术支持',
    en: 'The platform sent a login request that is not valid. Contact the platform.',
    retry: 'never',
  },
  OIDC_NO_ENTRY: {
    status: 409,
    zh: '该交易平台未登记登录入口，请从交易平台的登录页面进入',
    en: 'The platform has registered no entry for logins. Start from its own login page.',
    retry: 'never',
  },
  OIDC_CONFIRMATION_ORDER: {
    status: 409,
    zh: '请先点击“确认授权”，再点击“确认登录”',
    en: 'Confirm the authorisation first, then the login.',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;

export const identityError = errorFactory(IDENTITY_ERRORS);
