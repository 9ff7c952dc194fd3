export {
  type DirectHolder,
  type DirectLogin,
  type DirectLoginOptions,
  type DirectProof,
  directLogin,
  notActivated,
} from './direct/direct-login.ts';
export {
  type ExchangeRefusal,
  exchangeRefusal,
  SDK_ERRORS,
  type SdkErrorCode,
  sdkErrorEntry,
} from './errors.ts';
export {
  type ExchangeClient,
  type ExchangeOptions,
  exchangeClient,
  type FollowOptions,
} from './exchange/exchange-client.ts';
export { type HubStatementOptions, type HubStatements, hubStatements } from './exchange/hub-statements.ts';
export { readNotice } from './exchange/read-notice.ts';
export { type SealedDocument, verifySealed } from './exchange/sealed-document.ts';
export { type PlatformSigningKey, signProject } from './exchange/sign-project.ts';
export { recordDigest, verifyPackage } from './exchange/verify-package.ts';
export { type HubLogin, type HubLoginOptions, hubLogin, type PendingLogin } from './login/hub-login.ts';
export type { EntityRole, HufuIdentity } from './login/identity.ts';
export type { LogoutNotice } from './login/logout-token.ts';
export {
  readPins,
  type TrustListReader,
  type TrustListReaderOptions,
  trustListReader,
} from './trust/trust-list-reader.ts';
