import type { PhoneGrant } from '@hufu/contracts';

export type GrantGroup = {
  readonly id: string;
  readonly name: string;
  /** In force now. */
  readonly live: number;
  readonly grants: readonly PhoneGrant[];
};

type Naming = (grant: PhoneGrant) => { readonly id: string; readonly name: string };

function grouped(grants: readonly PhoneGrant[], naming: Naming): readonly GrantGroup[] {
  const groups = new Map<string, { name: string; grants: PhoneGrant[] }>();
  for (const grant of grants) {
    const { id, name } = naming(grant);
    const group = groups.get(id) ?? { name, grants: [] };
    group.grants.push(grant);
    groups.set(id, group);
  }
  return [...groups]
    .map(([id, group]) => ({ id, ...group, live: liveOf(group.grants).length }))
    .sort((a, b) => b.live - a.live || a.name.localeCompare(b.name, 'zh-Hans-CN'));
}

/** 按交易平台 (MOB-048). */
export const byScope = (grants: readonly PhoneGrant[]): readonly GrantGroup[] =>
  grouped(grants, ({ scope, scopeName }) => ({ id: scope, name: scopeName }));

/** 按人员 (MOB-049). */
export const byPerson = (grants: readonly PhoneGrant[]): readonly GrantGroup[] =>
  grouped(grants, ({ person }) => person);

export const liveOf = (grants: readonly PhoneGrant[]): readonly PhoneGrant[] =>
  grants.filter(({ state }) => state === 'GRANTED');

/** 历史授权记录: every grant ever given, those in force first, then the latest. */
export const historyOf = (grants: readonly PhoneGrant[]): readonly PhoneGrant[] =>
  [...grants].sort(
    (a, b) =>
      Number(b.state === 'GRANTED') - Number(a.state === 'GRANTED') ||
      Date.parse(b.grantedAt) - Date.parse(a.grantedAt),
  );

/** Scopes that a person does not have yet with a certificate: what can still be granted. `ALL` covers the rest. */
export function openScopes<S extends { readonly scope: string }>(
  scopes: readonly S[],
  live: readonly PhoneGrant[],
): readonly S[] {
  const held = new Set<string>(live.map(({ scope }) => scope));
  return held.has('ALL') ? [] : scopes.filter(({ scope }) => !held.has(scope));
}
