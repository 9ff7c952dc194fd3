import type { RaReturnReason } from '@hufu/contracts';
import type { Updateable } from 'kysely';
import type { Tx } from '../../../infra/database/database.ts';
import { step } from '../../../infra/state-table.ts';
import type { Acting, RaDeps } from '../deps.ts';
import { IN_ORDER, type OrderEvent, type OrderFacts, orderTable } from '../domain/order-states.ts';
import { raError } from '../errors.ts';
import type { RaTables } from '../tables.ts';
import { insertEvent, type OrderRow, updateOrder } from './order-store.ts';

export type OrderChange = {
  readonly event: OrderEvent;
  readonly by: Acting;
  readonly facts?: Partial<OrderFacts>;
  readonly set?: Updateable<RaTables['ra_order']>;
  readonly reasons?: readonly RaReturnReason[];
  readonly note?: string | null;
};

/** @throws RA_STALE when the order is no longer as the caller saw it */
export function mustBeFresh(row: Pick<OrderRow, 'version'>, version: number): void {
  if (row.version !== version) throw raError('RA_STALE');
}

/** The state that follows. @throws RA_STATE, RA_NOT_CHECKED, RA_CHECKED_BY_OTHER */
export function nextState(
  row: OrderRow,
  event: OrderEvent,
  facts: Partial<OrderFacts> = {},
): OrderRow['state'] {
  const table = orderTable({ channel: row.channel, kind: row.kind, free: row.amount === 0 });
  const verdict = step(table, { state: row.state, event, facts: { ...IN_ORDER, ...facts } });
  if (!verdict.allowed) throw raError(verdict.code);
  return verdict.next;
}

/** One step of an order whose row is held: the change, its history, its audit entry and the word to its user. */
export async function changeOrder(
  deps: Pick<RaDeps, 'audit' | 'clock' | 'phone'>,
  tx: Tx,
  { row, change }: { readonly row: OrderRow; readonly change: OrderChange },
): Promise<OrderRow> {
  const { event, by } = change;
  const state = nextState(row, event, change.facts);
  const at = new Date(deps.clock.now());
  const order = await updateOrder(tx, row, { ...change.set, state, updated_at: at });
  const { reasons, note } = change;
  await insertEvent(tx, {
    order,
    at,
    event,
    operatorId: by.operatorId,
    ...(reasons === undefined ? {} : { reasons }),
    ...(note === undefined ? {} : { note }),
  });
  await deps.audit.record(tx, {
    actor: by.actor,
    action: `ra.${event}`,
    subject: { kind: 'ra-order', id: row.id },
    before: { state: row.state },
    after: { state, kind: row.kind, channel: row.channel, ...(reasons === undefined ? {} : { reasons }) },
    ...(by.from === undefined ? {} : { origin: by.from }),
    ...(order.entity_id === null ? {} : { entity: order.entity_id }),
  });
  if (order.user_id !== null && state !== row.state) {
    await deps.phone.notify(tx, {
      kind: 'ORDER',
      facts: { orderId: order.id, reference: order.reference, kind: order.kind, state },
      to: { userId: order.user_id },
    });
  }
  return order;
}
