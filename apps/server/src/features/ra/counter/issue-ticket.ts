import { toBase64Url } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { type AtCounter, byCounter, type RaDeps } from '../deps.ts';
import { endOfFormer } from '../domain/certificate-rules.ts';
import { issuesCertificate } from '../domain/order-states.ts';
import { raError } from '../errors.ts';
import type { IssuedPair } from '../issuance/authority-client.ts';
import { AUTHORITY_QUEUE } from '../issuance/authority-jobs.ts';
import { lockCertificate } from '../issuance/certificate-store.ts';
import { changeCertificate } from '../issuance/change-certificate.ts';
import { endRun, issuancesOf } from '../issuance/issuance-store.ts';
import { keepCertificate } from '../issuance/keep-certificate.ts';
import { readRequests } from '../issuance/read-requests.ts';
import { runIssuance } from '../issuance/run-issuance.ts';
import { changeOrder, mustBeFresh, nextState } from '../orders/change-order.ts';
import { clockEnds } from '../orders/order-clock.ts';
import type { OrderRow } from '../orders/order-store.ts';
import { endSubject, factsOf, lockAtCounter } from './review-order.ts';

export type TicketIssue = {
  readonly id: string;
  readonly version: number;
  readonly csr: Uint8Array | undefined;
  readonly feeReceipt: string;
  readonly tracking: string;
};

export type TicketIssued = { readonly order: OrderRow; readonly pair: IssuedPair | undefined };

/**
 * The end of a ticket, by another person than the one who checked: the key of the lock is certified, or what issues
 * nothing is done. @throws RA_FEE_RECEIPT (CA-024), RA_TRACKING, RA_CSR, RA_NOT_CHECKED, RA_CHECKED_BY_OTHER
 */
export async function issueTicket(deps: RaDeps, asked: TicketIssue, at: AtCounter): Promise<TicketIssued> {
  const lock = async (tx: Tx): Promise<OrderRow> => {
    const row = await lockAtCounter(tx, asked.id);
    mustBeFresh(row, asked.version);
    nextState(row, 'issue', factsOf(row, at));
    if ((row.amount ?? 0) > 0 && asked.feeReceipt === '') throw raError('RA_FEE_RECEIPT');
    if (row.channel === 'ONLINE' && asked.tracking === '') throw raError('RA_TRACKING');
    return row;
  };
  const row = await withTransaction(deps.database, lock);
  if (!issuesCertificate(row.kind)) {
    const order = await withTransaction(deps.database, async (tx) =>
      finish(deps, tx, { row: await lock(tx), asked, at, issuedId: null }),
    );
    deps.outbox.poke(AUTHORITY_QUEUE);
    return { order, pair: undefined };
  }
  if (asked.csr === undefined) throw raError('RA_CSR');
  const requests = { sign: asked.csr, encrypt: undefined };
  const keys = await readRequests(deps.engine, requests);
  const { reference, pair } = await runIssuance(deps, { orderId: row.id, requests, keys, lock });
  const order = await withTransaction(deps.database, async (tx) => {
    const held = await lock(tx);
    const running = (await issuancesOf(tx, held.id)).find((one) => one.reference === reference);
    if (running?.state !== 'STARTED') throw raError('RA_STATE');
    const id = toBase64Url(deps.random(16));
    const certificate = await keepCertificate(deps, tx, { id, order: held, pair, medium: 'usb-key' });
    await endRun(tx, { reference, state: 'DONE', at: new Date(deps.clock.now()) });
    return finish(deps, tx, { row: held, asked, at, issuedId: certificate.id });
  });
  deps.outbox.poke(AUTHORITY_QUEUE);
  return { order, pair };
}

type Finish = {
  readonly row: OrderRow;
  readonly asked: TicketIssue;
  readonly at: AtCounter;
  readonly issuedId: string | null;
};

async function finish(deps: RaDeps, tx: Tx, { row, asked, at, issuedId }: Finish): Promise<OrderRow> {
  const order = await changeOrder(deps, tx, {
    row,
    change: {
      event: 'issue',
      by: byCounter(at),
      facts: factsOf(row, at),
      set: {
        ...clockEnds(row, deps.clock.now()),
        approved_by: at.operator.operatorId,
        issued_id: issuedId,
        fee_receipt: asked.feeReceipt || null,
        tracking: asked.tracking || null,
      },
    },
  });
  await endSubject(deps, tx, { row, at });
  const reason = endOfFormer(row.kind);
  if (reason === undefined || row.certificate_id === null) return order;
  const former = await lockCertificate(tx, row.certificate_id);
  if (former.state !== 'REVOKED') {
    const change = { event: 'revoke', by: byCounter(at), note: row.reference, reason } as const;
    await changeCertificate(deps, tx, { row: former, change });
  }
  return order;
}
