import type { CommitmentLetter } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { Holder, Member } from '../../access/index.ts';
import { type AccountRow, accountById, lockAccount, updateAccount } from '../accounts/account-store.ts';
import { completeIfWhole, letterNeeded } from '../accounts/completion.ts';
import type { EntityContext } from '../context.ts';
import type { AuditOrigin, EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';
import { insertLetter, lettersOf, signLetter } from './letter-store.ts';
import { letterPdf } from './letter-template.ts';

/** The letter as it stands for this entity: 已签章 counts for the version that was sealed (OD-33). @throws LIBRARY_UNKNOWN */
export async function letterStatus(
  { deps, peers }: Pick<EntityContext, 'deps' | 'peers'>,
  entityId: string,
): Promise<CommitmentLetter> {
  const { db } = deps.database;
  const account = await accountById(db, entityId);
  if (account === undefined) throw entityError('LIBRARY_UNKNOWN');
  const { title, version } = deps.letter;
  const isSigned = account.letter_version === version;
  const current = (await lettersOf(db, entityId)).filter((row) => row.version === version);
  const signed = current.find((row) => row.signed_at !== null);
  const last = current[0];
  const open = last !== undefined && (await peers.documents.isOpen(db, last.task_id)) ? last : undefined;
  return {
    needed: letterNeeded(account),
    title,
    version,
    status: isSigned ? 'SIGNED' : 'UNSIGNED',
    signedVersion: account.letter_version,
    signedAt: account.letter_signed_at?.toISOString() ?? null,
    taskId: (isSigned ? signed : open)?.task_id ?? null,
  };
}

type Asking = { readonly member: Member; readonly from: AuditOrigin };

/**
 * Makes the letter and opens it for sealing; one that is open already is gone on with (LIB-BASE-03).
 * @throws LIBRARY_LETTER_UNNEEDED, LIBRARY_ENTITY_FROZEN
 */
export async function openLetter(
  context: Pick<EntityContext, 'deps' | 'peers'>,
  { member, from }: Asking,
): Promise<CommitmentLetter> {
  const { deps, peers } = context;
  const status = await letterStatus(context, member.entityId);
  if (!status.needed) throw entityError('LIBRARY_LETTER_UNNEEDED');
  if (member.entityState === 'FROZEN') throw entityError('LIBRARY_ENTITY_FROZEN');
  if (status.status === 'SIGNED' || status.taskId !== null) return status;
  const account = (await accountById(deps.database.db, member.entityId))!;
  const { letter } = deps;
  const at = deps.clock.now();
  const bytes = await letterPdf({ template: letter, name: account.name!, uscc: account.uscc!, at });
  const taskId = await peers.documents.open({
    file: { bytes, name: `${letter.title}.pdf` },
    form: { title: letter.title, template: letter.code, templateVersion: letter.version },
    by: { holder: holderOf(member), from },
  });
  await withTransaction(deps.database, async (tx) => {
    const id = toBase64Url(deps.random(16));
    await insertLetter(tx, {
      id,
      entity_id: member.entityId,
      version: letter.version,
      task_id: taskId,
      opened_at: new Date(at),
      signed_at: null,
      document_sha256: null,
    });
    await deps.audit.record(tx, {
      actor: {
        kind: 'entity',
        id: member.entityId,
        ...(member.fingerprint && { certificate: member.fingerprint }),
      },
      action: 'letter.open',
      subject: { kind: 'letter', id },
      after: { template: letter.code, version: letter.version, document: taskId },
      entity: member.entityId,
      origin: from,
    });
  });
  return letterStatus(context, member.entityId);
}

/** An entity's key as the sealing of documents knows it. */
export const holderOf = (member: Member): Holder => ({
  kind: 'holder',
  sessionId: member.sessionId,
  enterpriseId: member.entityId,
  certificateId: member.keyId!,
  fingerprint: member.fingerprint!,
  phoneUserId: null,
  role: member.standing === 'PRIMARY' ? 'PRIMARY' : 'SECONDARY',
});

/** A document whose signers are all done, as the sealing of documents tells it. */
export type CompletedDocument = {
  readonly taskId: string;
  /** Of the verified and stored file. */
  readonly sha256: string;
  /** Codes of those who sealed it. */
  readonly signers: readonly string[];
};

/** 已签章: only the very document that was made here, sealed by the entity itself, counts (SIGN-009, SIGN-010). */
export const letterCompleted =
  (deps: Pick<EntityDeps, 'audit' | 'clock' | 'letter'>) =>
  async (tx: Tx, { taskId, sha256, signers }: CompletedDocument): Promise<void> => {
    const at = new Date(deps.clock.now());
    const letter = await signLetter(tx, { taskId, sha256, at });
    const account: AccountRow | undefined = letter && (await lockAccount(tx, letter.entity_id));
    if (letter === undefined || account === undefined) return;
    if (account.uscc === null || !signers.includes(account.uscc)) return;
    await updateAccount(tx, account.id, {
      letter_version: letter.version,
      letter_signed_at: at,
      at,
    });
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id: account.id },
      action: 'letter.sign',
      subject: { kind: 'letter', id: letter.id },
      before: { status: 'UNSIGNED' },
      after: { status: 'SIGNED', version: letter.version, sha256 },
      entity: account.id,
    });
    await completeIfWhole(deps, tx, account.id);
  };
