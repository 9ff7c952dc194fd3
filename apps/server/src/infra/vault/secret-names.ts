/**
 * What the server derives from the vault's root: symmetric secrets alone, which it needs at every request. A remote
 * vault hands these out and no others.
 */
export const SECRET_NAMES = [
  'cookies',
  'oidc pairwise subjects',
  'personal data, encryption',
  'personal data, index',
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];
