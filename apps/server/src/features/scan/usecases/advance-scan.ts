import type { ScanErrorCode } from '@hufu/contracts';
import type { Updateable } from 'kysely';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { step } from '../../../infra/state-table.ts';
import type { ScanContext } from '../context.ts';
import { isOpen, SCAN_STATES, type ScanEvent, type ScanFacts } from '../domain/scan-states.ts';
import { scanError } from '../errors.ts';
import { lockScan, type ScanRow, updateScan } from '../store.ts';
import type { ScanTable } from '../tables.ts';
import { closeUse } from './close-use.ts';

export type Stepping = {
  readonly event: ScanEvent;
  readonly facts?: Partial<ScanFacts>;
  /** What is written beside the state, when the step is taken. */
  readonly change?: Updateable<ScanTable>;
  /** Once the table has allowed the step: what only a look at other records can say. */
  readonly decide?: (tx: Tx) => Promise<Updateable<ScanTable>>;
  /** What stands or falls with the step. */
  readonly also?: (tx: Tx) => Promise<void>;
  /** The step is written down, and its caller is told this. */
  readonly refusal?: ScanErrorCode;
};

export type Advance = {
  readonly id: string;
  /** To anybody else it is as if there were no such scan. */
  readonly mine: (row: ScanRow) => boolean;
  readonly take: (row: ScanRow) => Stepping;
};

/**
 * One step of one scan, held against every other step of it, and taken by the table alone. A scan whose time is over
 * expires here, whoever comes.
 * @throws SCAN_UNKNOWN, and what the table says
 */
export async function advanceScan(context: ScanContext, { id, mine, take }: Advance): Promise<ScanRow> {
  const { row, refusal } = await withTransaction(context.database, async (tx): Promise<Taken> => {
    const held = await lockScan(tx, id);
    if (held === undefined || !mine(held)) throw scanError('SCAN_UNKNOWN');
    const now = new Date(context.clock.now());
    const row = isOpen(held.state) && held.expires_at <= now ? await expire(context, tx, held) : held;
    const { event, facts, change, decide, also, refusal } = take(row);
    const known = { samePhone: true, confirmations: row.confirmations, ...facts };
    const taken = step(SCAN_STATES, { state: row.state, event, facts: known });
    if (!taken.allowed) return { row, refusal: taken.code };
    const written = { ...change, ...(await decide?.(tx)) };
    await also?.(tx);
    if (taken.next === row.state && Object.keys(written).length === 0) return { row, refusal };
    const ends = row.ended_at === null && !isOpen(taken.next) ? { ended_at: now } : {};
    const next = await updateScan(tx, row, { ...written, state: taken.next, ...ends });
    return { row: next, refusal };
  });
  context.changed(id);
  if (refusal !== undefined) throw scanError(refusal);
  return row;
}

async function expire(context: ScanContext, tx: Tx, row: ScanRow): Promise<ScanRow> {
  await closeUse(context, row, 'EXPIRED')(tx);
  return updateScan(tx, row, { state: 'EXPIRED', ended_at: new Date(context.clock.now()) });
}

type Taken = { readonly row: ScanRow; readonly refusal?: ScanErrorCode | undefined };
