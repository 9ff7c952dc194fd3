import type { PlacementForm } from '@hufu/contracts';
import { geometryOf, openPdf, pagesOf } from '@hufu/seal';
import type { z } from 'zod';
import { withTransaction } from '../../../infra/database/database.ts';
import { actorOf, type By, type SigningDeps } from '../deps.ts';
import { readDocument } from '../documents.ts';
import { checkPlacements, placementsOf } from '../domain/placements.ts';
import { SIGNER_IN_ORDER } from '../domain/signer-states.ts';
import { signingError } from '../errors.ts';
import { isSealing } from '../sealing/preparation-store.ts';
import { sealById } from '../seals/seal-store.ts';
import { isUsable } from '../seals/views.ts';
import { holdTask, nextState, ownPart, reachTask } from './access.ts';
import { updateSigner, updateTask } from './task-store.ts';

export type Placing = { readonly id: string; readonly form: z.output<typeof PlacementForm>; readonly by: By };

/**
 * Seal and places (SIGN-003, SIGN-005). Placing again voids what was prepared for the former places.
 * @throws SIGN_NOT_SIGNER, SIGN_NOT_YOUR_TURN, SIGN_BUSY, SIGN_STALE, SIGN_SEAL_NOT_USABLE, SEALING_*
 */
export async function placeSeal(deps: SigningDeps, { id, form, by }: Placing): Promise<void> {
  const { enterpriseId, fingerprint } = by.holder;
  const reached = await reachTask(deps, { id, enterpriseId });
  ownPart(reached);
  const seal = await sealById(deps.database.db, form.sealId);
  const own = seal?.enterprise_id === enterpriseId ? seal : undefined;
  const usable = own !== undefined && isUsable(own, fingerprint, deps.clock.now());
  if (own === undefined) throw signingError('SIGN_SEAL_NOT_USABLE');
  const { latest } = openPdf(await readDocument(deps.attachments, reached.task.document_sha256));
  const pages = pagesOf(latest).map((page) => geometryOf(latest, page));
  const size = { width: own.width_mm, height: own.height_mm };
  checkPlacements(placementsOf(form.placements, pages.length), size, pages);
  await withTransaction(deps.database, async (tx) => {
    const held = await holdTask(deps, tx, { id, enterpriseId });
    const signer = ownPart(held);
    if (held.task.version !== form.version) throw signingError('SIGN_STALE');
    const facts = { ...SIGNER_IN_ORDER, sealUsable: usable, sealing: await isSealing(tx, signer) };
    const state = nextState({ state: signer.state, event: 'place', facts });
    await updateSigner(tx, signer.id, {
      state,
      seal_id: own.id,
      placements: JSON.stringify(form.placements),
      caption: form.caption,
      preparation_id: null,
    });
    await updateTask(tx, { id, at: new Date(deps.clock.now()) });
    await deps.audit.record(tx, {
      actor: actorOf(by),
      action: 'signing.place',
      subject: { kind: 'document', id },
      before: { state: signer.state },
      after: { state, seal: own.number, placements: form.placements },
      entity: enterpriseId,
      origin: by.from,
    });
  });
}
