import type { HeadlineCode, TaskState } from '@hufu/contracts';
import type { Tx } from '../../../infra/database/database.ts';
import type { SigningDeps } from '../deps.ts';
import { nextTurns } from '../domain/signer-states.ts';
import { inviteSigners } from './invite-signers.ts';
import { type SignerRow, signersOf, type TaskRow, updateSigner, updateTask } from './task-store.ts';

export type Finishing = {
  readonly task: TaskRow;
  readonly signer: SignerRow;
  /** The version with this signer's seal, and the document as it stands then: others may have sealed after. */
  readonly sealed: string;
  readonly document: string;
  readonly headline: HeadlineCode;
};

/** 已签章: this signer is done, the next ones' turn begins, and after the last one the document is complete. */
export async function finishPart(
  deps: Pick<SigningDeps, 'clock' | 'completed' | 'invited' | 'records'>,
  tx: Tx,
  done: Finishing,
): Promise<TaskState> {
  const { task, signer, sealed, document, headline } = done;
  const at = new Date(deps.clock.now());
  await updateSigner(tx, signer.id, {
    state: 'FINISHED',
    preparation_id: null,
    base_sha256: signer.base_sha256 ?? task.document_sha256,
    sealed_sha256: sealed,
    sealed_at: signer.sealed_at ?? at,
    finished_at: at,
  });
  const signers = await signersOf(tx, [task.id]);
  const next = nextTurns(signers);
  for (const { id } of next) await updateSigner(tx, id, { state: 'OPENED' });
  await inviteSigners(deps, tx, { task, signers: next, by: signer.uscc });
  const state = signers.every((one) => one.state === 'FINISHED') ? 'COMPLETED' : 'OPEN';
  await updateTask(tx, { id: task.id, at, change: { document_sha256: document, headline, state } });
  if (state === 'COMPLETED') {
    await deps.completed?.(tx, {
      taskId: task.id,
      sha256: document,
      signers: signers.map(({ uscc }) => uscc),
    });
  }
  return state;
}
