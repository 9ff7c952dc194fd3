import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import type { Tx } from '../../../infra/database/database.ts';
import { step } from '../../../infra/state-table.ts';
import type { SigningDeps } from '../deps.ts';
import { SEAL_IN_ORDER, SEAL_STATES, type SealEvent, type SealFacts } from '../domain/seal-states.ts';
import { signingError } from '../errors.ts';
import { insertSealEvent, lockSeal, type SealRow, updateSeal } from './seal-store.ts';

export type SealChange = {
  readonly id: string;
  readonly event: SealEvent;
  readonly facts?: SealFacts;
  readonly actor: AuditActor;
  readonly note?: string;
  readonly from?: AuditOrigin;
  /** The version that the change was decided upon. */
  readonly version?: number;
  /** Columns that change along. */
  readonly also?: (row: SealRow) => Promise<Partial<SealRow>>;
};

/** One step of a seal's life by the table, with its event and its statement. @throws SEAL_UNKNOWN, SEAL_STALE, SEAL_STATE … */
export async function changeSeal(deps: SigningDeps, tx: Tx, change: SealChange): Promise<SealRow> {
  const row = await lockSeal(tx, change.id);
  if (row === undefined) throw signingError('SEAL_UNKNOWN');
  if (change.version !== undefined && row.version !== change.version) throw signingError('SEAL_STALE');
  const { event, facts = SEAL_IN_ORDER, actor, note } = change;
  const taken = step(SEAL_STATES, { state: row.state, event, facts });
  if (!taken.allowed) throw signingError(taken.code);
  const { next: state } = taken;
  const also = (await change.also?.(row)) ?? {};
  const { warnings: _warnings, fingerprints: _fingerprints, ...columns } = also;
  const updated = await updateSeal(tx, {
    row,
    change: { ...columns, state, ...(note === undefined ? {} : { note }) },
  });
  const at = new Date(deps.clock.now());
  const operatorId = actor.kind === 'operator' ? (actor.id ?? null) : null;
  await insertSealEvent(tx, { sealId: row.id, at, event, state, note: note ?? null, operatorId });
  await deps.audit.record(tx, {
    actor,
    action: `seal.${event}`,
    subject: { kind: 'seal', id: row.id },
    before: { state: row.state },
    after: { state, number: row.number },
    entity: row.enterprise_id,
    ...(note === undefined ? {} : { reason: note }),
    ...(change.from === undefined ? {} : { origin: change.from }),
  });
  return updated;
}
