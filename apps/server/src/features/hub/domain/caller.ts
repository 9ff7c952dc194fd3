import type { Actor, DeskErrorCode, DeskRole, HubErrorCode, Route } from '@hufu/contracts';

/** Somebody whose certificate is bound and who is logged in to the hub. */
export type Holder = {
  readonly kind: 'holder';
  readonly sessionId: string;
  readonly enterpriseId: string;
  readonly certificateId: string;
  readonly fingerprint: string;
  readonly role: 'PRIMARY' | 'SECONDARY';
};

/** Somebody who is logged in to the desk. */
export type OperatorCaller = {
  readonly kind: 'operator';
  readonly sessionId: string;
  readonly operatorId: string;
  readonly fingerprint: string;
  readonly roles: readonly DeskRole[];
};

export type Caller = { readonly kind: 'anonymous' } | Holder | OperatorCaller;

export const ANONYMOUS: Caller = { kind: 'anonymous' };

/** The actor kinds of the permission matrix that a caller counts as. */
export function actorsOf(caller: Caller): readonly Actor[] {
  switch (caller.kind) {
    case 'anonymous':
      return ['anonymous'];
    case 'holder':
      return [caller.role === 'PRIMARY' ? 'primary' : 'secondary'];
    case 'operator':
      return caller.roles.map((role): Actor => `desk.${role}`);
  }
}

/** Which session a route looks at: the desk's cookie and the hub's are two, and a browser may hold both. */
export function realmOf(route: Pick<Route, 'actors'>): 'anyone' | 'hub' | 'desk' {
  if (route.actors.includes('anonymous')) return 'anyone';
  return route.actors.some((actor) => actor.startsWith('desk.')) ? 'desk' : 'hub';
}

export type Permission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: HubErrorCode | DeskErrorCode };

/**
 * The one authorisation rule (GEN-004): the declarations of the routes are the table, the tests are generated from
 * the same table. A holder further reaches only records of their own enterprise: `subject` carries its owner.
 */
export function can(
  caller: Caller,
  route: Pick<Route, 'actors'>,
  subject?: { readonly enterpriseId: string },
): Permission {
  const realm = realmOf(route);
  if (realm === 'anyone') return { allowed: true };
  if (realm === 'desk' && caller.kind !== 'operator') return refuse('DESK_SESSION_REQUIRED');
  if (realm === 'hub' && caller.kind !== 'holder') return refuse('HUB_SESSION_REQUIRED');
  if (!actorsOf(caller).some((actor) => route.actors.includes(actor))) {
    return refuse(realm === 'desk' ? 'DESK_FORBIDDEN' : 'HUB_PRIMARY_ONLY');
  }
  if (subject !== undefined && caller.kind === 'holder' && caller.enterpriseId !== subject.enterpriseId) {
    return refuse('HUB_CERTIFICATE_UNKNOWN');
  }
  return { allowed: true };
}

const refuse = (code: HubErrorCode | DeskErrorCode): Permission => ({ allowed: false, code });
