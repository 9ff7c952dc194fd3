import type { TaskForm } from '@hufu/contracts';
import { equalBytes, toBase64Url, utf8 } from '@hufu/kernel';
import { openPdf, pagesOf } from '@hufu/seal';
import type { z } from 'zod';
import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { ReceivedFile } from '../../../infra/http/receive-file.ts';
import { actorOf, type By, type SigningDeps } from '../deps.ts';
import { keepDocument } from '../documents.ts';
import { signingError } from '../errors.ts';
import { previewOf } from '../preview/document-preview.ts';
import { validateDocument } from '../verification/validate-document.ts';
import { addVersion, insertSigners, insertTask } from './task-store.ts';

/** Somebody who brings a document for an enterprise to seal, without its key: a platform. */
export type Bringer = {
  readonly enterpriseId: string;
  readonly actor: AuditActor;
  readonly from: AuditOrigin;
};

export type Opening = {
  readonly file: ReceivedFile;
  readonly form: z.output<typeof TaskForm>;
  readonly by: By | Bringer;
};

const UNTITLED = '未命名文件';

/** How a PDF begins (ISO 32000-2 §7.5.2): type is judged by content (OD-37). */
const PDF_HEAD = utf8('%PDF-');
const isPdf = (bytes: Uint8Array): boolean => equalBytes(bytes.subarray(0, PDF_HEAD.length), PDF_HEAD);

/**
 * A document comes in (SM-SIGN: UNSIGNED). One that is encrypted, broken or already carries an invalid signature is
 * refused at once, not after somebody has entered a PIN.
 * @throws SIGN_NOT_PDF, SEALING_ENCRYPTED, SIGN_ALREADY_INVALID, PDF_*
 * @returns the task's id
 */
export async function openTask(deps: SigningDeps, { file, form, by }: Opening): Promise<string> {
  const { bytes, name } = file;
  if (!isPdf(bytes)) throw signingError('SIGN_NOT_PDF');
  const pdf = openPdf(bytes);
  if (pdf.encrypted) throw signingError('SEALING_ENCRYPTED');
  const pages = pagesOf(pdf.latest).length;
  if (pages === 0) throw signingError('SEALING_PAGE', { pages });
  const { headline } = await validateDocument(deps, bytes);
  if (headline === 'INVALID' || headline === 'INVALID_CHANGED') throw signingError('SIGN_ALREADY_INVALID');
  const stored = await keepDocument(deps.attachments, [bytes]);
  await previewOf(deps, { sha256: stored.sha256, bytes });
  const brought = 'actor' in by ? { ...by, fingerprint: null } : { ...by.holder, actor: actorOf(by) };
  const { enterpriseId, fingerprint, actor } = brought;
  const id = toBase64Url(deps.random(16));
  const at = new Date(deps.clock.now());
  await withTransaction(deps.database, async (tx) => {
    const enterprise = await deps.records.byId(tx, enterpriseId);
    if (enterprise === undefined) throw signingError('SIGN_UNKNOWN');
    const title = form.title ?? (name.replace(/\.pdf$/i, '') || UNTITLED);
    await insertTask(tx, {
      id,
      enterprise_id: enterpriseId,
      title,
      file_name: name || `${UNTITLED}.pdf`,
      template_code: form.template ?? null,
      template_version: form.template === undefined ? null : (form.templateVersion ?? ''),
      state: 'OPEN',
      pages,
      document_sha256: stored.sha256,
      headline: headline === 'UNSIGNED' ? null : headline,
      created_with: fingerprint,
      created_at: at,
      updated_at: at,
    });
    const { sha256, sm3, size } = stored;
    await addVersion(tx, { task_id: id, sha256, sm3, size, origin: 'OPENED', signer_id: null, at });
    await insertSigners(tx, [
      {
        id: toBase64Url(deps.random(16)),
        task_id: id,
        uscc: enterprise.uscc,
        place: 1,
        state: 'OPENED',
        placements: '[]',
      },
    ]);
    await deps.audit.record(tx, {
      actor,
      action: 'signing.open',
      subject: { kind: 'document', id },
      after: { state: 'OPENED', sha256, sm3, pages, template: form.template ?? null },
      entity: enterpriseId,
      origin: by.from,
    });
  });
  return id;
}
