import type { SignersForm } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import type { z } from 'zod';
import { withTransaction } from '../../../infra/database/database.ts';
import { actorOf, type By, type SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import { holdTask } from './access.ts';
import { inviteSigners } from './invite-signers.ts';
import { deleteSigners, insertSigners, updateTask } from './task-store.ts';

/** States that leave nothing behind which other signers would build upon. */
const UNTOUCHED = new Set(['WAITING', 'OPENED', 'PLACED']);

export type Naming = { readonly id: string; readonly form: z.output<typeof SignersForm>; readonly by: By };

/**
 * Who seals, and in which order. The sender's word alone, and only until somebody has begun to seal.
 * @throws SIGN_NOT_SENDER, SIGN_STATE, SIGN_STARTED, SIGN_STALE, SIGN_SIGNERS
 */
export async function nameSigners(deps: SigningDeps, { id, form, by }: Naming): Promise<void> {
  const { enterpriseId } = by.holder;
  const codes = form.signers.map(({ uscc }) => uscc);
  if (new Set(codes).size !== codes.length) throw signingError('SIGN_SIGNERS');
  await withTransaction(deps.database, async (tx) => {
    const { task, signers, isSender, uscc: own } = await holdTask(deps, tx, { id, enterpriseId });
    if (!isSender) throw signingError('SIGN_NOT_SENDER');
    if (task.state !== 'OPEN') throw signingError('SIGN_STATE');
    if (task.version !== form.version) throw signingError('SIGN_STALE');
    if (signers.some((signer) => !UNTOUCHED.has(signer.state) || signer.base_sha256 !== null)) {
      throw signingError('SIGN_STARTED');
    }
    const first = Math.min(...form.signers.map(({ order }) => order));
    await deleteSigners(tx, id);
    const wasTurn = new Set(signers.filter(({ state }) => state !== 'WAITING').map(({ uscc }) => uscc));
    await insertSigners(
      tx,
      form.signers.map(({ uscc, order }) => ({
        id: toBase64Url(deps.random(16)),
        task_id: id,
        uscc,
        place: order,
        state: order === first ? 'OPENED' : 'WAITING',
        placements: '[]',
      })),
    );
    // Who could seal before, and still can, has been told.
    const turns = form.signers.filter(({ uscc, order }) => order === first && !wasTurn.has(uscc));
    await inviteSigners(deps, tx, { task, signers: turns, by: own });
    await updateTask(tx, { id, at: new Date(deps.clock.now()) });
    await deps.audit.record(tx, {
      actor: actorOf(by),
      action: 'signing.name-signers',
      subject: { kind: 'document', id },
      before: { signers: signers.map(({ uscc, place }) => ({ uscc, order: place })) },
      after: { signers: form.signers },
      entity: enterpriseId,
      origin: by.from,
    });
  });
}
