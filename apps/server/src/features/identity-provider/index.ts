export { createIdentity, type Identity, type IdentityPorts } from './identity.ts';
export type {
  ClientDirectory,
  ClientRegistration,
  EntityClaims,
  EntityDirectory,
  LiveSession,
  LoginListener,
  SessionFacts,
} from './ports.ts';
export type {
  HubSessions,
  InteractionPresenter,
  InteractionView,
  LoginIntents,
} from './sessions-face.ts';
