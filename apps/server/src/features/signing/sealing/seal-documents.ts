import type { Certificate } from '@hufu/pki';
import { addValidationData, completeSignature, preparedFromJson, type ValidationReport } from '@hufu/seal';
import { withTransaction } from '../../../infra/database/database.ts';
import type { Job } from '../../../infra/outbox/job.ts';
import type { SigningDeps } from '../deps.ts';
import { keepDocument, readDocument } from '../documents.ts';
import { SIGNER_IN_ORDER } from '../domain/signer-states.ts';
import { signingError } from '../errors.ts';
import { nextState } from '../tasks/access.ts';
import { addVersion, lockTask, signerById, updateSigner, updateTask } from '../tasks/task-store.ts';
import { isValid, validateDocument } from '../verification/validate-document.ts';
import {
  type ItemRow,
  itemsOf,
  lockPreparation,
  type PreparationRow,
  preparationById,
  setPreparationState,
  updateItem,
} from './preparation-store.ts';
import { type Failure, failureOf, releaseItem } from './release-item.ts';
import type { SealingJob, Trying } from './sealing-job.ts';
import { partsOf, signingKey } from './signature-spec.ts';

/**
 * Second phase: puts the signatures into their documents, verifies each and stores it. One document after the other,
 * each in a transaction of its own: a server that dies goes on with the next one, and none is sealed twice.
 */
export async function sealDocuments(deps: SigningDeps, { payload, attempt }: Job): Promise<void> {
  const { id } = payload as SealingJob;
  const preparation = await preparationById(deps.database.db, id);
  if (preparation?.state !== 'SEALING') return;
  for (const item of await itemsOf(deps.database.db, id)) {
    if (item.state === 'SIGNED') await sealOne(deps, preparation, { item, attempt });
  }
  await withTransaction(deps.database, async (tx) => {
    const held = await lockPreparation(tx, id);
    if (held?.state !== 'SEALING') return;
    const items = await itemsOf(tx, id);
    const state = items.some((item) => item.state === 'SEALED') ? 'DONE' : 'FAILED';
    await setPreparationState(tx, { id, state, at: new Date(deps.clock.now()) });
  });
}

async function sealOne(
  deps: SigningDeps,
  preparation: PreparationRow,
  { item, attempt }: Trying,
): Promise<void> {
  try {
    await partsOf(deps, item, preparation);
    const sealed = await sealedDocument(deps, preparation, item);
    await keepSealed(deps, { preparation, item, ...sealed });
  } catch (error) {
    const failure: Failure = failureOf(error, attempt);
    await withTransaction(deps.database, (tx) => releaseItem(tx, item, failure));
  }
}

type Sealed = { readonly bytes: Uint8Array; readonly report: ValidationReport };

/** @throws SIGN_NOT_VERIFIED, SEALING_*: nothing that would not be called valid is stored */
async function sealedDocument(
  deps: SigningDeps,
  preparation: PreparationRow,
  item: ItemRow,
): Promise<Sealed> {
  const { certificate } = await signingKey(deps, preparation);
  const base = await readDocument(deps.attachments, item.base_sha256);
  const signature = new Uint8Array(item.signature!);
  const timeStampToken = await deps.timeStamper?.stamp(signature);
  const value = { signature, ...(timeStampToken && { timeStampToken }) };
  const tail = await completeSignature(preparedFromJson(item.prepared), value, deps.engine);
  const signed = joined([base, tail]);
  const evidence = timeStampToken && (await longTermEvidence(deps, signed, certificate));
  const bytes = evidence ? joined([signed, evidence]) : signed;
  const report = await validateDocument(deps, bytes);
  if (!isValid(report)) throw signingError('SIGN_NOT_VERIFIED', { headline: report.headline });
  return { bytes, report };
}

/** PAdES B-LT (ETSI EN 319 142-1 §5.5): what is known of the signer's standing goes into the document. */
async function longTermEvidence(
  deps: SigningDeps,
  signed: Uint8Array,
  certificate: Certificate,
): Promise<Uint8Array | undefined> {
  const { certificates, crls } = await deps.trust.evidence(certificate);
  if (crls.length === 0) return undefined;
  return addValidationData(signed, {
    certificates: [certificate.der, ...certificates],
    crls,
    ocspResponses: [],
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = Buffer.concat(parts);
  return new Uint8Array(all.buffer, all.byteOffset, all.length);
}

type Keeping = Sealed & { readonly preparation: PreparationRow; readonly item: ItemRow };

async function keepSealed(deps: SigningDeps, { preparation, item, bytes, report }: Keeping): Promise<void> {
  const { sha256, sm3, size } = await keepDocument(deps.attachments, [bytes]);
  const { enterprise_id: enterpriseId, fingerprint } = preparation;
  await withTransaction(deps.database, async (tx) => {
    const task = await lockTask(tx, item.task_id);
    const signer = await signerById(tx, item.signer_id);
    const isOurs = signer?.state === 'PREPARED' && signer.preparation_id === item.preparation_id;
    if (task?.document_sha256 !== item.base_sha256 || !isOurs) throw signingError('SIGN_STALE');
    if (task.state !== 'OPEN') throw signingError('SIGN_STATE');
    const state = nextState({ state: signer.state, event: 'seal', facts: SIGNER_IN_ORDER });
    const at = new Date(deps.clock.now());
    await addVersion(tx, {
      task_id: task.id,
      sha256,
      sm3,
      size,
      origin: 'SEALED',
      signer_id: signer.id,
      at,
    });
    await updateSigner(tx, signer.id, {
      state,
      preparation_id: null,
      base_sha256: item.base_sha256,
      sealed_sha256: sha256,
      sealed_at: at,
    });
    const { headline } = report;
    await updateTask(tx, { id: task.id, at, change: { document_sha256: sha256, headline } });
    await updateItem(tx, item, { state: 'SEALED', prepared: null });
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id: enterpriseId },
      action: 'signing.seal',
      subject: { kind: 'document', id: task.id },
      before: { state: signer.state, sha256: item.base_sha256 },
      after: {
        state,
        sha256,
        sm3,
        certificate: fingerprint,
        verdict: headline,
        level: report.signatures.at(-1)?.level ?? null,
      },
      entity: enterpriseId,
    });
  });
}
