import type { RaChannel, RaKind, RaReturnReason, RaState } from '@hufu/contracts';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { WAITING_STATES } from '../domain/order-states.ts';
import { raError } from '../errors.ts';
import { type RaTables, raTables } from '../tables.ts';

export type OrderRow = Selectable<RaTables['ra_order']>;
export type FileRow = Selectable<RaTables['ra_file']>;
export type EventRow = Selectable<RaTables['ra_event']>;

const UNIQUE_VIOLATION = '23505';

export async function insertOrder(tx: Tx, row: Insertable<RaTables['ra_order']>): Promise<OrderRow> {
  return raTables(tx).insertInto('ra_order').values(row).returningAll().executeTakeFirstOrThrow();
}

export const orderById = (executor: Executor, id: string): Promise<OrderRow | undefined> =>
  raTables(executor).selectFrom('ra_order').selectAll().where('id', '=', id).executeTakeFirst();

/** Held until the transaction ends. @throws RA_UNKNOWN */
export async function lockOrder(tx: Tx, id: string): Promise<OrderRow> {
  const row = await raTables(tx)
    .selectFrom('ra_order')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw raError('RA_UNKNOWN');
  return row;
}

/** @throws RA_OPEN_ALREADY when another one of the kind is under way; the transaction cannot go on then */
export async function updateOrder(
  tx: Tx,
  { id, version }: OrderRow,
  change: Updateable<RaTables['ra_order']>,
): Promise<OrderRow> {
  try {
    return await raTables(tx)
      .updateTable('ra_order')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw raError('RA_OPEN_ALREADY');
    throw error;
  }
}

export const ordersOf = (executor: Executor, userId: string): Promise<OrderRow[]> =>
  raTables(executor)
    .selectFrom('ra_order')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute();

export type DraftAsked = {
  readonly userId: string;
  readonly kind: RaKind;
  readonly applicant: OrderRow['applicant'];
  readonly certificateId: string | null;
};

/** The draft that was begun before, if any. */
export const draftOf = (executor: Executor, asked: DraftAsked): Promise<OrderRow | undefined> =>
  raTables(executor)
    .selectFrom('ra_order')
    .selectAll()
    .where('user_id', '=', asked.userId)
    .where('kind', '=', asked.kind)
    .where('applicant', '=', asked.applicant)
    .where('state', '=', 'DRAFT')
    .where('certificate_id', asked.certificateId === null ? 'is' : '=', asked.certificateId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();

export async function insertFile(tx: Tx, row: Insertable<RaTables['ra_file']>): Promise<void> {
  await raTables(tx).insertInto('ra_file').values(row).execute();
}

export async function deleteFiles(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await raTables(tx).deleteFrom('ra_file').where('id', 'in', ids).execute();
}

export const filesOf = (executor: Executor, orderId: string): Promise<FileRow[]> =>
  raTables(executor)
    .selectFrom('ra_file')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute();

/** Those among the digests that applications hold. */
export async function filesAmong(executor: Executor, sha256: readonly string[]): Promise<string[]> {
  const rows = await raTables(executor)
    .selectFrom('ra_file')
    .select('sha256')
    .distinct()
    .where('sha256', 'in', sha256)
    .execute();
  return rows.map((one) => one.sha256);
}

export type Happening = {
  readonly order: OrderRow;
  readonly at: Date;
  readonly event: string;
  readonly reasons?: readonly RaReturnReason[];
  readonly note?: string | null;
  readonly operatorId: string | null;
};

export async function insertEvent(tx: Tx, { order, at, event, ...rest }: Happening): Promise<void> {
  await raTables(tx)
    .insertInto('ra_event')
    .values({
      order_id: order.id,
      at,
      event,
      state: order.state,
      reasons: JSON.stringify(rest.reasons ?? []),
      note: rest.note || null,
      operator_id: rest.operatorId,
    })
    .execute();
}

export const eventsOf = (executor: Executor, orderId: string): Promise<EventRow[]> =>
  raTables(executor)
    .selectFrom('ra_event')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute();

export type QueueAsked = {
  readonly state?: RaState | undefined;
  readonly channel?: RaChannel | undefined;
  readonly kind?: RaKind | undefined;
  readonly waiting?: boolean | undefined;
  /** Whose last moment was before this one, and that are not finished. */
  readonly overdueAt?: Date | undefined;
  readonly text?: string | undefined;
  readonly limit: number;
  readonly offset: number;
};

const likeOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (one) => `\\${one}`)}%`;

/** What is due first; then what is not due, the newest first. Drafts are their owner's alone. */
export async function pageOfOrders(executor: Executor, asked: QueueAsked) {
  let chosen = raTables(executor).selectFrom('ra_order').where('state', '<>', 'DRAFT');
  if (asked.state !== undefined) chosen = chosen.where('state', '=', asked.state);
  if (asked.channel !== undefined) chosen = chosen.where('channel', '=', asked.channel);
  if (asked.kind !== undefined) chosen = chosen.where('kind', '=', asked.kind);
  if (asked.waiting === true) chosen = chosen.where('state', 'in', WAITING_STATES);
  if (asked.overdueAt !== undefined) {
    chosen = chosen.where('due_at', '<', asked.overdueAt).where('finished_at', 'is', null);
  }
  if (asked.text !== undefined && asked.text !== '') {
    const like = likeOf(asked.text);
    chosen = chosen.where((eb) =>
      eb.or([
        eb('reference', 'ilike', like),
        eb('unit_name', 'ilike', like),
        eb('uscc', '=', asked.text!.toUpperCase()),
      ]),
    );
  }
  const [items, { total }] = await Promise.all([
    chosen
      .selectAll()
      .orderBy((eb) => eb.case().when('state', 'in', WAITING_STATES).then(0).else(1).end())
      .orderBy((eb) => eb.case().when('state', 'in', WAITING_STATES).then(eb.ref('due_at')).else(null).end())
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(asked.limit)
      .offset(asked.offset)
      .execute(),
    chosen.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { items, total: Number(total) };
}
