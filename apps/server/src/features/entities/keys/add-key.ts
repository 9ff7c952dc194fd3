import type { Admission, KeyForm } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { Member } from '../../access/index.ts';
import { type Admitted, admit, admittedFor } from '../admission/admission.ts';
import { spendAdmission } from '../admission/admission-store.ts';
import { mustBelongTo } from '../admission/find-account.ts';
import { mustBeGood, proveCertificate } from '../admission/prove-certificate.ts';
import type { SentProof } from '../admission/sent-proof.ts';
import { browserOf, type Call, type EntityContext, originOf } from '../context.ts';
import { entityError } from '../errors.ts';
import { holdAsPrimary } from './hold-key.ts';
import type { KeyRow } from './key-store.ts';
import { recordKey } from './record-key.ts';

/**
 * 「读取CA信息」 (KEY-004, KEY-012): the inserted key proves itself, so that the five values come from a verified
 * certificate and from nowhere else (KEY-005). It must be the entity's own (OD-24).
 * @throws LIBRARY_OTHER_HOLDER and what refuses a proof
 */
export async function readKey(
  context: EntityContext,
  { call, member, proof }: { call: Call; member: Member; proof: SentProof },
): Promise<Admission> {
  const { deps } = context;
  const browserSha256 = browserOf(context, call.request);
  const proved = await proveCertificate(deps, {
    proof,
    act: 'library-key',
    browserSha256,
    subject: member.sessionId,
  });
  const { db } = deps.database;
  await mustBelongTo(db, proved.bearer, member.entityId);
  return admit(deps, db, {
    purpose: 'KEY',
    browserSha256,
    sessionId: member.sessionId,
    entityId: member.entityId,
    certificate: proved.certificate,
    mediaNo: proved.mediaNo,
  });
}

/** What was read in this session. @throws LIBRARY_ADMISSION, LIBRARY_OTHER_HOLDER, and what the trust policy refuses */
export async function readingOf(
  context: EntityContext,
  { call, member, id }: { call: Call; member: Member; id: string },
): Promise<Admitted> {
  const { deps } = context;
  const browserSha256 = browserOf(context, call.request);
  const reading = await admittedFor(deps, { id, browserSha256, purposes: ['KEY'] });
  if (reading.row.session_id !== member.sessionId) throw entityError('LIBRARY_ADMISSION');
  await mustBeGood(deps, reading.certificate);
  await mustBelongTo(deps.database.db, reading.bearer, member.entityId);
  return reading;
}

/**
 * 「新增」 (KEY-002 … KEY-010): a further key of the same entity, read by its proof, never typed.
 * @throws LIBRARY_PRIMARY_ONLY, LIBRARY_ADMISSION, LIBRARY_KEY_ACTIVE_ALREADY
 */
export async function addKey(
  context: EntityContext,
  { call, member, form }: { call: Call; member: Member; form: KeyForm },
): Promise<KeyRow> {
  const { deps } = context;
  const { row, certificate } = await readingOf(context, { call, member, id: form.admissionId });
  const { admissionId: _id, ...user } = form;
  return withTransaction(deps.database, async (tx) => {
    const { own } = await holdAsPrimary(tx, member);
    const now = new Date(deps.clock.now());
    if (!(await spendAdmission(tx, { id: row.id, now }))) throw entityError('LIBRARY_ADMISSION');
    return recordKey(deps, tx, {
      entityId: member.entityId,
      certificate,
      mediaNo: row.media_no,
      user,
      isPrimary: false,
      event: 'add',
      by: own.fingerprint,
      from: originOf(context, call.request),
    });
  });
}
