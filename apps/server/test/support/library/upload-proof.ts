import type { LibraryFile, ProofFile } from '@hufu/contracts';
import type { z } from 'zod';
import type { Browser } from '../hub/browser.ts';
import { png } from './sample-files.ts';

/** A file of the entity's own, as a form names it. */
export async function uploadProof(browser: Browser): Promise<z.input<typeof ProofFile>> {
  const form = new FormData();
  form.set('file', new Blob([png().slice()]), '离职证明.png');
  const { status, body } = await browser.call<LibraryFile>('/api/v1/library/files', { body: form });
  if (status !== 201) throw new Error(`upload failed: ${JSON.stringify(body)}`);
  const { sha256, name, size, mediaType } = body;
  return { sha256, name, size, mediaType };
}
