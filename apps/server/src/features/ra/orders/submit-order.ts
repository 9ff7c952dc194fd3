import { isSameUnitName } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { type Complaint, ListedError } from '../../../infra/http/listed-error.ts';
import { priceOf, yearsOf } from '../counter-rules.ts';
import { type AtPhone, byPhone, type RaDeps } from '../deps.ts';
import { losesFiles, refusalOf } from '../domain/certificate-rules.ts';
import { complaintsOf } from '../domain/form-rules.ts';
import { materialsOf } from '../domain/materials.ts';
import { issuesCertificate } from '../domain/order-states.ts';
import { raError } from '../errors.ts';
import { lockCertificate } from '../issuance/certificate-store.ts';
import { changeCertificate } from '../issuance/change-certificate.ts';
import { changeOrder, mustBeFresh } from './change-order.ts';
import { lockOwn, mustBeTheirs } from './draft-order.ts';
import { mustBeFiled } from './filed-name.ts';
import { clockBegins } from './order-clock.ts';
import { formOf } from './order-form.ts';
import { filesOf, type OrderRow } from './order-store.ts';
import { openPersonal } from './personal.ts';

export type Submission = {
  readonly id: string;
  readonly version: number;
  readonly acceptWarning: boolean;
  readonly acceptEnvelopes: readonly string[];
};

/**
 * MOB-015, OD-28: hands an order in, the first time or corrected, under the same number.
 * @throws RA_FORM and RA_MATERIAL with what is wrong where, RA_WARNING, RA_ENVELOPES, RA_NOT_ADMIN, RA_STATE, RA_STALE,
 * RA_OPEN_ALREADY
 */
export async function submitOrder(deps: RaDeps, asked: Submission, at: AtPhone): Promise<OrderRow> {
  return withTransaction(deps.database, async (tx) => {
    const row = await lockOwn(tx, asked.id, at);
    mustBeFresh(row, asked.version);
    const now = deps.clock.now();
    const amount = await formInOrder(deps, tx, row);
    const entityId = row.certificate_id === null ? await claimedBy(deps, tx, row) : row.entity_id;
    if (row.certificate_id !== null) await subjectInOrder(deps, tx, { row, asked, at });
    return changeOrder(deps, tx, {
      row,
      change: {
        event: 'submit',
        by: byPhone(at),
        set: {
          ...clockBegins(deps, row, now),
          amount,
          entity_id: entityId,
          submitted_at: new Date(now),
          checks: '[]',
          checked_by: null,
          check_note: null,
          return_reasons: '[]',
          return_note: null,
          ...(asked.acceptWarning ? { warning_accepted_at: new Date(now) } : {}),
        },
      },
    });
  });
}

/** @returns what it costs, 分; 0 for what issues nothing @throws RA_FORM, RA_MATERIAL */
export async function formInOrder(
  deps: Pick<RaDeps, 'rules' | 'clock' | 'cipher' | 'platforms' | 'authorities'>,
  tx: Tx,
  row: OrderRow,
): Promise<number> {
  const { rules } = deps;
  const issues = issuesCertificate(row.kind);
  const years = issues ? yearsOf(rules, row) : new Set<number>();
  const form = formOf(row, openPersonal(deps.cipher, row));
  const complaints = complaintsOf(form, {
    applicant: row.applicant,
    kind: row.kind,
    channel: row.channel,
    now: deps.clock.now(),
    platforms: new Set((await deps.platforms(tx)).map(({ code }) => code)),
    authorities: deps.authorities.ids,
    sealOrgs: new Set(rules.sealOrgs.map(({ id }) => id)),
    years,
  });
  if (complaints.length > 0) throw new ListedError('RA_FORM', complaints);
  const missing = await missingMaterial(tx, row);
  if (missing.length > 0) throw new ListedError('RA_MATERIAL', missing);
  if (!issues) return 0;
  const amount = priceOf(rules, { ...row, years: form.years });
  if (amount === undefined) throw raError('RA_PRICE');
  return amount;
}

async function missingMaterial(tx: Tx, row: OrderRow): Promise<Complaint[]> {
  const present = new Set((await filesOf(tx, row.id)).map(({ slot }) => slot));
  return materialsOf(row)
    .filter(({ slot, required }) => required && !present.has(slot))
    .map(({ slot, label }) => ({
      path: `slots.${slot}`,
      code: 'MISSING',
      says: { zh: `请上传${label}`, en: 'This file is missing' },
    }));
}

/** MOB-011: an enterprise is claimed before its certificate is applied for, by the one who will administer it. */
async function claimedBy(deps: RaDeps, tx: Tx, row: OrderRow): Promise<string | null> {
  if (row.applicant !== 'ENTERPRISE') return null;
  const at = new Date(deps.clock.now());
  const entityId = await deps.organisation(tx, { uscc: row.uscc, at });
  const who = { entityId, userId: row.user_id! };
  const { people } = deps.phone;
  const [claim, role, admin] = await Promise.all([
    people.claim(tx, who),
    people.roleOf(tx, who),
    people.adminOf(tx, entityId),
  ]);
  if (role === 'OPERATOR' || (admin !== undefined && admin !== who.userId)) throw raError('RA_NOT_ADMIN');
  if (role === undefined && claim === undefined) throw new ListedError('RA_FORM', [NOT_CLAIMED]);
  const name = claim?.name ?? (await people.enterprise(tx, entityId))?.name;
  if (name !== undefined && !isSameUnitName(name, row.unit_name))
    throw new ListedError('RA_FORM', [OTHER_NAME]);
  return entityId;
}

const NOT_CLAIMED: Complaint = {
  path: 'uscc',
  code: 'NOT_CLAIMED',
  says: { zh: '请先认领该企业', en: 'Claim this enterprise first' },
};
const OTHER_NAME: Complaint = {
  path: 'enterpriseName',
  code: 'OTHER_NAME',
  says: { zh: '企业名称与认领的企业不一致', en: 'Not the name of the enterprise that was claimed' },
};

type Step = { readonly row: OrderRow; readonly asked: Submission; readonly at: AtPhone };

/** What a step about a certificate needs besides; reporting a loss takes effect at once (CA-035). */
async function subjectInOrder(deps: RaDeps, tx: Tx, { row, asked, at }: Step): Promise<void> {
  const certificate = await lockCertificate(tx, row.certificate_id!);
  await mustBeTheirs(deps, tx, { row: certificate, userId: at.user.userId });
  const code = refusalOf(
    row.kind,
    { ...certificate, notAfter: certificate.not_after.getTime() },
    deps.clock.now(),
  );
  if (code !== undefined) throw raError(code);
  await mustBeFiled(deps, tx, row);
  if (losesFiles(row.kind)) {
    if (!asked.acceptWarning) throw raError('RA_WARNING');
    const waiting = (await deps.openEnvelopes(tx, certificate.id)).filter((one) => one.waiting);
    const unnamed = waiting.filter(({ id }) => !asked.acceptEnvelopes.includes(id));
    if (unnamed.length > 0) throw raError('RA_ENVELOPES', { envelopes: unnamed.map(({ title }) => title) });
  }
  if (row.kind === 'REISSUE' && certificate.state === 'EFFECTIVE') {
    await changeCertificate(deps, tx, {
      row: certificate,
      change: { event: 'hold', by: byPhone(at), note: row.reference },
    });
  }
}
