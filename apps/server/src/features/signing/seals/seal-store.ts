import type { SealKind, SealState } from '@hufu/contracts';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type SigningTables, signingTables } from '../tables.ts';

export type SealRow = Selectable<SigningTables['seal']>;

const UNIQUE_VIOLATION = '23505';

/** @returns false when one of the same kind waits already; the transaction cannot go on then */
export async function insertSeal(tx: Tx, row: Insertable<SigningTables['seal']>): Promise<boolean> {
  try {
    await signingTables(tx).insertInto('seal').values(row).execute();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

type Update = { readonly row: SealRow; readonly change: Updateable<SigningTables['seal']> };

export async function updateSeal(tx: Tx, { row, change }: Update): Promise<SealRow> {
  return signingTables(tx)
    .updateTable('seal')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function sealById(executor: Executor, id: string): Promise<SealRow | undefined> {
  return signingTables(executor).selectFrom('seal').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockSeal(tx: Tx, id: string): Promise<SealRow | undefined> {
  return signingTables(tx).selectFrom('seal').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function sealsOf(executor: Executor, enterpriseId: string): Promise<SealRow[]> {
  return signingTables(executor)
    .selectFrom('seal')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .orderBy('applied_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function sealByNumber(executor: Executor, number: string): Promise<SealRow | undefined> {
  return signingTables(executor)
    .selectFrom('seal')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst();
}

export type LiveSeal = { readonly enterpriseId: string; readonly kind: SealKind; readonly word: string };

/** The seal of this kind that is in force or frozen, held until the transaction ends. */
export async function lockLiveSeal(
  tx: Tx,
  { enterpriseId, kind, word }: LiveSeal,
): Promise<SealRow | undefined> {
  return signingTables(tx)
    .selectFrom('seal')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .where('kind', '=', kind)
    .where('word', '=', word)
    .where('state', 'in', ['ACTIVE', 'FROZEN'])
    .forUpdate()
    .executeTakeFirst();
}

export type SealHappening = {
  readonly sealId: string;
  readonly at: Date;
  readonly event: string;
  readonly state: SealState;
  readonly note: string | null;
  readonly operatorId: string | null;
};

export async function insertSealEvent(tx: Tx, happening: SealHappening): Promise<void> {
  await signingTables(tx)
    .insertInto('seal_event')
    .values({
      seal_id: happening.sealId,
      at: happening.at,
      event: happening.event,
      state: happening.state,
      note: happening.note,
      operator_id: happening.operatorId,
    })
    .execute();
}

export async function sealEvents(executor: Executor, sealId: string) {
  return signingTables(executor)
    .selectFrom('seal_event')
    .selectAll()
    .where('seal_id', '=', sealId)
    .orderBy('id')
    .execute();
}

export async function endedSeals(executor: Executor, at: Date): Promise<SealRow[]> {
  return signingTables(executor)
    .selectFrom('seal')
    .selectAll()
    .where('state', 'in', ['ACTIVE', 'FROZEN'])
    .where('valid_to', '<=', at)
    .limit(200)
    .execute();
}

/** Those among the digests that are pictures of seals. */
export async function picturesAmong(executor: Executor, sha256: readonly string[]): Promise<string[]> {
  const rows = await signingTables(executor)
    .selectFrom('seal')
    .select('picture_sha256')
    .distinct()
    .where('picture_sha256', 'in', sha256)
    .execute();
  return rows.map(({ picture_sha256 }) => picture_sha256);
}

export type SealsWanted = {
  readonly state?: SealState;
  readonly kind?: SealKind;
  /** The seal of this number, and those of these enterprises. */
  readonly matching?: { readonly number: string; readonly enterpriseIds: readonly string[] };
  readonly limit: number;
  readonly offset: number;
};

/** Applications first, then by the newest. */
export async function pageOfSeals(executor: Executor, wanted: SealsWanted) {
  let chosen = signingTables(executor).selectFrom('seal');
  if (wanted.state !== undefined) chosen = chosen.where('state', '=', wanted.state);
  if (wanted.kind !== undefined) chosen = chosen.where('kind', '=', wanted.kind);
  const { matching } = wanted;
  if (matching !== undefined)
    chosen = chosen.where((eb) => {
      const byNumber = eb('number', '=', matching.number);
      const ids = matching.enterpriseIds;
      return ids.length === 0 ? byNumber : eb.or([byNumber, eb('enterprise_id', 'in', ids)]);
    });
  const [items, { total }] = await Promise.all([
    chosen
      .selectAll()
      .orderBy((eb) => eb.case().when('state', '=', 'APPLIED').then(0).else(1).end())
      .orderBy('applied_at', 'desc')
      .orderBy('id')
      .limit(wanted.limit)
      .offset(wanted.offset)
      .execute(),
    chosen.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { items, total: Number(total) };
}
