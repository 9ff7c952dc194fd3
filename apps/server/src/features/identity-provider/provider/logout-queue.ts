/** Outbox queue of notices that a session has ended (OpenID Connect Back-Channel Logout 1.0). */
export const LOGOUT_QUEUE = 'oidc-backchannel-logout';
