import type { DeskErrorCode, DeskRole } from '@hufu/contracts';

export type Rank = { readonly id: string; readonly roles: readonly DeskRole[]; readonly active: boolean };

/** Nobody grants what they do not hold; what somebody has already may be left with them. */
export function grantRefusal(grant: {
  by: readonly DeskRole[];
  roles: readonly DeskRole[];
  held?: readonly DeskRole[];
}): DeskErrorCode | null {
  const held = grant.held ?? [];
  const added = grant.roles.filter((role) => !held.includes(role));
  return added.every((role) => grant.by.includes(role)) ? null : 'DESK_GRANT_TOO_HIGH';
}

/** Whether somebody with the right to manage operators remains. */
export function lastAdminRefusal(
  operators: readonly Rank[],
  change: { id: string; roles?: readonly DeskRole[]; active?: boolean },
): DeskErrorCode | null {
  const remains = operators.some((one) => {
    const { roles, active } = one.id === change.id ? { ...one, ...change } : one;
    return active && roles.includes('admin');
  });
  return remains ? null : 'DESK_LAST_ADMIN';
}
