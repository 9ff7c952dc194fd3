export { createIdentity, type Identity } from './identity.ts';
export type {
  ClientDirectory,
  ClientRegistration,
  EntityClaims,
  EntityDirectory,
  KnownOfRegister,
  LiveSession,
  LoginListener,
  SessionFacts,
} from './ports.ts';
export { joseSignature } from './provider/signing-keys.ts';
export type {
  HubSessions,
  InteractionPresenter,
  LoginIntents,
  SessionDraft,
} from './sessions-face.ts';
export type { ServerTokens } from './store/server-tokens.ts';
