import type { PhoneGrant } from '@hufu/contracts';
import { describe, expect, test } from 'vitest';
import { byPerson, byScope, historyOf, liveOf, openScopes } from '../../src/grants/group-grants.ts';

const grant = (part: Partial<PhoneGrant> & Pick<PhoneGrant, 'id'>): PhoneGrant => ({
  certificate: { id: 'c1', serialNumber: '0A', state: 'EFFECTIVE' },
  person: { id: 'p1', name: '李四' },
  scope: 'gongyi',
  scopeName: '巩义市公共资源交易中心',
  state: 'GRANTED',
  grantedAt: '2026-11-01T00:00:00Z',
  grantedBy: '张三',
  revokedAt: null,
  revokedBy: null,
  endedBy: null,
  ...part,
});
const revoked = { state: 'REVOKED', revokedAt: '2026-11-05T00:00:00Z', endedBy: 'ADMIN' } as const;

const grants = [
  grant({ id: 'g1', ...revoked }),
  grant({ id: 'g2', grantedAt: '2026-11-10T00:00:00Z' }),
  grant({ id: 'g3', person: { id: 'p2', name: '王五' }, scope: 'HUB', scopeName: 'CA互认系统' }),
];

describe('授权管理', () => {
  test('MOB-048: by platform, each with what is in force and what was', () => {
    const groups = byScope(grants);
    expect(groups.map(({ id, live }) => [id, live])).toEqual(
      expect.arrayContaining([
        ['gongyi', 1],
        ['HUB', 1],
      ]),
    );
    expect(groups.find(({ id }) => id === 'gongyi')?.grants).toHaveLength(2);
  });

  test('MOB-049: by person', () => {
    expect(byPerson(grants).find(({ id }) => id === 'p1')).toMatchObject({ name: '李四', live: 1 });
  });

  test('历史授权记录 keeps what was removed, after what is in force', () => {
    expect(historyOf(grants.slice(0, 2)).map(({ id }) => id)).toEqual(['g2', 'g1']);
    expect(liveOf(grants).map(({ id }) => id)).toEqual(['g2', 'g3']);
  });

  test('MOB-047: what a person has already is not offered again; everywhere covers all', () => {
    const scopes = [{ scope: 'gongyi' }, { scope: 'HUB' }];
    expect(openScopes(scopes, liveOf([grant({ id: 'g2' })]))).toEqual([{ scope: 'HUB' }]);
    expect(openScopes(scopes, [grant({ id: 'g4', scope: 'ALL' })])).toEqual([]);
    expect(openScopes(scopes, [])).toEqual(scopes);
  });
});
