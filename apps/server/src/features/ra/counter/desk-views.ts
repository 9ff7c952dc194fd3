import type { DeskRaCertificate, DeskRaOrder, DeskRaRow } from '@hufu/contracts';
import { maskIdNumber, maskName, maskPhone } from '@hufu/kernel';
import type { AtCounter, RaDeps } from '../deps.ts';
import { checkItemsOf } from '../domain/materials.ts';
import { type CertificateRow, certificateById } from '../issuance/certificate-store.ts';
import { eventsOf, type OrderRow } from '../orders/order-store.ts';
import { clockView, commonView, happeningView, iso, summaryOf } from '../orders/order-views.ts';
import { checkPassed } from './review-order.ts';

export type Names = ReadonlyMap<string, string>;

const nameOf = (names: Names, id: string | null): string | null =>
  id === null ? null : (names.get(id) ?? id);

/** One line of the queue. */
export const queueRow = (row: OrderRow, names: Names): DeskRaRow => ({
  ...summaryOf(row),
  ...clockView(row),
  applicantName: row.applicant_masked,
  uscc: row.uscc,
  checkedBy: nameOf(names, row.checked_by),
});

const masked = (text: string, mask: (text: string) => string): string => (text === '' ? '' : mask(text));

/** An application at the counter: persons are masked until somebody says why they must be seen. */
export async function deskOrderView(
  deps: RaDeps,
  row: OrderRow,
  { operator }: Pick<AtCounter, 'operator'>,
): Promise<DeskRaOrder> {
  const { db } = deps.database;
  const [common, events, names, issued] = await Promise.all([
    commonView(deps, row),
    eventsOf(db, row.id),
    deps.operatorNames(),
    row.issued_id === null ? undefined : certificateById(db, row.issued_id),
  ]);
  const { form } = common;
  const passed = checkPassed(row);
  return {
    ...common,
    ...clockView(row),
    form: {
      ...form,
      legalRepName: masked(form.legalRepName, maskName),
      legalRepIdNo: masked(form.legalRepIdNo, maskIdNumber),
      contactPhone: masked(form.contactPhone, maskPhone),
      mailAddress: masked(form.mailAddress, (text) => `${text.slice(0, 6)}…`),
    },
    applicantName: row.applicant_masked,
    checks: row.checks,
    checkItems: [...checkItemsOf(row)],
    checkedBy: nameOf(names, row.checked_by),
    checkNote: row.check_note,
    approvedBy: nameOf(names, row.approved_by),
    approvable: passed && row.checked_by !== operator.operatorId,
    feeReceipt: row.fee_receipt,
    tracking: row.tracking,
    history: events.map((event) => ({ ...happeningView(event), by: nameOf(names, event.operator_id) })),
    issued: issued === undefined ? null : { certificateId: issued.id, serialHex: issued.serial_hex },
  };
}

export async function certificateView(
  deps: Pick<RaDeps, 'authority' | 'clock' | 'database'>,
  row: CertificateRow,
): Promise<DeskRaCertificate> {
  const ended = row.state !== 'REVOKED' && row.not_after.getTime() < deps.clock.now();
  const authority = await deps.authority(row.authority_id);
  return {
    id: row.id,
    orderId: row.order_id,
    authority: { id: row.authority_id, name: authority?.name ?? row.authority_id },
    applicant: row.applicant,
    medium: row.medium,
    holder: row.applicant === 'ENTERPRISE' ? row.unit_name : row.person_masked,
    uscc: row.uscc,
    keyNo: row.key_no,
    serialHex: row.serial_hex,
    encryptionSerialHex: row.encryption_serial_hex,
    fingerprint: row.fingerprint,
    validFrom: iso(row.not_before),
    validTo: iso(row.not_after),
    state: ended ? 'EXPIRED' : row.state,
    note: row.note,
    expertNo: row.expert_no || null,
    version: row.version,
  };
}
