export { AUTH_ACTS, type AuthAct, type AuthChallenge, challengeSchema, webOrigin } from '../statement.ts';
export {
  type BridgeStatus,
  DEFAULT_PORT,
  handle,
  languageSchema,
  MAX_WAIT_SECONDS,
  PROTOCOL_VERSION,
  type Problem,
  problemSchema,
  SERVICE_NAME,
  statusSchema,
} from './common.ts';
export {
  type FrameMessage,
  frameMessageSchema,
  type OperationCreated,
  type OperationRequest,
  type OperationState,
  operationCreatedSchema,
  operationRequestSchema,
  operationStateSchema,
  type SignedStatement,
  signedStatementSchema,
} from './operation.ts';
export {
  type PairingCreated,
  type PairingRequest,
  type PairingState,
  pairingCreatedSchema,
  pairingRequestSchema,
  pairingStateSchema,
} from './pairing.ts';
export {
  type BridgeSignatureAlgorithm,
  type CertificateInfo,
  certificateInfoSchema,
  certificateListSchema,
  type DriverHealth,
  driverHealthSchema,
  type PinState,
  pinStateSchema,
  signatureAlgorithmSchema,
  type TokenInfo,
  type TokenList,
  tokenInfoSchema,
  tokenListSchema,
} from './token.ts';
