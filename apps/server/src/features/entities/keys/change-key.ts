import type { KeyChangeForm, KeyUser } from '@hufu/contracts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { Member } from '../../access/index.ts';
import type { Admitted } from '../admission/admission.ts';
import { spendAdmission } from '../admission/admission-store.ts';
import { type Call, type EntityContext, originOf } from '../context.ts';
import { entityError } from '../errors.ts';
import { carryOver } from '../sessions/session-store.ts';
import { readingOf } from './add-key.ts';
import { type HeldAccount, holdKey, holdKeys } from './hold-key.ts';
import {
  certificateColumns,
  factsOf,
  type KeyRow,
  keepVersion,
  keyOf,
  openUser,
  sealUser,
  updateKey,
} from './key-store.ts';
import { discloseUser } from './record-key.ts';

export type Changing = {
  readonly call: Call;
  readonly id: string;
  readonly member: Member;
  readonly form: KeyChangeForm;
};

/**
 * 「变更」 (KEY-011 … KEY-013): the user, the certificate by reading it again, the primary flag. A secondary key
 * changes its own row only and cannot make itself primary (KEY-016, OD-25); there is always one primary (KEY-017).
 * @throws LIBRARY_UNKNOWN, LIBRARY_KEY_NOT_OWN, LIBRARY_KEY_STATE, LIBRARY_KEY_PRIMARY_SETTING, LIBRARY_ONE_PRIMARY,
 *   LIBRARY_ADMISSION, LIBRARY_OTHER_HOLDER, LIBRARY_KEY_ACTIVE_ALREADY, LIBRARY_STALE
 */
export async function changeKey(
  context: EntityContext,
  { call, id, member, form }: Changing,
): Promise<KeyRow> {
  const { deps } = context;
  const reading =
    form.admissionId === undefined
      ? undefined
      : await readingOf(context, { call, member, id: form.admissionId });
  return withTransaction(deps.database, async (tx) => {
    const held = await holdKey(tx, { id, member, as: holdKeys });
    mayChange(held, form);
    if (held.row.version !== form.version) throw entityError('LIBRARY_STALE', { version: held.row.version });
    const row = await rewrite(context, tx, { held, form, reading, call });
    const isOwnSession = row.id === held.own.id && row.fingerprint !== held.own.fingerprint;
    // The session goes on with the certificate that took the place of the one that opened it; other sessions end.
    if (isOwnSession) await carryOver(tx, { id: member.sessionId, fingerprint: row.fingerprint });
    if (!form.isPrimary || row.is_primary) return row;
    return makePrimary(context, tx, { held, row, call });
  });
}

type Held = HeldAccount & { readonly row: KeyRow };

function mayChange({ row, own }: Held, form: KeyChangeForm): void {
  if (row.id !== own.id && !own.is_primary) throw entityError('LIBRARY_KEY_NOT_OWN');
  if (row.state !== 'SUBMITTED') throw entityError('LIBRARY_KEY_STATE');
  if (form.isPrimary && !row.is_primary && !own.is_primary) throw entityError('LIBRARY_KEY_PRIMARY_SETTING');
  if (!form.isPrimary && row.is_primary) throw entityError('LIBRARY_ONE_PRIMARY');
}

type Rewriting = {
  readonly held: Held;
  readonly form: KeyChangeForm;
  readonly reading: Admitted | undefined;
  readonly call: Call;
};

async function rewrite(
  context: EntityContext,
  tx: Tx,
  { held, form, reading, call }: Rewriting,
): Promise<KeyRow> {
  const { deps } = context;
  const { row: before, own } = held;
  const at = new Date(deps.clock.now());
  const { holderName, holderPhone, holderIdNo } = form;
  const user: KeyUser = { holderName, holderPhone, holderIdNo };
  const former = openUser(deps.cipher, before.id, before.user_sealed);
  const certificate = reading === undefined ? {} : await rereadColumns(deps, tx, { before, reading });
  const isSame = reading === undefined && JSON.stringify(former) === JSON.stringify(user);
  if (isSame) return before;
  const changed = await updateKey(tx, before, {
    ...certificate,
    user_sealed: sealUser(deps.cipher, before.id, user),
    updated_at: at,
  });
  if (!changed) throw entityError('LIBRARY_STALE');
  const row = await keepVersion(tx, before.id, { event: 'change', byFingerprint: own.fingerprint, at });
  await deps.audit.record(tx, {
    actor: { kind: 'entity', id: row.entity_id, certificate: own.fingerprint },
    action: 'key.change',
    subject: { kind: 'key', id: row.id },
    before: factsOf(before),
    // personal data: that it changed, not what it was or is
    after: { ...factsOf(row), userChanged: JSON.stringify(former) !== JSON.stringify(user) },
    disclose: discloseUser(user),
    entity: row.entity_id,
    origin: originOf(context, call.request),
  });
  return row;
}

/** OD-24: serial and validity are replaced, the former ones stay in the history. */
async function rereadColumns(
  deps: EntityContext['deps'],
  tx: Tx,
  { before, reading }: { before: KeyRow; reading: Admitted },
) {
  const { row: admission, certificate } = reading;
  const now = new Date(deps.clock.now());
  if (!(await spendAdmission(tx, { id: admission.id, now }))) throw entityError('LIBRARY_ADMISSION');
  const holder = await keyOf(tx, certificate);
  if (holder?.state === 'SUBMITTED' && holder.id !== before.id)
    throw entityError('LIBRARY_KEY_ACTIVE_ALREADY');
  return certificateColumns(certificate, admission.media_no ?? before.media_no);
}

/** KEY-017: the flag leaves the old one and comes to the new one in one step. The account is held. */
async function makePrimary(
  context: EntityContext,
  tx: Tx,
  { held, row, call }: { held: Held; row: KeyRow; call: Call },
): Promise<KeyRow> {
  const { deps } = context;
  const { own } = held;
  const at = new Date(deps.clock.now());
  const former = held.inForce.find(({ is_primary }) => is_primary)!;
  const left = await updateKey(tx, former, { is_primary: false, updated_at: at });
  const came = left && (await updateKey(tx, row, { is_primary: true, updated_at: at }));
  if (!came) throw entityError('LIBRARY_STALE');
  await keepVersion(tx, former.id, { event: 'cease-primary', byFingerprint: own.fingerprint, at });
  const primary = await keepVersion(tx, row.id, {
    event: 'become-primary',
    byFingerprint: own.fingerprint,
    at,
  });
  await deps.audit.record(tx, {
    actor: { kind: 'entity', id: row.entity_id, certificate: own.fingerprint },
    action: 'key.make-primary',
    subject: { kind: 'key', id: row.id },
    before: { primary: former.id },
    after: { primary: row.id },
    entity: row.entity_id,
    origin: originOf(context, call.request),
  });
  return primary;
}
