import { sdkError } from '../errors.ts';

export type EntityRole = 'TENDEREE' | 'AGENCY' | 'BIDDER';

/** Who logged in, as the hub vouches for it (decision on OD-07). */
export type HufuIdentity = {
  /** Stable for this enterprise on this platform. */
  readonly subject: string;
  readonly uscc: string;
  readonly entityName: string;
  readonly roles: readonly EntityRole[];
  readonly certificate: { readonly serial: string; readonly issuer: string; readonly kind: string };
  /** Whether the key is the enterprise's primary one (主锁) or another (副锁). */
  readonly keyRole: 'PRIMARY' | 'SECONDARY';
  readonly acr: string | undefined;
  readonly amr: readonly string[];
  /** Seconds since the epoch. */
  readonly authenticatedAt: number;
  /** The hub's session: a back-channel logout names it. */
  readonly sid: string;
  readonly idToken: string;
};

type Claims = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isText) : []);
const ROLES: readonly string[] = ['TENDEREE', 'AGENCY', 'BIDDER'];
const isRole = (value: string): value is EntityRole => ROLES.includes(value);

/**
 * @param claims of an ID token whose signature, issuer, audience and nonce have been checked
 * @throws CodedError SDK_CLAIMS_INCOMPLETE
 */
export function identityFromClaims(claims: Claims, idToken: string): HufuIdentity {
  const text = (name: string): string => {
    const value = claims[name];
    if (!isText(value)) throw sdkError('SDK_CLAIMS_INCOMPLETE', { claim: name });
    return value;
  };
  const keyRole = text('key_role');
  if (keyRole !== 'PRIMARY' && keyRole !== 'SECONDARY') {
    throw sdkError('SDK_CLAIMS_INCOMPLETE', { claim: 'key_role' });
  }
  const authTime = claims['auth_time'];
  return {
    subject: text('sub'),
    uscc: text('uscc'),
    entityName: text('entity_name'),
    roles: texts(claims['entity_roles']).filter(isRole),
    certificate: { serial: text('cert_serial'), issuer: text('cert_issuer'), kind: text('cert_kind') },
    keyRole,
    acr: isText(claims['acr']) ? claims['acr'] : undefined,
    amr: texts(claims['amr']),
    authenticatedAt: typeof authTime === 'number' ? authTime : Math.floor(Number(claims['iat'] ?? 0)),
    sid: text('sid'),
    idToken,
  };
}
