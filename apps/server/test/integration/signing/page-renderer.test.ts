import { beforeAll, expect, test } from 'vitest';
import { createPageRenderer } from '../../../src/features/signing/preview/page-renderer.ts';
import { bundle } from '../../support/bundle.ts';
import { plainPdf } from '../../support/signing/pdf.ts';

const MIB = 1024 * 1024;

let program: URL;
let pdf: Uint8Array;
beforeAll(async () => {
  program = await bundle('src/features/signing/preview/pdfium.worker.ts');
  pdf = await plainPdf();
});

test('OD-37 a page a mile long, and any file that needs more memory than it may have, is not shown; the next one is', async () => {
  const source = Buffer.from(pdf).toString('latin1');
  expect(source).toContain('595.28 841.89');
  const hostile = new Uint8Array(Buffer.from(source.replaceAll('595.28 841.89', '14.400 999999'), 'latin1'));
  const renderer = createPageRenderer({ program, memoryBytes: 40 * MIB, timeoutMs: 60_000, parallel: 1 });
  const at = (file: Uint8Array, width: number) => renderer.pages(file, { pages: [0], width });
  // Some 12 million pixels of four bytes, each.
  for (const drawing of [at(hostile, 1_000), at(pdf, 2_900)])
    await expect(drawing).rejects.toMatchObject({
      code: 'SIGN_PREVIEW_FAILED',
      cause: { message: 'the thread ended' },
    });
  expect((await at(pdf, 200))[0]!.width).toBeCloseTo(200, -1);
});
