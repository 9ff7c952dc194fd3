import { createHash } from 'node:crypto';
import { toBase64 } from '@hufu/kernel';
import { parseCertificate } from '@hufu/pki';
import type { Tx } from '../../../infra/database/database.ts';
import type { RaDeps } from '../deps.ts';
import { maskedOf } from '../orders/order-form.ts';
import type { OrderRow } from '../orders/order-store.ts';
import { openPersonal } from '../orders/personal.ts';
import type { IssuedPair } from './authority-client.ts';
import { type CertificateRow, insertCertificate } from './certificate-store.ts';
import { sealHolder } from './holder.ts';

export type Kept = {
  readonly id: string;
  readonly order: OrderRow;
  readonly pair: IssuedPair;
  readonly medium: CertificateRow['medium'];
};

/** The line of an issued certificate in the counter's register. */
export async function keepCertificate(
  deps: Pick<RaDeps, 'cipher' | 'clock'>,
  tx: Tx,
  { id, order, pair, medium }: Kept,
): Promise<CertificateRow> {
  const personal = openPersonal(deps.cipher, order);
  const enterprise = order.applicant === 'ENTERPRISE';
  const sealed = sealHolder(deps.cipher, id, personal);
  const certificate = parseCertificate(pair.certificate);
  const now = new Date(deps.clock.now());
  return insertCertificate(tx, {
    id,
    order_id: order.id,
    authority_id: order.authority_id,
    applicant: order.applicant,
    medium,
    user_id: order.user_id,
    entity_id: order.entity_id,
    unit_name: enterprise ? order.unit_name : '',
    uscc: enterprise ? order.uscc : '',
    person_sealed: enterprise ? null : sealed.person,
    person_masked: enterprise ? '' : maskedOf(personal),
    legal_rep_sealed: enterprise ? sealed.legalRep : null,
    expert_no: order.expert_no,
    key_no: pair.keyNo,
    serial_hex: pair.serialHex,
    encryption_serial_hex: pair.encryption?.serialHex ?? null,
    fingerprint: fingerprintOf(pair.certificate),
    certificate: pair.certificate,
    encryption_certificate: pair.encryption?.certificate ?? null,
    chain: JSON.stringify(pair.chain.map(toBase64)),
    not_before: new Date(certificate.notBefore),
    not_after: new Date(certificate.notAfter),
    state: 'EFFECTIVE',
    note: null,
    created_at: now,
    updated_at: now,
  });
}

const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex');
