import { preparedToJson, prepareSignature } from '@hufu/seal';
import { nodeStartDigest } from '@hufu/seal/node';
import { withTransaction } from '../../../infra/database/database.ts';
import type { Job } from '../../../infra/outbox/job.ts';
import type { SigningDeps } from '../deps.ts';
import { readDocument } from '../documents.ts';
import {
  itemsOf,
  lockPreparation,
  type PreparationRow,
  preparationById,
  setPreparationState,
  updateItem,
} from './preparation-store.ts';
import { type Failure, failureOf, releaseItem } from './release-item.ts';
import type { SealingJob, Trying } from './sealing-job.ts';
import { partsOf, signatureSpec, signingKey } from './signature-spec.ts';

/**
 * The work behind a preparation, document by document; each is kept as soon as it is done, so that a server that dies
 * goes on where it was.
 */
export async function prepareDocuments(deps: SigningDeps, { payload, attempt }: Job): Promise<void> {
  const { id } = payload as SealingJob;
  const preparation = await preparationById(deps.database.db, id);
  if (preparation?.state !== 'PREPARING') return;
  for (const item of await itemsOf(deps.database.db, id)) {
    if (item.state === 'WAITING') await prepareOne(deps, preparation, { item, attempt });
  }
  await withTransaction(deps.database, async (tx) => {
    const held = await lockPreparation(tx, id);
    if (held?.state !== 'PREPARING') return;
    const items = await itemsOf(tx, id);
    const state = items.some((item) => item.state === 'PREPARED') ? 'READY' : 'FAILED';
    await setPreparationState(tx, { id, state, at: new Date(deps.clock.now()) });
  });
}

async function prepareOne(
  deps: SigningDeps,
  preparation: PreparationRow,
  { item, attempt }: Trying,
): Promise<void> {
  let failure: Failure | undefined;
  let prepared: string | undefined;
  try {
    const parts = await partsOf(deps, item, preparation);
    const { certificate } = await signingKey(deps, preparation);
    const pdf = await readDocument(deps.attachments, item.base_sha256);
    const spec = await signatureSpec(deps, parts, certificate);
    prepared = JSON.stringify(preparedToJson(prepareSignature(pdf, spec, nodeStartDigest)));
  } catch (error) {
    failure = failureOf(error, attempt);
  }
  await withTransaction(deps.database, async (tx) => {
    if (failure !== undefined) await releaseItem(tx, item, failure);
    else await updateItem(tx, item, { state: 'PREPARED', prepared: prepared! });
  });
}
