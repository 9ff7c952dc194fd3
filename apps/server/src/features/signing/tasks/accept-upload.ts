import { equalBytes, toHex } from '@hufu/kernel';
import type { ValidationReport } from '@hufu/seal';
import { withTransaction } from '../../../infra/database/database.ts';
import { actorOf, type By, type SigningDeps } from '../deps.ts';
import { keepDocument, readDocument } from '../documents.ts';
import { SIGNER_IN_ORDER } from '../domain/signer-states.ts';
import { signingError } from '../errors.ts';
import { isSealing } from '../sealing/preparation-store.ts';
import { registerFindings } from '../verification/find-seals.ts';
import { isValid, validateDocument } from '../verification/validate-document.ts';
import { holdTask, nextState, ownPart, reachTask } from './access.ts';
import { finishPart } from './finish-part.ts';
import { addVersion } from './task-store.ts';

export type Uploaded = { readonly id: string; readonly bytes: Uint8Array; readonly by: By };

const startsWith = (bytes: Uint8Array, prefix: Uint8Array): boolean =>
  bytes.length >= prefix.length && equalBytes(bytes.subarray(0, prefix.length), prefix);

type Judging = {
  readonly bytes: Uint8Array;
  /** The document before this signer's seal: every earlier seal is in it. */
  readonly base: Uint8Array;
  /** Fingerprints (SHA-256, hexadecimal) of the enterprise's bound certificates. */
  readonly own: ReadonlySet<string>;
};

/**
 * SIGN-010: accepted only when it verifies, was sealed with the entity's own certificate, and is this document: its
 * bytes go on from those that were given out.
 * @throws SIGN_FILE_UNSIGNED, SIGN_FILE_ALTERED, SIGN_FILE_FOREIGN, SIGN_FILE_OTHER_DOCUMENT, SIGN_FILE_INDETERMINATE
 */
function judgeUpload(report: ValidationReport, { bytes, base, own }: Judging): void {
  const { headline, signatures } = report;
  const isSame = startsWith(bytes, base);
  const added = signatures.filter(
    ({ kind, coverage }) =>
      kind !== 'time-stamp' && (!isSame || (coverage?.length ?? Infinity) > base.length),
  );
  if (headline === 'UNSIGNED' || added.length === 0) throw signingError('SIGN_FILE_UNSIGNED');
  if (report.verdict.status === 'invalid') throw signingError('SIGN_FILE_ALTERED', { headline });
  const foreign = added.some(({ signer }) => signer === undefined || !own.has(signer.sha256));
  if (foreign) throw signingError('SIGN_FILE_FOREIGN');
  if (!isSame) throw signingError('SIGN_FILE_OTHER_DOCUMENT');
  if (!isValid(report)) throw signingError('SIGN_FILE_INDETERMINATE', { headline });
}

/**
 * A seal in a file does not know that it was frozen or revoked; the register does. Seals of earlier signers were asked
 * about when they were made. @throws SIGN_SEAL_NOT_USABLE
 */
async function mustBeInForce(
  deps: SigningDeps,
  report: ValidationReport,
  { bytes, base }: Judging,
): Promise<void> {
  const findings = await registerFindings(deps, bytes, report);
  const added = report.signatures.filter(({ coverage }) => (coverage?.length ?? Infinity) > base.length);
  if (added.some(({ id }) => findings.get(id)?.reason !== undefined))
    throw signingError('SIGN_SEAL_NOT_USABLE');
}

/** 上传附件: the sealed file comes back, from here or from elsewhere. Uploading it again changes nothing. */
export async function acceptUpload(deps: SigningDeps, { id, bytes, by }: Uploaded): Promise<void> {
  const { enterpriseId } = by.holder;
  const { db } = deps.database;
  const reached = await reachTask(deps, { id, enterpriseId });
  const { mine } = reached;
  const digest = toHex(deps.engine.digest('sha256', bytes));
  if (mine?.state === 'FINISHED' && mine.sealed_sha256 === digest) return;
  const part = ownPart(reached);
  nextState({ state: part.state, event: 'accept', facts: SIGNER_IN_ORDER });
  const baseSha256 = part.base_sha256 ?? reached.task.document_sha256;
  const keys = await deps.records.boundKeys(db, enterpriseId);
  const report = await validateDocument(deps, bytes);
  const judging: Judging = {
    bytes,
    base: await readDocument(deps.attachments, baseSha256),
    own: new Set(keys.map(({ fingerprint }) => fingerprint)),
  };
  judgeUpload(report, judging);
  await mustBeInForce(deps, report, judging);
  const stored = await keepDocument(deps.attachments, [bytes]);
  await withTransaction(deps.database, async (tx) => {
    const held = await holdTask(deps, tx, { id, enterpriseId });
    const signer = ownPart(held);
    const facts = { ...SIGNER_IN_ORDER, sealing: await isSealing(tx, signer) };
    const state = nextState({ state: signer.state, event: 'accept', facts });
    const { task } = held;
    const isOwnSeal = stored.sha256 === signer.sealed_sha256;
    // Others of the same place may have sealed meanwhile: their seals must not be lost.
    const expected = signer.state === 'SEALED' ? signer.sealed_sha256 : baseSha256;
    if (!isOwnSeal && task.document_sha256 !== expected) throw signingError('SIGN_STALE');
    if (!isOwnSeal) {
      const { sm3, size } = stored;
      const at = new Date(deps.clock.now());
      const origin = 'UPLOADED';
      await addVersion(tx, {
        task_id: id,
        sha256: stored.sha256,
        sm3,
        size,
        origin,
        signer_id: signer.id,
        at,
      });
    }
    const taskState = await finishPart(deps, tx, {
      task,
      signer: { ...signer, base_sha256: baseSha256 },
      sealed: stored.sha256,
      document: isOwnSeal ? task.document_sha256 : stored.sha256,
      headline: report.headline,
    });
    await deps.audit.record(tx, {
      actor: actorOf(by),
      action: 'signing.upload',
      subject: { kind: 'document', id },
      before: { state: signer.state },
      after: { state, task: taskState, sha256: stored.sha256, verdict: report.headline },
      entity: enterpriseId,
      origin: by.from,
    });
  });
}
