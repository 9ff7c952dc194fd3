import { withTransaction } from '../../../infra/database/database.ts';
import { actorOf, type By, type SigningDeps } from '../deps.ts';
import { readDocument } from '../documents.ts';
import { SIGNER_IN_ORDER } from '../domain/signer-states.ts';
import { signingError } from '../errors.ts';
import { isValid, validateDocument } from '../verification/validate-document.ts';
import { holdTask, nextState, reachTask } from './access.ts';
import { finishPart } from './finish-part.ts';

/**
 * 完成签章 (SIGN-007): what is stored is read and verified once more, then it counts as 已签章. Idempotent.
 * @throws SIGN_NOT_SIGNER, SIGN_STATE, SIGN_STALE, SIGN_NOT_VERIFIED
 */
export async function finishSigning(deps: SigningDeps, { id, by }: { id: string; by: By }): Promise<void> {
  const { enterpriseId } = by.holder;
  const { task: before, mine } = await reachTask(deps, { id, enterpriseId });
  if (mine === undefined) throw signingError('SIGN_NOT_SIGNER');
  nextState({ state: mine.state, event: 'finish', facts: SIGNER_IN_ORDER });
  if (mine.state === 'FINISHED') return;
  const report = await validateDocument(deps, await readDocument(deps.attachments, before.document_sha256));
  if (!isValid(report)) throw signingError('SIGN_NOT_VERIFIED', { headline: report.headline });
  await withTransaction(deps.database, async (tx) => {
    const { task, mine: signer } = await holdTask(deps, tx, { id, enterpriseId });
    if (signer === undefined || signer.state === 'FINISHED') return;
    if (task.state !== 'OPEN') throw signingError('SIGN_STATE');
    nextState({ state: signer.state, event: 'finish', facts: SIGNER_IN_ORDER });
    if (task.document_sha256 !== before.document_sha256) throw signingError('SIGN_STALE');
    const sha256 = signer.sealed_sha256!;
    const taskState = await finishPart(deps, tx, {
      task,
      signer,
      sealed: sha256,
      document: task.document_sha256,
      headline: report.headline,
    });
    await deps.audit.record(tx, {
      actor: actorOf(by),
      action: 'signing.finish',
      subject: { kind: 'document', id },
      before: { state: signer.state },
      after: { state: 'FINISHED', task: taskState, sha256, verdict: report.headline },
      entity: enterpriseId,
      origin: by.from,
    });
  });
}
