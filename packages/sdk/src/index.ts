export { SDK_ERRORS, type SdkErrorCode } from './errors.ts';
export { type HubLogin, type HubLoginOptions, hubLogin, type PendingLogin } from './login/hub-login.ts';
export type { EntityRole, HufuIdentity } from './login/identity.ts';
export type { LogoutNotice } from './login/logout-token.ts';
