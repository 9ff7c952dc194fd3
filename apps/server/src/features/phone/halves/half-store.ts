import type { PhoneHalfState } from '@hufu/contracts';
import { type Selectable, sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { PhoneDeps } from '../deps.ts';
import { type Hold, type PhoneTables, phoneTables } from '../tables.ts';

export type HalfRow = Selectable<PhoneTables['phone_half']>;
/** A half with whose device it lies on. */
export type OwnedHalf = HalfRow & { readonly user_id: string };

export const HALF_QUEUE = 'phone-half';

export const shownState = ({ state, holds }: Pick<HalfRow, 'state' | 'holds'>): PhoneHalfState =>
  state === 'ACTIVE' && holds.length > 0 ? 'HELD' : state;

const owned = (executor: Executor) =>
  phoneTables(executor)
    .selectFrom('phone_half as h')
    .innerJoin('phone_device as d', 'd.id', 'h.device_id')
    .selectAll('h')
    .select('d.user_id')
    .where('h.state', '<>', 'DESTROYED');

export const halvesByIds = (executor: Executor, ids: readonly string[]): Promise<OwnedHalf[]> =>
  owned(executor)
    .where('h.id', 'in', ids.length === 0 ? [''] : [...ids])
    .execute();
export const halvesOfCertificates = (executor: Executor, ids: readonly string[]): Promise<OwnedHalf[]> =>
  owned(executor)
    .where('h.certificate_id', 'in', ids.length === 0 ? [''] : [...ids])
    .orderBy('h.created_at')
    .orderBy('h.id')
    .execute();
export const halvesOfDevice = (executor: Executor, deviceId: string): Promise<OwnedHalf[]> =>
  owned(executor).where('h.device_id', '=', deviceId).execute();

/** What the vault is to do about a half; done until it is done, and by what the table says then. */
async function tellVault(deps: Pick<PhoneDeps, 'outbox'>, tx: Tx, id: string): Promise<void> {
  await deps.outbox.enqueue(tx, { queue: HALF_QUEUE, payload: { id }, subject: id, maxAttempts: 1000 });
}

type Deps = Pick<PhoneDeps, 'outbox' | 'clock'>;
type Held = { readonly ids: readonly string[]; readonly why: Hold };

/** From the commit on the server lets nothing pass; the vault, told at once, would not either. */
export async function holdHalves(deps: Deps, tx: Tx, { ids, why }: Held): Promise<void> {
  for (const id of ids) {
    const { numUpdatedRows } = await phoneTables(tx)
      .updateTable('phone_half')
      .set({ holds: sql`holds || ${JSON.stringify([why])}::jsonb` })
      .where('id', '=', id)
      .where('state', '<>', 'DESTROYED')
      .where(sql<boolean>`not holds ? ${why}`)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await tellVault(deps, tx, id);
  }
}

/** Held for another reason as well, it stays held. */
export async function releaseHalves(deps: Deps, tx: Tx, { ids, why }: Held): Promise<void> {
  for (const id of ids) {
    const { numUpdatedRows } = await phoneTables(tx)
      .updateTable('phone_half')
      .set({ holds: sql`holds - ${why}::text` })
      .where('id', '=', id)
      .where('state', '<>', 'DESTROYED')
      .where(sql<boolean>`holds ? ${why}`)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await tellVault(deps, tx, id);
  }
}

/** For ever. */
export async function destroyHalves(deps: Deps, tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const { numUpdatedRows } = await phoneTables(tx)
      .updateTable('phone_half')
      .set({ state: 'DESTROYED', destroyed_at: new Date(deps.clock.now()) })
      .where('id', '=', id)
      .where('state', '<>', 'DESTROYED')
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await tellVault(deps, tx, id);
  }
}
