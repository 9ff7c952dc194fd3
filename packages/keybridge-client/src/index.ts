export type { DetectedBridge, Fetch, KeyValueStore } from './client/connection.ts';
export { createKeyBridge, type KeyBridge, type KeyBridgeOptions } from './client/create-key-bridge.ts';
export type { PairOptions } from './client/pair.ts';
export { type LocalNetworkPermission, localNetworkPermission } from './client/permission.ts';
export type { FrameToMount, MountFrame } from './client/sign.ts';
export type { TokenChange, TokenWatcher } from './client/watch-tokens.ts';
export { BRIDGE_ERRORS, type BridgeErrorCode, bridgeError } from './errors.ts';
export {
  AUTH_ACTS,
  type AuthAct,
  type AuthChallenge,
  type AuthStatement,
  authStatementBytes,
  parseAuthStatement,
  type StatementMismatch,
  statementMismatch,
} from './statement.ts';
