import { isSameUnitName, normaliseUnitName, toBase64Url } from '@hufu/kernel';
import type { Tx } from '../../../infra/database/database.ts';
import type { Asked, HubDeps } from '../deps.ts';
import { renews } from '../domain/eligibility.ts';
import type { ReadCertificate } from '../ports.ts';
import {
  type CertificateRow,
  certificateById,
  endCertificate,
  findBound,
  findByKeyNo,
  insertCertificate,
} from '../store/certificates.ts';
import { enterpriseById, lockEnterprise } from '../store/enterprises.ts';
import { insertNotice } from '../store/notices.ts';
import { hubTables } from '../tables.ts';

export type Recognised = { readonly row: CertificateRow; readonly renewed: boolean };

/**
 * Finds the binding of a certificate. A renewal (OD-40) takes its predecessor's place and role here and now; the
 * holders of the enterprise's keys are told. The certificate has been judged good by the caller.
 */
export async function recogniseCertificate(
  deps: Pick<HubDeps, 'audit' | 'clock' | 'random' | 'sessions'>,
  tx: Tx,
  { certificate, from }: { certificate: ReadCertificate } & Asked,
): Promise<Recognised | undefined> {
  const row = await findBound(tx, certificate);
  if (row !== undefined) return { row, renewed: false };
  const predecessor = await findPredecessor(tx, certificate);
  if (predecessor === undefined) return undefined;
  return succeed(deps, tx, { certificate, predecessor, from });
}

async function findPredecessor(tx: Tx, certificate: ReadCertificate): Promise<CertificateRow | undefined> {
  const { authority } = certificate;
  if (authority === null || !certificate.certKeyNoAssigned || certificate.unitName === null) return undefined;
  const next = { ...certificate, authorityId: authority.id };
  const candidates = await findByKeyNo(tx, { authorityId: authority.id, certKeyNo: certificate.certKeyNo });
  for (const row of candidates) {
    if (!renews(next, asKnown(row))) continue;
    const enterprise = await enterpriseById(tx, row.enterprise_id);
    if (enterprise?.uscc !== certificate.uscc) continue;
    // A changed name arrives with the primary (HUB-110); a secondary must agree with it (HUB-084).
    if (row.role === 'PRIMARY' || isSameUnitName(certificate.unitName, enterprise.unit_name)) return row;
  }
  return undefined;
}

const asKnown = (row: CertificateRow) => ({
  authorityId: row.authority_id,
  uscc: row.uscc,
  certKeyNo: row.cert_key_no,
  certKeyNoAssigned: row.cert_key_no_assigned,
  serialNumber: row.serial_number,
  validFrom: row.valid_from.getTime(),
});

type Succession = { certificate: ReadCertificate; predecessor: CertificateRow } & Asked;

async function succeed(
  deps: Pick<HubDeps, 'audit' | 'clock' | 'random' | 'sessions'>,
  tx: Tx,
  { certificate, predecessor: seen, from }: Succession,
): Promise<Recognised | undefined> {
  const at = new Date(deps.clock.now());
  const enterpriseId = seen.enterprise_id;
  await lockEnterprise(tx, enterpriseId);
  // It was seen before the lock was ours: meanwhile it may have been unbound, or renewed by this very certificate.
  const predecessor = await certificateById(tx, seen.id);
  if (predecessor?.state !== 'BOUND') {
    const row = await findBound(tx, certificate);
    return row && { row, renewed: false };
  }
  await endCertificate(tx, { id: predecessor.id, state: 'RENEWED', reason: 'renewed', at });
  await deps.sessions.endForCertificate(tx, predecessor.id);
  const id = toBase64Url(deps.random(16));
  await insertCertificate(tx, {
    id,
    enterpriseId,
    role: predecessor.role,
    certificate,
    mediaNo: predecessor.media_no,
    renewsId: predecessor.id,
    boundAt: predecessor.bound_at,
  });
  if (predecessor.role === 'PRIMARY') await adoptName(tx, enterpriseId, certificate.unitName!);
  await insertNotice(tx, {
    id: toBase64Url(deps.random(16)),
    enterpriseId,
    notice: {
      kind: 'CERTIFICATE_RENEWED',
      facts: { certKeyNo: certificate.certKeyNo, validTo: certificate.validTo },
    },
    at,
  });
  await deps.audit.record(tx, {
    actor: { kind: 'entity', id: enterpriseId, certificate: certificate.fingerprint },
    action: 'certificate.renew',
    subject: { kind: 'certificate', id },
    before: { certificate: predecessor.id, fingerprint: predecessor.fingerprint },
    after: { fingerprint: certificate.fingerprint, role: predecessor.role },
    origin: from,
  });
  return { row: (await certificateById(tx, id))!, renewed: true };
}

async function adoptName(tx: Tx, enterpriseId: string, unitName: string): Promise<void> {
  await hubTables(tx)
    .updateTable('enterprise')
    .set((eb) => ({
      unit_name: unitName,
      unit_name_key: normaliseUnitName(unitName),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', enterpriseId)
    .where('unit_name', '<>', unitName)
    .execute();
}
