import { openPdf } from '@hufu/seal';
import { withTransaction } from '../../../infra/database/database.ts';
import type { SigningDeps } from '../deps.ts';
import { readDocument } from '../documents.ts';
import { signingError } from '../errors.ts';
import { type PreviewedPage, signingTables } from '../tables.ts';
import { inspectPages } from './inspect-pages.ts';

type Content = { readonly sha256: string; readonly bytes?: Uint8Array };

/** What of each page can be shown faithfully: looked at once for a content, then remembered. */
export async function previewOf(
  deps: SigningDeps,
  { sha256, bytes }: Content,
): Promise<readonly PreviewedPage[]> {
  const known = await signingTables(deps.database.db)
    .selectFrom('signing_preview')
    .select('pages')
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  if (known !== undefined) return known.pages;
  const pages = inspectPages(openPdf(bytes ?? (await readDocument(deps.attachments, sha256))).latest);
  await keepPreview(deps, sha256, pages);
  return pages;
}

async function keepPreview(
  deps: SigningDeps,
  sha256: string,
  pages: readonly PreviewedPage[],
): Promise<void> {
  const at = new Date(deps.clock.now());
  const text = JSON.stringify(pages);
  await withTransaction(deps.database, async (tx) => {
    await signingTables(tx)
      .insertInto('signing_preview')
      .values({ sha256, pages: text, at })
      .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ pages: text, at }))
      .execute();
  });
}

/** A page that the renderer gives up on cannot be vouched for any more. */
async function noteFailure(deps: SigningDeps, sha256: string, page: number): Promise<void> {
  const pages = await previewOf(deps, { sha256 });
  const failed = pages.map((one, i) =>
    i !== page || one.problems.includes('RENDER_FAILED')
      ? one
      : { ...one, problems: [...one.problems, 'RENDER_FAILED' as const] },
  );
  await keepPreview(deps, sha256, failed);
}

export type PageAsked = {
  readonly sha256: string;
  /** From 0. */
  readonly page: number;
  readonly width: number;
};

/** PNG of one page. @throws SEALING_PAGE, SIGN_PREVIEW_FAILED */
export async function pageImage(deps: SigningDeps, { sha256, page, width }: PageAsked): Promise<Uint8Array> {
  const pages = await previewOf(deps, { sha256 });
  if (pages[page] === undefined) throw signingError('SEALING_PAGE', { pages: pages.length });
  const pdf = await readDocument(deps.attachments, sha256);
  try {
    const [drawn] = await deps.renderer.pages(pdf, { pages: [page], width });
    if (drawn === undefined) throw signingError('SIGN_PREVIEW_FAILED');
    return drawn.png;
  } catch (error) {
    await noteFailure(deps, sha256, page);
    throw error;
  }
}
