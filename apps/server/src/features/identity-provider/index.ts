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
