import type { Executor, Tx } from '../../../infra/database/database.ts';
import { deskTables } from '../tables.ts';

export type NewDeskSession = {
  readonly id: string;
  readonly tokenSha256: string;
  readonly operatorId: string;
  readonly at: Date;
  readonly expiresAt: Date;
};

export async function insertDeskSession(tx: Tx, session: NewDeskSession): Promise<void> {
  await deskTables(tx)
    .insertInto('desk_session')
    .values({
      id: session.id,
      token_sha256: session.tokenSha256,
      operator_id: session.operatorId,
      logged_in_at: session.at,
      last_seen_at: session.at,
      expires_at: session.expiresAt,
      ended_at: null,
    })
    .execute();
}

/** The live session of a token with its operator as they are now. */
export async function liveDeskSession(
  executor: Executor,
  key: { tokenSha256: string; now: Date; seenAfter: Date },
) {
  return deskTables(executor)
    .selectFrom('desk_session')
    .innerJoin('operator', 'operator.id', 'desk_session.operator_id')
    .select([
      'desk_session.id as sessionId',
      'desk_session.last_seen_at as lastSeenAt',
      'desk_session.expires_at as expiresAt',
      'operator.id as operatorId',
      'operator.roles as roles',
      'operator.fingerprint as fingerprint',
      'operator.name_sealed as nameSealed',
      'operator.certificate as certificate',
    ])
    .where('token_sha256', '=', key.tokenSha256)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', key.now)
    .where('last_seen_at', '>', key.seenAfter)
    .where('operator.state', '=', 'ACTIVE')
    .executeTakeFirst();
}

export async function touchDeskSession(
  executor: Executor,
  { id, at }: { id: string; at: Date },
): Promise<void> {
  await deskTables(executor)
    .updateTable('desk_session')
    .set({ last_seen_at: at })
    .where('id', '=', id)
    .execute();
}

export async function endDeskSession(tx: Tx, { id, at }: { id: string; at: Date }): Promise<void> {
  await deskTables(tx).updateTable('desk_session').set({ ended_at: at }).where('id', '=', id).execute();
}

export async function endSessionsOf(
  tx: Tx,
  { operatorId, at }: { operatorId: string; at: Date },
): Promise<void> {
  await deskTables(tx)
    .updateTable('desk_session')
    .set({ ended_at: at })
    .where('operator_id', '=', operatorId)
    .where('ended_at', 'is', null)
    .execute();
}
