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
export type {
  HubSessions,
  InteractionPresenter,
  LoginIntents,
  SessionDraft,
} from './sessions-face.ts';
