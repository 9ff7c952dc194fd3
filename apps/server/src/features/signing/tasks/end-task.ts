import { withTransaction } from '../../../infra/database/database.ts';
import { actorOf, type By, type SigningDeps } from '../deps.ts';
import { SIGNER_IN_ORDER } from '../domain/signer-states.ts';
import { signingError } from '../errors.ts';
import { isSealing } from '../sealing/preparation-store.ts';
import { holdTask, nextState, ownPart } from './access.ts';
import { updateSigner, updateTask } from './task-store.ts';

/** An invited signer says no, with the reason: the document will not be complete. @throws SIGN_NOT_SIGNER, SIGN_STATE, SIGN_BUSY */
export async function declineSigning(
  deps: SigningDeps,
  { id, reason, by }: { id: string; reason: string; by: By },
): Promise<void> {
  const { enterpriseId } = by.holder;
  await withTransaction(deps.database, async (tx) => {
    const held = await holdTask(deps, tx, { id, enterpriseId });
    const signer = ownPart(held);
    const facts = { ...SIGNER_IN_ORDER, sealing: await isSealing(tx, signer) };
    const state = nextState({ state: signer.state, event: 'decline', facts });
    await updateSigner(tx, signer.id, { state, preparation_id: null, decline_reason: reason });
    await updateTask(tx, { id, at: new Date(deps.clock.now()), change: { state: 'DECLINED' } });
    await deps.audit.record(tx, {
      actor: actorOf(by),
      action: 'signing.decline',
      subject: { kind: 'document', id },
      before: { state: signer.state },
      after: { state, task: 'DECLINED' },
      reason,
      entity: enterpriseId,
      origin: by.from,
    });
  });
}

/** The sender takes the document back. @throws SIGN_NOT_SENDER, SIGN_STATE, SIGN_BUSY */
export async function cancelTask(deps: SigningDeps, { id, by }: { id: string; by: By }): Promise<void> {
  const { enterpriseId } = by.holder;
  await withTransaction(deps.database, async (tx) => {
    const { task, signers, isSender } = await holdTask(deps, tx, { id, enterpriseId });
    if (!isSender) throw signingError('SIGN_NOT_SENDER');
    if (task.state === 'CANCELLED') return;
    if (task.state !== 'OPEN') throw signingError('SIGN_STATE');
    for (const signer of signers) {
      if (await isSealing(tx, signer)) throw signingError('SIGN_BUSY');
      if (signer.state === 'PREPARED') {
        await updateSigner(tx, signer.id, { state: 'PLACED', preparation_id: null });
      }
    }
    await updateTask(tx, { id, at: new Date(deps.clock.now()), change: { state: 'CANCELLED' } });
    await deps.audit.record(tx, {
      actor: actorOf(by),
      action: 'signing.cancel',
      subject: { kind: 'document', id },
      before: { task: task.state },
      after: { task: 'CANCELLED' },
      entity: enterpriseId,
      origin: by.from,
    });
  });
}
