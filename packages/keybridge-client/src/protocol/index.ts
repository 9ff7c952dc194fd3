export { AUTH_ACTS, type AuthAct, type AuthChallenge, challengeSchema, webOrigin } from '../statement.ts';
