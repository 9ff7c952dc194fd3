import type { Clock } from '@hufu/kernel';
import type { CryptoEngine } from '@hufu/pki';
import type { Audit, AuditActor } from '../../../infra/audit/audit.ts';
import type { Tx } from '../../../infra/database/database.ts';
import type { Outbox } from '../../../infra/outbox/outbox.ts';
import type { AuthorityRecord } from '../domain/authority.ts';
import { policyFromForm, policyToForm } from '../domain/policy-form.ts';
import { trustError } from '../errors.ts';
import {
  type AuthorityChange,
  type ChangeNote,
  insertAuthority,
  noteChange,
  updateAuthority,
} from '../store/authority-store.ts';
import { addCrlAddresses } from '../store/crl-store.ts';
import {
  checkRecognition,
  findAuthority,
  type PolicyChange,
  type RecognitionForm,
  stateOf,
} from './propose-change.ts';

/** Queue of the outbox on which trust lists are published after the change has committed. */
export const PUBLISH_QUEUE = 'trust-publish-list';

/** On whose word, and why. */
export type Order = {
  readonly actor: AuditActor;
  readonly reason: string;
  /** The approval of two people that stands behind a dangerous step. */
  readonly approvalId?: string;
};

/** An approved step: what was proposed, and the state that it was proposed for. */
export type ApprovedStep<P> = Order & {
  readonly approvalId: string;
  readonly subjectState: string;
  readonly payload: P;
};

export type ApplyParts = {
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly engine: CryptoEngine;
};

/** @throws CodedError TRUST_STALE_CHANGE, TRUST_GRACE_BOUNDS, TRUST_AUTHORITY_UNKNOWN */
export async function applyPolicy(
  tx: Tx,
  step: ApprovedStep<PolicyChange>,
  parts: ApplyParts,
): Promise<void> {
  const { id, form } = step.payload;
  const record = await findUnchanged(tx, id, step.subjectState);
  const policy = policyFromForm(form, { at: parts.clock.now(), current: record.policy });
  await write(tx, { id, version: record.version, set: 'policy', policy, region: form.region });
  await note(
    tx,
    {
      authorityId: id,
      change: 'policy',
      before: policyToForm(record),
      after: form,
      endsAt: policy.grace?.until,
    },
    { order: step, parts },
  );
}

/** At once, by one person: stopping is never dangerous enough to wait. @throws CodedError TRUST_NOT_ACTIVE, TRUST_AUTHORITY_UNKNOWN */
export async function suspendAuthority(
  tx: Tx,
  { id, ...order }: Order & { readonly id: string },
  parts: ApplyParts,
): Promise<void> {
  const record = await findAuthority(id, tx);
  if (record.status === 'suspended') throw trustError('TRUST_NOT_ACTIVE');
  const at = parts.clock.now();
  const change = { set: 'status', status: 'suspended', at, reason: order.reason } as const;
  await write(tx, { id, version: record.version, ...change });
  const noted = { before: { status: 'active' }, after: { status: 'suspended' } };
  await note(tx, { authorityId: id, change: 'suspend', ...noted }, { order, parts });
}

/** @throws CodedError TRUST_STALE_CHANGE, TRUST_AUTHORITY_UNKNOWN */
export async function resumeAuthority(
  tx: Tx,
  step: ApprovedStep<{ readonly id: string }>,
  parts: ApplyParts,
): Promise<void> {
  const { id } = step.payload;
  const record = await findUnchanged(tx, id, step.subjectState);
  const at = parts.clock.now();
  await write(tx, { id, version: record.version, set: 'status', status: 'active', at });
  const noted = { before: { status: 'suspended' }, after: { status: 'active' } };
  await note(tx, { authorityId: id, change: 'resume', ...noted }, { order: step, parts });
}

/** @throws CodedError as `proposeRecognition` */
export async function recogniseAuthority(
  tx: Tx,
  step: Order & { readonly payload: RecognitionForm; readonly joined?: boolean },
  parts: ApplyParts,
): Promise<void> {
  const form = step.payload;
  const { clock, engine } = parts;
  const { anchors, intermediates, policy } = await checkRecognition(form, { executor: tx, clock, engine });
  const crlAddresses = [...new Set(form.crlUrls)];
  await insertAuthority(tx, {
    id: form.id,
    name: form.name,
    nameEn: form.nameEn,
    phone: form.phone,
    website: form.website ?? undefined,
    region: form.region,
    joined: step.joined ?? true,
    status: 'active',
    statusSince: clock.now(),
    profileId: form.profileId,
    policy,
    anchors,
    intermediates,
    crlAddresses,
    ocspAddresses: form.ocspUrl === null ? [] : [form.ocspUrl],
  });
  await addCrlAddresses(
    tx,
    crlAddresses.map((url) => ({ url, authorityId: form.id })),
  );
  const after = { ...form, certificates: undefined, joined: step.joined ?? true };
  const noted = { before: undefined, after, endsAt: policy.grace?.until };
  await note(tx, { authorityId: form.id, change: 'recognise', ...noted }, { order: step, parts });
}

export async function findUnchanged(tx: Tx, id: string, subjectState: string): Promise<AuthorityRecord> {
  const record = await findAuthority(id, tx);
  if (stateOf(record) !== subjectState) throw trustError('TRUST_STALE_CHANGE');
  return record;
}

export async function write(tx: Tx, change: AuthorityChange): Promise<void> {
  if (!(await updateAuthority(tx, change))) throw trustError('TRUST_STALE_CHANGE');
}

type Noted = Omit<ChangeNote, 'reason' | 'actor' | 'approvalId'>;

/** The change's own history, the audit entry and the order to publish, in the transaction of the change. */
export async function note(
  tx: Tx,
  noted: Noted,
  { order, parts }: { readonly order: Order; readonly parts: ApplyParts },
): Promise<void> {
  const { actor, reason, approvalId } = order;
  const by = actor.id ?? actor.kind;
  await noteChange(tx, { ...noted, reason, actor: by, approvalId });
  await parts.audit.record(tx, {
    actor,
    action: `trust.${noted.change}`,
    subject: { kind: 'authority', id: noted.authorityId },
    before: noted.before,
    after: noted.after,
    reason,
  });
  await parts.outbox.enqueue(tx, {
    queue: PUBLISH_QUEUE,
    subject: 'trust-list',
    payload: { reason: `${noted.change} ${noted.authorityId}`, actor: by },
  });
}
