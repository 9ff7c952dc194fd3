import type { AccessErrorCode, Actor, DeskRole, EntityRole, Route } from '@hufu/contracts';

/** Somebody whose certificate is bound and who is logged in to the hub. */
export type Holder = {
  readonly kind: 'holder';
  readonly sessionId: string;
  readonly enterpriseId: string;
  readonly certificateId: string;
  readonly fingerprint: string;
  readonly role: 'PRIMARY' | 'SECONDARY';
  /** The phone's user who logged in by a scan; null with a lock. */
  readonly phoneUserId: string | null;
};

/** Somebody who is logged in to the entity library. */
export type Member = {
  readonly kind: 'member';
  readonly sessionId: string;
  readonly entityId: string;
  readonly entityKind: 'ORGANISATION' | 'NATURAL_PERSON';
  /** REGISTERED_SIMPLE: only base information is open (LIB-REG-11). FROZEN: looking only. */
  readonly entityState: 'REGISTERED_SIMPLE' | 'ACTIVE' | 'FROZEN';
  readonly standing: 'PRIMARY' | 'SECONDARY' | 'DELEGATE' | 'NATURAL';
  /** The record in 权限管理 of the key that logged in; null for a natural person's login elsewhere. */
  readonly keyId: string | null;
  readonly fingerprint: string | null;
  /** LIB-LOGIN-08: the identity chosen for this session. */
  readonly identity: EntityRole | null;
  /** Modules that a delegate may maintain; `all` for everybody else who may maintain. */
  readonly modules: 'all' | readonly string[];
};

/** Somebody who is logged in to the desk. */
export type OperatorCaller = {
  readonly kind: 'operator';
  readonly sessionId: string;
  readonly operatorId: string;
  readonly fingerprint: string;
  readonly roles: readonly DeskRole[];
};

/** Somebody who is logged in to 标证通 by a code sent to their phone. */
export type PhoneUser = {
  readonly kind: 'phone';
  readonly sessionId: string;
  readonly userId: string;
  /** The device that proved its keys in this session; null while none did. A frozen one is shown as none. */
  readonly deviceId: string | null;
  /** The real name is proved (MOB-003). */
  readonly verified: boolean;
};

/** A trading platform's server, known by its client's credentials. */
export type PlatformCaller = { readonly kind: 'platform'; readonly code: string; readonly clientId: string };

export type Caller =
  | { readonly kind: 'anonymous' }
  | Holder
  | Member
  | OperatorCaller
  | PhoneUser
  | PlatformCaller;

export const ANONYMOUS: Caller = { kind: 'anonymous' };

const MEMBER_ACTORS: Readonly<Record<Member['standing'], Actor>> = {
  PRIMARY: 'library.primary',
  SECONDARY: 'library.secondary',
  DELEGATE: 'library.delegate',
  NATURAL: 'library.natural',
};

/** The actor kinds of the permission matrix that a caller counts as. */
function actorsOf(caller: Caller): readonly Actor[] {
  switch (caller.kind) {
    case 'anonymous':
      return ['anonymous'];
    case 'holder':
      return [caller.role === 'PRIMARY' ? 'primary' : 'secondary'];
    case 'member':
      return [MEMBER_ACTORS[caller.standing]];
    case 'operator':
      return caller.roles.map((role): Actor => `desk.${role}`);
    case 'phone':
      return [caller.verified ? 'phone.verified' : 'phone.user'];
    case 'platform':
      return ['platform'];
  }
}

type Realm = 'hub' | 'library' | 'desk' | 'phone' | 'platform';
const AREAS = ['library', 'desk', 'phone', 'platform'] as const satisfies readonly Realm[];

/** What one must be to enter a realm, and what is said to those who are not. */
const REALMS: Readonly<
  Record<Realm, { kind: Caller['kind']; outside: AccessErrorCode; inside: AccessErrorCode }>
> = {
  hub: { kind: 'holder', outside: 'HUB_SESSION_REQUIRED', inside: 'HUB_PRIMARY_ONLY' },
  library: { kind: 'member', outside: 'LIBRARY_SESSION_REQUIRED', inside: 'LIBRARY_PRIMARY_ONLY' },
  desk: { kind: 'operator', outside: 'DESK_SESSION_REQUIRED', inside: 'DESK_FORBIDDEN' },
  phone: { kind: 'phone', outside: 'PHONE_SESSION_REQUIRED', inside: 'PHONE_REAL_NAME_REQUIRED' },
  platform: { kind: 'platform', outside: 'PLATFORM_CREDENTIALS', inside: 'PLATFORM_CREDENTIALS' },
};

/** Which session a route looks at: their cookies are several, and a browser may hold them all. */
export function realmOf(route: Pick<Route, 'actors'>): 'anyone' | Realm {
  if (route.actors.includes('anonymous')) return 'anyone';
  const [area] = (route.actors[0] ?? '').split('.');
  return AREAS.find((one) => one === area) ?? 'hub';
}

const isFrozen = (caller: Caller): boolean => caller.kind === 'member' && caller.entityState === 'FROZEN';

export type Permission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: AccessErrorCode | 'HUB_CERTIFICATE_UNKNOWN' };

/**
 * The one authorisation rule (GEN-004): the declarations of the routes are the table, the tests are generated from
 * the same table. A holder further reaches only records of their own enterprise: `subject` carries its owner; a
 * frozen entity looks and changes nothing.
 */
export function can(
  caller: Caller,
  route: Pick<Route, 'actors' | 'method' | 'whileFrozen'>,
  subject?: { readonly enterpriseId: string },
): Permission {
  const realm = realmOf(route);
  if (realm === 'anyone') return { allowed: true };
  const { kind, outside, inside } = REALMS[realm];
  if (caller.kind !== kind) return { allowed: false, code: outside };
  if (!actorsOf(caller).some((actor) => route.actors.includes(actor))) {
    return { allowed: false, code: inside };
  }
  if (isFrozen(caller) && route.method !== 'GET' && !route.whileFrozen) {
    return { allowed: false, code: 'LIBRARY_ENTITY_FROZEN' };
  }
  if (subject !== undefined && caller.kind === 'holder' && caller.enterpriseId !== subject.enterpriseId) {
    return { allowed: false, code: 'HUB_CERTIFICATE_UNKNOWN' };
  }
  return { allowed: true };
}
