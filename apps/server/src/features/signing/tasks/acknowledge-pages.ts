import type { AcknowledgementForm } from '@hufu/contracts';
import type { z } from 'zod';
import { type Executor, withTransaction } from '../../../infra/database/database.ts';
import { actorOf, type By, type SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import { previewOf } from '../preview/document-preview.ts';
import { signingTables } from '../tables.ts';
import { holdTask, ownPart, reachTask } from './access.ts';
import type { SignerRow, TaskRow } from './task-store.ts';

export type Acknowledging = {
  readonly id: string;
  readonly form: z.output<typeof AcknowledgementForm>;
  readonly by: By;
};

/** Pages (from 1) that this signer has acknowledged of this content. */
export async function acknowledgedPages(
  executor: Executor,
  signerId: string,
  sha256: string,
): Promise<ReadonlySet<number>> {
  const rows = await signingTables(executor)
    .selectFrom('signing_acknowledgement')
    .select('page')
    .where('signer_id', '=', signerId)
    .where('sha256', '=', sha256)
    .execute();
  return new Set(rows.map(({ page }) => page));
}

/** Pages that cannot be shown faithfully and were not acknowledged: with any, nothing is sealed. */
export async function unacknowledgedPages(
  deps: SigningDeps,
  { document_sha256: sha256 }: TaskRow,
  signer: SignerRow,
): Promise<number[]> {
  const pages = await previewOf(deps, { sha256 });
  const doubtful = pages.flatMap(({ problems }, i) => (problems.length > 0 ? [i + 1] : []));
  if (doubtful.length === 0) return [];
  const known = await acknowledgedPages(deps.database.db, signer.id, sha256);
  return doubtful.filter((page) => !known.has(page));
}

/**
 * The holder's word, page by page, that the seal goes onto what was shown with a warning.
 * @throws SIGN_NOT_SIGNER, SIGN_STATE, SIGN_STALE when the document is another one meanwhile
 */
export async function acknowledgePages(deps: SigningDeps, { id, form, by }: Acknowledging): Promise<void> {
  const { enterpriseId, fingerprint } = by.holder;
  const { task: seen } = await reachTask(deps, { id, enterpriseId });
  if (seen.document_sha256 !== form.sha256) throw signingError('SIGN_STALE');
  const pages = await previewOf(deps, { sha256: form.sha256 });
  const doubtful = [...new Set(form.pages)].flatMap((page) => {
    const problems = pages[page - 1]?.problems ?? [];
    return problems.length === 0 ? [] : [{ page, problems }];
  });
  await withTransaction(deps.database, async (tx) => {
    const held = await holdTask(deps, tx, { id, enterpriseId });
    const signer = ownPart(held);
    if (held.task.document_sha256 !== form.sha256) throw signingError('SIGN_STALE');
    if (doubtful.length === 0) return;
    const at = new Date(deps.clock.now());
    await signingTables(tx)
      .insertInto('signing_acknowledgement')
      .values(
        doubtful.map(({ page, problems }) => ({
          signer_id: signer.id,
          sha256: form.sha256,
          page,
          problems: JSON.stringify(problems),
          fingerprint,
          at,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await deps.audit.record(tx, {
      actor: actorOf(by),
      action: 'signing.acknowledge',
      subject: { kind: 'document', id },
      after: { sha256: form.sha256, pages: doubtful },
      entity: enterpriseId,
      origin: by.from,
    });
  });
}
