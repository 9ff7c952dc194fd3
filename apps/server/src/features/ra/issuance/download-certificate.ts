import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { type AtPhone, byPhone, type RaDeps } from '../deps.ts';
import { endOfFormer, losesFiles } from '../domain/certificate-rules.ts';
import { raError } from '../errors.ts';
import { changeOrder, nextState } from '../orders/change-order.ts';
import { lockOwn } from '../orders/draft-order.ts';
import type { OrderRow } from '../orders/order-store.ts';
import { openPersonal } from '../orders/personal.ts';
import type { IssuedPair } from './authority-client.ts';
import { AUTHORITY_QUEUE } from './authority-jobs.ts';
import { type CertificateRow, certificateById, lockCertificate } from './certificate-store.ts';
import { changeCertificate } from './change-certificate.ts';
import { endRun, issuancesOf } from './issuance-store.ts';
import { keepCertificate } from './keep-certificate.ts';
import { readRequests } from './read-requests.ts';
import { runIssuance } from './run-issuance.ts';

export type Download = {
  readonly orderId: string;
  readonly signCsr: Uint8Array;
  readonly encryptCsr: Uint8Array | undefined;
  readonly halves: { readonly sign: string; readonly encrypt?: string | undefined };
};

export type Downloaded = { readonly order: OrderRow; readonly certificate: CertificateRow };

/**
 * MOB-016, MOB-017: after approval and payment the keys of the phone are certified. May be repeated with the same
 * requests, also after it has ended: the answer is the same.
 * @throws RA_UNKNOWN, RA_NOT_PAID, RA_CSR, RA_KEY_SAME, RA_AUTHORITY_*, and what the phone's side refuses with
 */
export async function downloadCertificate(deps: RaDeps, asked: Download, at: AtPhone): Promise<Downloaded> {
  const requests = { sign: asked.signCsr, encrypt: asked.encryptCsr };
  const keys = await readRequests(deps.engine, requests);
  const ended = await endedBefore(deps, { asked, digest: keys.digest, at });
  if (ended !== undefined) return ended;
  const lock = (tx: Tx) => lockDownloadable(tx, { asked, at });
  const { reference, pair } = await runIssuance(deps, { orderId: asked.orderId, requests, keys, lock });
  const done = await withTransaction(deps.database, async (tx) => {
    const row = await lockOwn(tx, asked.orderId, at);
    // Given up meanwhile, or another device came first: what was issued for this run is revoked by whoever ended it.
    const running = (await issuancesOf(tx, row.id)).find((one) => one.reference === reference);
    if (running?.state !== 'STARTED') throw raError('RA_STATE');
    nextState(row, 'download');
    const certificate = await keep(deps, tx, { row, pair, asked, at });
    await endRun(tx, { reference, state: 'DONE', at: new Date(deps.clock.now()) });
    const order = await changeOrder(deps, tx, {
      row,
      change: { event: 'download', by: byPhone(at), set: { issued_id: certificate.id } },
    });
    await endFormer(deps, tx, { row, at });
    return { order, certificate };
  });
  deps.outbox.poke(AUTHORITY_QUEUE);
  return done;
}

type Asking = { readonly asked: Download; readonly at: AtPhone };

async function lockDownloadable(tx: Tx, { asked, at }: Asking): Promise<OrderRow> {
  const row = await lockOwn(tx, asked.orderId, at);
  if (row.state === 'TO_PAY') throw raError('RA_NOT_PAID');
  nextState(row, 'download');
  const renewal = row.kind === 'RENEW';
  if (renewal !== (asked.encryptCsr === undefined) || renewal !== (asked.halves.encrypt === undefined)) {
    throw raError('RA_CSR');
  }
  return row;
}

async function endedBefore(
  deps: RaDeps,
  { asked, digest, at }: Asking & { readonly digest: string },
): Promise<Downloaded | undefined> {
  return withTransaction(deps.database, async (tx) => {
    const order = await lockOwn(tx, asked.orderId, at);
    if (order.issued_id === null) return undefined;
    const done = (await issuancesOf(tx, order.id)).find((one) => one.state === 'DONE');
    const certificate = await certificateById(tx, order.issued_id);
    if (done?.digest !== digest || certificate === undefined) throw raError('RA_STATE');
    return { order, certificate };
  });
}

type Keeping = Asking & { readonly row: OrderRow; readonly pair: IssuedPair };

async function keep(deps: RaDeps, tx: Tx, { row, pair, asked, at }: Keeping): Promise<CertificateRow> {
  const { halves } = asked;
  const enterprise = row.applicant === 'ENTERPRISE';
  const id = await deps.phone.certificates.keep(tx, {
    orderId: row.id,
    user: at.user,
    entityId: row.entity_id,
    kind: enterprise ? 'ENTERPRISE' : 'PERSONAL',
    authorityId: row.authority_id,
    subjectName: enterprise ? row.unit_name : openPersonal(deps.cipher, row).personName,
    uscc: enterprise ? row.uscc : null,
    signingCertificate: pair.certificate,
    encryptionCertificate: pair.encryption?.certificate ?? null,
    halves: { sign: halves.sign, ...(halves.encrypt === undefined ? {} : { decrypt: halves.encrypt }) },
    ...(row.certificate_id === null ? {} : { replaces: row.certificate_id }),
    from: at.from,
  });
  return keepCertificate(deps, tx, { id, order: row, pair, medium: 'phone' });
}

/** A change ends the former certificate for good; its files can still be opened on the phone (OD-31). */
async function endFormer(
  deps: RaDeps,
  tx: Tx,
  { row, at }: { readonly row: OrderRow; readonly at: AtPhone },
): Promise<void> {
  const reason = endOfFormer(row.kind);
  if (row.certificate_id === null || reason === undefined) return;
  const former = await lockCertificate(tx, row.certificate_id);
  if (former.state === 'REVOKED') return;
  await changeCertificate(deps, tx, {
    row: former,
    change: {
      event: 'revoke',
      by: byPhone(at),
      note: row.reference,
      reason,
      keepDecryption: losesFiles(row.kind),
    },
  });
  if (row.kind === 'CHANGE' && row.entity_id !== null) {
    await deps.phone.people.rename(tx, { entityId: row.entity_id, name: row.unit_name });
  }
}
