import { withTransaction } from '../../../infra/database/database.ts';
import { type AtCounter, byCounter, type RaDeps } from '../deps.ts';
import { raError } from '../errors.ts';
import { AUTHORITY_QUEUE } from '../issuance/authority-jobs.ts';
import { type CertificateRow, lockCertificate } from '../issuance/certificate-store.ts';
import { type CertificateEvent, changeCertificate } from '../issuance/change-certificate.ts';

export type CertificateStep = {
  readonly id: string;
  readonly version: number;
  readonly event: CertificateEvent;
  readonly reason: string;
};

/** 挂失, 解挂, 注销 by the counter (CA-033, CA-035). @throws RA_CERTIFICATE_UNKNOWN, RA_CERTIFICATE_STATE, RA_STALE */
export async function stepCertificate(
  deps: RaDeps,
  asked: CertificateStep,
  at: AtCounter,
): Promise<CertificateRow> {
  const changed = await withTransaction(deps.database, async (tx) => {
    const row = await lockCertificate(tx, asked.id);
    if (row.version !== asked.version) throw raError('RA_STALE');
    return changeCertificate(deps, tx, {
      row,
      change: { event: asked.event, by: byCounter(at), note: asked.reason },
    });
  });
  deps.outbox.poke(AUTHORITY_QUEUE);
  return changed;
}
