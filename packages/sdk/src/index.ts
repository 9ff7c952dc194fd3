export {
  type DirectHolder,
  type DirectLogin,
  type DirectLoginOptions,
  type DirectProof,
  directLogin,
  notActivated,
} from './direct/direct-login.ts';
export { SDK_ERRORS, type SdkErrorCode, sdkErrorEntry } from './errors.ts';
export { type HubLogin, type HubLoginOptions, hubLogin, type PendingLogin } from './login/hub-login.ts';
export type { EntityRole, HufuIdentity } from './login/identity.ts';
export type { LogoutNotice } from './login/logout-token.ts';
export {
  readPins,
  type TrustListReader,
  type TrustListReaderOptions,
  trustListReader,
} from './trust/trust-list-reader.ts';
