import { toBase64Url } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { By, SigningDeps } from '../deps.ts';
import { SIGNER_IN_ORDER } from '../domain/signer-states.ts';
import { signingError } from '../errors.ts';
import { sealById } from '../seals/seal-store.ts';
import { isUsable } from '../seals/views.ts';
import { holdTask, nextState, ownPart, reachTask } from '../tasks/access.ts';
import { unacknowledgedPages } from '../tasks/acknowledge-pages.ts';
import { updateSigner } from '../tasks/task-store.ts';
import { insertPreparation, isSealing } from './preparation-store.ts';
import { MOST_TRIES } from './release-item.ts';

export const PREPARE_QUEUE = 'signing-prepare';

/** Long enough for a slow person at the PIN, short enough that a forgotten page does not hold documents. */
const LIFETIME_MS = 15 * 60_000;

export type Preparing = { readonly tasks: readonly string[]; readonly by: By };

/**
 * Documents are taken up to be signed with one PIN. What was prepared for them before is void from now on: at most one
 * preparation can seal for a signer.
 * @throws SIGN_NOT_SIGNER, SIGN_STATE, SIGN_NOT_YOUR_TURN, SIGN_BUSY, SIGN_SEAL_NOT_USABLE, SIGN_PREVIEW_UNACKNOWLEDGED
 * @returns the preparation's id
 */
export async function prepareSigning(deps: SigningDeps, { tasks, by }: Preparing): Promise<string> {
  const { enterpriseId, fingerprint } = by.holder;
  const asked = [...new Set(tasks)];
  const unseen = new Map<string, readonly number[]>();
  for (const id of asked) {
    const reached = await reachTask(deps, { id, enterpriseId });
    unseen.set(id, await unacknowledgedPages(deps, reached.task, ownPart(reached)));
  }
  const id = toBase64Url(deps.random(16));
  const now = deps.clock.now();
  const at = new Date(now);
  await withTransaction(deps.database, async (tx) => {
    const items = [];
    // In the order of their ids: two batches with the same documents wait for each other instead of colliding.
    for (const taskId of asked.toSorted()) {
      const pages = unseen.get(taskId) ?? [];
      const item = await takeUp(deps, tx, { taskId, preparationId: id, unacknowledged: pages, by });
      items.push({ ...item, position: asked.indexOf(taskId) });
    }
    await insertPreparation(
      tx,
      {
        id,
        enterprise_id: enterpriseId,
        fingerprint,
        state: 'PREPARING',
        created_at: at,
        expires_at: new Date(now + LIFETIME_MS),
        updated_at: at,
      },
      items,
    );
    await deps.outbox.enqueue(tx, {
      queue: PREPARE_QUEUE,
      payload: { id },
      subject: id,
      maxAttempts: MOST_TRIES,
    });
  });
  deps.outbox.poke(PREPARE_QUEUE);
  return id;
}

type TakingUp = {
  readonly taskId: string;
  readonly preparationId: string;
  readonly unacknowledged: readonly number[];
  readonly by: By;
};

async function takeUp(deps: SigningDeps, tx: Tx, { taskId, preparationId, unacknowledged, by }: TakingUp) {
  const { enterpriseId, fingerprint } = by.holder;
  const held = await holdTask(deps, tx, { id: taskId, enterpriseId });
  const signer = ownPart(held);
  const seal = signer.seal_id === null ? undefined : await sealById(tx, signer.seal_id);
  const facts = {
    ...SIGNER_IN_ORDER,
    sealing: await isSealing(tx, signer),
    sealUsable: seal === undefined || isUsable(seal, fingerprint, deps.clock.now()),
    acknowledged: unacknowledged.length === 0,
  };
  if (!facts.acknowledged && signer.state !== 'WAITING') {
    const pages = unacknowledged.map(String);
    throw signingError('SIGN_PREVIEW_UNACKNOWLEDGED', { task: taskId, pages });
  }
  const state = nextState({ state: signer.state, event: 'prepare', facts });
  await updateSigner(tx, signer.id, { state, preparation_id: preparationId });
  return {
    preparation_id: preparationId,
    task_id: taskId,
    signer_id: signer.id,
    base_sha256: held.task.document_sha256,
    state: 'WAITING' as const,
    fields: '{}',
  };
}
