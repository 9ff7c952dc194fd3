import type { RaForm, RaKind } from '@hufu/contracts';
import { referenceCode, shanghaiParts, toBase64Url } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { AtPhone, RaDeps } from '../deps.ts';
import { refusalOf } from '../domain/certificate-rules.ts';
import { raError } from '../errors.ts';
import { type CertificateRow, certificateById } from '../issuance/certificate-store.ts';
import { openHolder } from '../issuance/holder.ts';
import { mustBeFresh, nextState } from './change-order.ts';
import { columnsOf, maskedOf } from './order-form.ts';
import { draftOf, insertEvent, insertOrder, lockOrder, type OrderRow, updateOrder } from './order-store.ts';
import { NO_PERSON, sealPersonal } from './personal.ts';

export type NewOrder = {
  readonly kind: Exclude<RaKind, 'RESET_PIN'>;
  readonly applicant: OrderRow['applicant'];
  readonly certificateId?: string | undefined;
};

/** 标20261121-XXXXXXXX. */
export const newReference = ({ clock, random }: Pick<RaDeps, 'clock' | 'random'>, sign: string): string =>
  `${sign}${shanghaiParts(clock.now()).date.replaceAll('-', '')}-${referenceCode(random, 8)}`;

/** Begins an order, or takes the draft up that was left. @throws RA_CERTIFICATE_UNKNOWN, RA_NOT_ADMIN and what `refusalOf` says */
export async function beginOrder(deps: RaDeps, asked: NewOrder, at: AtPhone): Promise<OrderRow> {
  return withTransaction(deps.database, async (tx) => {
    const { userId } = at.user;
    const about = asked.kind === 'NEW' ? undefined : await subjectOf(deps, tx, { ...asked, userId });
    const applicant = about?.applicant ?? asked.applicant;
    const certificateId = about?.id ?? null;
    const left = await draftOf(tx, { userId, kind: asked.kind, applicant, certificateId });
    if (left !== undefined) return left;
    const who = await deps.phone.users.facts(tx, userId);
    const id = toBase64Url(deps.random(16));
    const now = new Date(deps.clock.now());
    const holder = about && openHolder(deps, about);
    const personal = {
      ...NO_PERSON,
      personName: who.name ?? '',
      personIdNo: who.idNumber ?? '',
      contactPhone: who.mobile,
      ...(holder === undefined
        ? {}
        : { legalRepName: holder.legalRepName, legalRepIdNo: holder.legalRepIdNo }),
    };
    const row = await insertOrder(tx, {
      id,
      reference: newReference(deps, '标'),
      channel: 'APP',
      kind: asked.kind,
      applicant,
      state: 'DRAFT',
      user_id: userId,
      taken_by: null,
      entity_id: about?.entity_id ?? null,
      unit_name: about?.unit_name ?? '',
      uscc: about?.uscc ?? '',
      authority_id: about?.authority_id ?? '',
      expert_no: about?.expert_no ?? '',
      personal_sealed: sealPersonal(deps.cipher, id, personal),
      applicant_masked: maskedOf(personal),
      certificate_id: certificateId,
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
      created_at: now,
      updated_at: now,
      submitted_at: null,
    });
    await insertEvent(tx, { order: row, at: now, event: 'begin', operatorId: null });
    return row;
  });
}

type Subject = {
  readonly kind: NewOrder['kind'];
  readonly certificateId?: string | undefined;
  readonly userId: string;
};

/** The certificate that a step is about, if this user may ask for it now. */
async function subjectOf(deps: RaDeps, tx: Tx, asked: Subject): Promise<CertificateRow> {
  const row = asked.certificateId === undefined ? undefined : await certificateById(tx, asked.certificateId);
  if (row === undefined || row.medium !== 'phone') throw raError('RA_CERTIFICATE_UNKNOWN');
  await mustBeTheirs(deps, tx, { row, userId: asked.userId });
  const code = refusalOf(asked.kind, { ...row, notAfter: row.not_after.getTime() }, deps.clock.now());
  if (code !== undefined) throw raError(code);
  return row;
}

/** An enterprise's certificate is its administrator's business, a person's their own. @throws RA_NOT_ADMIN */
export async function mustBeTheirs(
  deps: Pick<RaDeps, 'phone'>,
  tx: Tx,
  { row, userId }: { readonly row: CertificateRow; readonly userId: string },
): Promise<void> {
  if (!(await deps.phone.certificates.administers(tx, { id: row.id, userId }))) throw raError('RA_NOT_ADMIN');
}

/** Keeps the form of a draft, or of one that was sent back. @throws RA_UNKNOWN, RA_STALE, RA_STATE */
export async function saveOrder(
  deps: RaDeps,
  asked: { readonly id: string; readonly version: number; readonly form: RaForm },
  at: AtPhone,
): Promise<OrderRow> {
  return withTransaction(deps.database, async (tx) => {
    const row = await lockOwn(tx, asked.id, at);
    mustBeFresh(row, asked.version);
    nextState(row, 'edit');
    return updateOrder(tx, row, {
      ...columnsOf(deps, row, asked.form),
      updated_at: new Date(deps.clock.now()),
    });
  });
}

/** An order of this user, held. Somebody else's is as good as none. @throws RA_UNKNOWN */
export async function lockOwn(tx: Tx, id: string, { user }: Pick<AtPhone, 'user'>): Promise<OrderRow> {
  const row = await lockOrder(tx, id);
  if (row.user_id !== user.userId) throw raError('RA_UNKNOWN');
  return row;
}
