import type { RaForm } from '@hufu/contracts';
import { maskName } from '@hufu/kernel';
import type { Updateable } from 'kysely';
import type { RaDeps } from '../deps.ts';
import { normaliseForm } from '../domain/form-rules.ts';
import type { RaTables } from '../tables.ts';
import type { OrderRow } from './order-store.ts';
import { openPersonal, type Personal, sealPersonal } from './personal.ts';

export function formOf(row: OrderRow, personal: Personal): RaForm {
  return {
    platform: row.platform,
    enterpriseName: row.unit_name,
    uscc: row.uscc,
    legalRepName: personal.legalRepName,
    legalRepIdNo: personal.legalRepIdNo,
    authority: row.authority_id,
    sealOrg: row.seal_org,
    years: row.years,
    expertNo: row.expert_no,
    mailAddress: personal.mailAddress,
    contactPhone: personal.contactPhone,
  };
}

/** The form as columns; `who` is the person that applies, where it is known. */
export function columnsOf(
  deps: Pick<RaDeps, 'cipher'>,
  row: Pick<OrderRow, 'id' | 'personal_sealed' | 'certificate_id' | 'uscc' | 'authority_id'>,
  form: RaForm,
): Updateable<RaTables['ra_order']> {
  const given = normaliseForm(form);
  const fixed = row.certificate_id !== null;
  const { legalRepName, legalRepIdNo, mailAddress, contactPhone } = given;
  const before = openPersonal(deps.cipher, row);
  const personal = { ...before, legalRepName, legalRepIdNo, mailAddress, contactPhone };
  const { uscc, authority } = fixed ? { uscc: row.uscc, authority: row.authority_id } : given;
  return {
    platform: given.platform,
    unit_name: given.enterpriseName,
    uscc,
    authority_id: authority,
    seal_org: given.sealOrg,
    years: given.years,
    expert_no: given.expertNo,
    personal_sealed: sealPersonal(deps.cipher, row.id, personal),
  };
}

export const maskedOf = (personal: Personal): string =>
  personal.personName === '' ? '' : maskName(personal.personName);
