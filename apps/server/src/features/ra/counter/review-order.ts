import type { RaCheckItem, RaReturnReason } from '@hufu/contracts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { type AtCounter, byCounter, type RaDeps } from '../deps.ts';
import { checkItemsOf } from '../domain/materials.ts';
import { issuesCertificate } from '../domain/order-states.ts';
import { raError } from '../errors.ts';
import { AUTHORITY_QUEUE } from '../issuance/authority-jobs.ts';
import { lockCertificate } from '../issuance/certificate-store.ts';
import { changeCertificate } from '../issuance/change-certificate.ts';
import { changeOrder, mustBeFresh } from '../orders/change-order.ts';
import { mustBeFiled } from '../orders/filed-name.ts';
import { clockBegins, clockEnds, clockStops } from '../orders/order-clock.ts';
import { lockOrder, type OrderRow } from '../orders/order-store.ts';
import { formInOrder } from '../orders/submit-order.ts';

type Fresh = { readonly id: string; readonly version: number };

/** One an operator may look at: a draft is its owner's alone. @throws RA_UNKNOWN */
export async function lockAtCounter(tx: Tx, id: string): Promise<OrderRow> {
  const row = await lockOrder(tx, id);
  if (row.state === 'DRAFT') throw raError('RA_UNKNOWN');
  return row;
}

async function lockFresh(tx: Tx, { id, version }: Fresh): Promise<OrderRow> {
  const row = await lockAtCounter(tx, id);
  mustBeFresh(row, version);
  return row;
}

/** CA-021, CA-022: the material of a ticket is complete, and the clock begins. @throws RA_FORM, RA_MATERIAL, RA_STATE */
export async function completeTicket(deps: RaDeps, asked: Fresh, at: AtCounter): Promise<OrderRow> {
  return withTransaction(deps.database, async (tx) => {
    const row = await lockFresh(tx, asked);
    const amount = await formInOrder(deps, tx, row);
    await mustBeFiled(deps, tx, row);
    const set = { ...clockBegins(deps, row, deps.clock.now()), amount, checks: '[]', checked_by: null };
    return changeOrder(deps, tx, { row, change: { event: 'complete', by: byCounter(at), set } });
  });
}

export type Check = Fresh & { readonly checks: readonly RaCheckItem[]; readonly note: string };

/** CA-020: the result of the check is recorded, item by item. @throws RA_CHECK_INCOMPLETE */
export async function checkOrder(deps: RaDeps, asked: Check, at: AtCounter): Promise<OrderRow> {
  return withTransaction(deps.database, async (tx) => {
    const row = await lockFresh(tx, asked);
    const given = new Map(asked.checks.map(({ item, passed }) => [item, passed]));
    const items = checkItemsOf(row);
    if (items.some((item) => !given.has(item))) throw raError('RA_CHECK_INCOMPLETE');
    const checks = items.map((item) => ({ item, passed: given.get(item)! }));
    const set = {
      checks: JSON.stringify(checks),
      checked_by: at.operator.operatorId,
      check_note: asked.note || null,
    };
    return changeOrder(deps, tx, {
      row,
      change: { event: 'check', by: byCounter(at), set, note: asked.note },
    });
  });
}

export type Return = Fresh & { readonly reasons: readonly RaReturnReason[]; readonly note: string };

/** CA-023, MOB-015: back to the applicant; the clock stands. @throws RA_REASON_NOTE */
export async function returnOrder(deps: RaDeps, asked: Return, at: AtCounter): Promise<OrderRow> {
  if (asked.reasons.includes('OTHER') && asked.note === '') throw raError('RA_REASON_NOTE');
  return withTransaction(deps.database, async (tx) => {
    const row = await lockFresh(tx, asked);
    const { reasons, note } = asked;
    const set = {
      ...clockStops(row, deps.clock.now()),
      return_reasons: JSON.stringify(reasons),
      return_note: note || null,
    };
    return changeOrder(deps, tx, { row, change: { event: 'return', by: byCounter(at), set, reasons, note } });
  });
}

/** Whether the check was made and everything passed (CA-020). */
export const checkPassed = (row: Pick<OrderRow, 'checks' | 'checked_by'>): boolean =>
  row.checked_by !== null && row.checks.length > 0 && row.checks.every(({ passed }) => passed);

/** What the state table wants to know of who decides. @throws RA_CHECK_FAILED when the check said no */
export function factsOf(row: OrderRow, { operator }: AtCounter) {
  if (row.checked_by !== null && !checkPassed(row)) throw raError('RA_CHECK_FAILED');
  return { checkPassed: checkPassed(row), byAnother: row.checked_by !== operator.operatorId };
}

export type Decision = Fresh & { readonly note: string };

/**
 * OD-28: the second person grants an order of 标证通. The claimant becomes the administrator (OD-32); what ends a
 * certificate ends it now. @throws RA_NOT_CHECKED, RA_CHECKED_BY_OTHER, RA_CHECK_FAILED, PHONE_ENTERPRISE_TAKEN
 */
export async function approveOrder(deps: RaDeps, asked: Decision, at: AtCounter): Promise<OrderRow> {
  const approved = await withTransaction(deps.database, async (tx) => {
    const row = await lockFresh(tx, asked);
    const set = { ...clockEnds(row, deps.clock.now()), approved_by: at.operator.operatorId };
    const order = await changeOrder(deps, tx, {
      row,
      change: { event: 'approve', by: byCounter(at), facts: factsOf(row, at), set, note: asked.note },
    });
    const { entity_id: entityId, user_id: userId } = order;
    if (order.kind === 'NEW' && entityId !== null && userId !== null) {
      await deps.phone.people.approveClaim(tx, { entityId, userId, orderId: order.id, from: at.from });
    }
    if (!issuesCertificate(order.kind)) await endSubject(deps, tx, { row: order, at });
    return order;
  });
  deps.outbox.poke(AUTHORITY_QUEUE);
  return approved;
}

/** 注销 (CA-033): the certificate that the application is about ends for good. */
export async function endSubject(
  deps: RaDeps,
  tx: Tx,
  { row, at }: { readonly row: OrderRow; readonly at: AtCounter },
): Promise<void> {
  if (row.kind !== 'CANCEL' || row.certificate_id === null) return;
  const certificate = await lockCertificate(tx, row.certificate_id);
  if (certificate.state === 'REVOKED') return;
  await changeCertificate(deps, tx, {
    row: certificate,
    change: { event: 'revoke', by: byCounter(at), note: row.reference },
  });
}
