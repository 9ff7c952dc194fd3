import type { RaOrder, RaOrderSummary, RaPayment } from '@hufu/contracts';
import type { RaDeps } from '../deps.ts';
import { losesFiles } from '../domain/certificate-rules.ts';
import { materialsOf } from '../domain/materials.ts';
import type { PaymentRow } from '../payments/payment-store.ts';
import { paymentsOf } from '../payments/payment-store.ts';
import { formOf } from './order-form.ts';
import { type EventRow, eventsOf, type FileRow, filesOf, type OrderRow } from './order-store.ts';
import { openPersonal } from './personal.ts';

export const iso = (date: Date): string => date.toISOString();
export const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

export const paymentView = (row: PaymentRow): RaPayment => ({
  id: row.id,
  state: row.state,
  amount: row.amount,
  payUrl: row.state === 'CREATED' ? row.pay_url : null,
  createdAt: iso(row.created_at),
  expiresAt: iso(row.expires_at),
  paidAt: isoOrNull(row.paid_at),
  refundedAt: isoOrNull(row.refunded_at),
});

export const fileView = (row: FileRow) => ({
  id: row.id,
  slot: row.slot,
  name: row.name,
  size: row.size,
  mediaType: row.media_type,
  sha256: row.sha256,
  warnings: row.warnings,
  uploadedAt: iso(row.uploaded_at),
});

export const happeningView = (row: EventRow) => ({
  at: iso(row.at),
  event: row.event,
  state: row.state,
  reasons: row.reasons,
  note: row.note,
});

export const summaryOf = (row: OrderRow): RaOrderSummary => ({
  id: row.id,
  reference: row.reference,
  channel: row.channel,
  kind: row.kind,
  applicant: row.applicant,
  state: row.state,
  amount: row.amount,
  certificateId: row.certificate_id,
  createdAt: iso(row.created_at),
  updatedAt: iso(row.updated_at),
  enterpriseName: row.unit_name,
  platform: row.platform,
});

/** What both sides see; persons in clear only if asked. */
export async function commonView(deps: RaDeps, row: OrderRow) {
  const { db } = deps.database;
  const [files, payments] = await Promise.all([filesOf(db, row.id), paymentsOf(db, row.id)]);
  const personal = openPersonal(deps.cipher, row);
  return {
    id: row.id,
    reference: row.reference,
    channel: row.channel,
    kind: row.kind,
    applicant: row.applicant,
    state: row.state,
    form: formOf(row, personal),
    applicantName: personal.personName,
    files: files.map(fileView),
    slots: materialsOf(row).map((one) => ({ ...one })),
    amount: row.amount,
    payment: payments[0] === undefined ? null : paymentView(payments[0]),
    certificateId: row.certificate_id,
    keepsEncryptionKey: row.kind === 'RENEW',
    returned: row.return_reasons.length === 0 ? null : { reasons: row.return_reasons, note: row.return_note },
    dueAt: isoOrNull(row.due_at),
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    version: row.version,
  };
}

/** MOB-045, in the manual's own words. */
const WARNING = 'CA证书一经变更，不能恢复，无法解密原有文件！';

/** An order as its applicant sees it. */
export async function orderView(deps: RaDeps, row: OrderRow): Promise<RaOrder> {
  const { db } = deps.database;
  const [common, events] = await Promise.all([commonView(deps, row), eventsOf(db, row.id)]);
  const warned = losesFiles(row.kind) && row.certificate_id !== null && row.issued_id === null;
  return {
    ...common,
    warning: warned
      ? { text: WARNING, envelopes: [...(await deps.openEnvelopes(db, row.certificate_id!))] }
      : null,
    history: events.map(happeningView),
  };
}

/** What the counter's clock says. */
export const clockView = (row: OrderRow) => ({
  completeAt: isoOrNull(row.complete_at),
  dueAt: isoOrNull(row.due_at),
  stopped: row.state === 'RETURNED',
  finishedAt: isoOrNull(row.finished_at),
  onTime: row.on_time,
});
