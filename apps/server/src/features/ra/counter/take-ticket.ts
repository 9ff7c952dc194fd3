import type { RaApplicant, RaForm, RaKind } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import { ListedError } from '../../../infra/http/listed-error.ts';
import { type AtCounter, byCounter, type RaDeps } from '../deps.ts';
import { refusalOf } from '../domain/certificate-rules.ts';
import { isIdNumber, normaliseForm } from '../domain/form-rules.ts';
import { raError } from '../errors.ts';
import { certificateById } from '../issuance/certificate-store.ts';
import { newReference } from '../orders/draft-order.ts';
import { maskedOf } from '../orders/order-form.ts';
import { insertEvent, insertOrder, type OrderRow } from '../orders/order-store.ts';
import { NO_PERSON, sealPersonal } from '../orders/personal.ts';

export type Ticket = {
  readonly channel: 'COUNTER' | 'ONLINE';
  readonly kind: RaKind;
  readonly applicant: RaApplicant;
  readonly form: RaForm;
  readonly personName: string;
  readonly personIdNo: string;
  readonly certificateId?: string | undefined;
};

/** Names of a person that the counter has read from the card. @throws RA_FORM */
function mustNamePerson({ applicant, personName, personIdNo }: Ticket, now: number): void {
  if (applicant === 'ENTERPRISE') return;
  const wrong = [
    ...(personName.length < 2
      ? [{ path: 'personName', code: 'MISSING', says: { zh: '请填写申请人姓名', en: 'Required' } }]
      : []),
    ...(isIdNumber(personIdNo, now)
      ? []
      : [
          {
            path: 'personIdNo',
            code: 'ID_NUMBER',
            says: { zh: '身份证号校验不通过', en: 'Not a valid ID number' },
          },
        ]),
  ];
  if (wrong.length > 0) throw new ListedError('RA_FORM', wrong);
}

/** SM-CA-TICKET RECEIVED: taken down at the counter; the rest may follow. @throws RA_FORM, RA_CERTIFICATE_* */
export async function takeTicket(deps: RaDeps, ticket: Ticket, at: AtCounter): Promise<OrderRow> {
  const now = deps.clock.now();
  mustNamePerson(ticket, now);
  return withTransaction(deps.database, async (tx) => {
    const about =
      ticket.certificateId === undefined ? undefined : await certificateById(tx, ticket.certificateId);
    if (ticket.kind !== 'NEW') {
      if (about === undefined) throw raError('RA_CERTIFICATE_UNKNOWN');
      const code = refusalOf(ticket.kind, { ...about, notAfter: about.not_after.getTime() }, now);
      if (code !== undefined) throw raError(code);
    }
    const id = toBase64Url(deps.random(16));
    const form = normaliseForm(ticket.form);
    const personal = {
      ...NO_PERSON,
      legalRepName: form.legalRepName,
      legalRepIdNo: form.legalRepIdNo,
      personName: ticket.personName,
      personIdNo: ticket.personIdNo.normalize('NFKC').toUpperCase(),
      mailAddress: form.mailAddress,
      contactPhone: form.contactPhone,
    };
    const row = await insertOrder(tx, {
      id,
      reference: newReference(deps, ticket.channel === 'COUNTER' ? '窗' : '邮'),
      channel: ticket.channel,
      kind: ticket.kind,
      applicant: about?.applicant ?? ticket.applicant,
      state: 'RECEIVED',
      user_id: null,
      taken_by: at.operator.operatorId,
      entity_id: about?.entity_id ?? null,
      platform: form.platform,
      unit_name: form.enterpriseName,
      uscc: about?.uscc ?? form.uscc,
      authority_id: about?.authority_id ?? form.authority,
      seal_org: form.sealOrg,
      years: form.years,
      expert_no: form.expertNo,
      personal_sealed: sealPersonal(deps.cipher, id, personal),
      applicant_masked: maskedOf(personal),
      certificate_id: about?.id ?? null,
      issued_id: null,
      amount: null,
      complete_at: null,
      due_at: null,
      finished_at: null,
      on_time: null,
      checks: '[]',
      checked_by: null,
      check_note: null,
      approved_by: null,
      return_reasons: '[]',
      return_note: null,
      warning_accepted_at: null,
      fee_receipt: null,
      tracking: null,
      created_at: new Date(now),
      updated_at: new Date(now),
      submitted_at: new Date(now),
    });
    const by = byCounter(at);
    await insertEvent(tx, { order: row, at: new Date(now), event: 'receive', operatorId: by.operatorId });
    await deps.audit.record(tx, {
      actor: by.actor,
      action: 'ra.receive',
      subject: { kind: 'ra-order', id },
      after: { state: row.state, kind: row.kind, channel: row.channel },
      origin: at.from,
    });
    return row;
  });
}
