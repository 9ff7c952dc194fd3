import type { Executor, Tx } from '../../../infra/database/database.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { RaDeps } from '../deps.ts';
import { raError } from '../errors.ts';
import type { OrderRow } from '../orders/order-store.ts';
import { openPersonal } from '../orders/personal.ts';
import type { CertificateOrder, IssuedPair } from './authority-client.ts';
import { ABANDON_QUEUE, type AbandonOrder } from './authority-jobs.ts';
import { type CertificateRow, certificateById } from './certificate-store.ts';
import { endRun, insertRun, issuancesOf, runningOf } from './issuance-store.ts';
import { mustFit, type ReadRequests, type Requests } from './read-requests.ts';
import { addYears } from './years.ts';

export type Run = {
  readonly orderId: string;
  readonly requests: Requests;
  readonly keys: ReadRequests;
  /** Holds the order and says whether certificates may be issued for it now. @throws why not */
  lock(tx: Tx): Promise<OrderRow>;
};

export type Ran = { readonly reference: string; readonly pair: IssuedPair };

/**
 * Has the authority issue for an order. The run is written down before the authority is asked, and asked under a
 * reference that it carries out once: whoever comes again after a crash, with the same keys, gets the same
 * certificates. With other keys the former run is abandoned, and what it may have led to is revoked.
 * @throws RA_AUTHORITY_ABSENT, RA_AUTHORITY_SILENT, RA_AUTHORITY_REFUSED
 */
export async function runIssuance(deps: RaDeps, run: Run): Promise<Ran> {
  const { reference, order, former } = await withTransaction(deps.database, async (tx) => {
    const row = await run.lock(tx);
    return {
      reference: await referenceOf(deps, tx, { row, digest: run.keys.digest }),
      order: row,
      former: row.certificate_id === null ? undefined : await certificateById(tx, row.certificate_id),
    };
  });
  const client = deps.authorities.client(order.authority_id);
  const pair = await client.issue(await orderOf(deps, { order, former, run, reference }));
  mustFit(pair, run.keys);
  return { reference, pair };
}

async function referenceOf(
  deps: RaDeps,
  tx: Tx,
  { row, digest }: { readonly row: OrderRow; readonly digest: string },
): Promise<string> {
  const running = await runningOf(tx, row.id);
  if (running?.digest === digest) return running.reference;
  if (running !== undefined) await abandon(deps, tx, running);
  const runs = await issuancesOf(tx, row.id);
  const reference = `${row.id}.${runs.length + 1}`;
  const at = new Date(deps.clock.now());
  await insertRun(tx, { reference, order_id: row.id, authority_id: row.authority_id, digest, at });
  return reference;
}

/** Nothing will come of this run any more: the authority is asked to undo it. */
async function abandon(
  deps: Pick<RaDeps, 'clock' | 'outbox'>,
  tx: Tx,
  { reference, authority_id }: { readonly reference: string; readonly authority_id: string },
): Promise<void> {
  await endRun(tx, { reference, state: 'ABANDONED', at: new Date(deps.clock.now()) });
  const payload: AbandonOrder = { authorityId: authority_id, reference };
  await deps.outbox.enqueue(tx, { queue: ABANDON_QUEUE, payload, subject: reference, maxAttempts: 30 });
}

/** Of an order that is given up. */
export async function abandonRunning(
  deps: Pick<RaDeps, 'clock' | 'outbox'>,
  tx: Tx,
  orderId: string,
): Promise<void> {
  const running = await runningOf(tx, orderId);
  if (running !== undefined) await abandon(deps, tx, running);
}

type Ordering = {
  readonly order: OrderRow;
  readonly former: CertificateRow | undefined;
  readonly run: Run;
  readonly reference: string;
};

async function orderOf(deps: RaDeps, { order, former, run, reference }: Ordering): Promise<CertificateOrder> {
  const personal = openPersonal(deps.cipher, order);
  const enterprise = order.applicant === 'ENTERPRISE';
  const renewal = order.kind === 'RENEW';
  const started = await startOf(deps.database.db, reference, order.id);
  // A renewal goes on where the former one ends (MOB-042).
  const from = renewal && former !== undefined ? former.not_after : started;
  if (renewal && run.requests.encrypt === undefined && former?.encryption_serial_hex == null) {
    throw raError('RA_CERTIFICATE_STATE');
  }
  return {
    reference,
    csr: run.requests.sign,
    ...(run.requests.encrypt === undefined ? {} : { encryptionCsr: run.requests.encrypt }),
    ...(run.requests.encrypt === undefined && renewal
      ? { encryptionOf: former!.encryption_serial_hex! }
      : {}),
    holder: {
      ...(enterprise
        ? { kind: 'enterprise', uscc: order.uscc, unitName: order.unit_name }
        : { kind: 'individual', personName: personal.personName, personIdNo: personal.personIdNo }),
      // 证书Key号 survives a renewal (OD-40).
      ...(renewal && former !== undefined ? { keyNo: former.key_no } : {}),
      ...(order.channel === 'APP' ? { onPhone: true } : {}),
    },
    notAfter: addYears(from, order.years),
  };
}

/** The same at each try, so that the order stays the same. */
async function startOf(executor: Executor, reference: string, orderId: string): Promise<Date> {
  const run = (await issuancesOf(executor, orderId)).find((one) => one.reference === reference);
  return run!.started_at;
}
