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
