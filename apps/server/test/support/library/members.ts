import type { FastifyRequest } from 'fastify';
import { ANONYMOUS, type Caller, type Member } from '../../../src/features/access/index.ts';
import { type Database, tablesOf, withTransaction } from '../../../src/infra/database/database.ts';

type Entities = { entity: { id: string; kind: string; uscc: string; created_at: Date } };

const CODES = ['91150102MA0N00016G', '91320100MA1X00025T', '91420000757013137P'];

/** Entities of the ground, by the ids that the tests give them. */
export async function makeEntities(database: Database, ids: readonly string[]): Promise<void> {
  await withTransaction(database, (tx) =>
    tablesOf<Entities>(tx)
      .insertInto('entity')
      .values(ids.map((id, at) => ({ id, kind: 'ORGANISATION', uscc: CODES[at]!, created_at: new Date(0) })))
      .execute(),
  );
}

/** Who calls, as the header `x-member` says: `<entity>` or `<entity>/<standing>` or `<entity>/<standing>/<state>`. */
export async function memberByHeader(request: FastifyRequest): Promise<Caller> {
  const told = request.headers['x-member'];
  if (typeof told !== 'string') return ANONYMOUS;
  const [entityId = '', standing = 'PRIMARY', entityState = 'ACTIVE'] = told.split('/');
  const member: Member = {
    kind: 'member',
    sessionId: `session-${told}`,
    entityId,
    entityKind: 'ORGANISATION',
    entityState: entityState as Member['entityState'],
    standing: standing as Member['standing'],
    keyId: `key-${entityId}-${standing}`,
    fingerprint: 'ab'.repeat(32),
    identity: 'BIDDER',
    modules: 'all',
  };
  return member;
}
