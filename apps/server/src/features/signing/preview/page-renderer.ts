import { Worker } from 'node:worker_threads';
import { signingError } from '../errors.ts';
import type { RenderAnswer, RenderJob, RenderOrder } from './pdfium.worker.ts';

/** One page as an image. */
export type RenderedPage = {
  /** From 0. */
  readonly page: number;
  readonly width: number;
  readonly height: number;
  /** PNG. */
  readonly png: Uint8Array;
};

export type PageDifference = {
  readonly page: number;
  readonly changedPixels: number;
  readonly pixels: number;
  /** PNG of the later page with what changed in vermilion; undefined past the limit of pictures. */
  readonly png: Uint8Array | undefined;
};

/** Draws pages of PDFs, in a thread of its own for each file: whatever a file does there, it ends in time and memory. */
export type PageRenderer = {
  /** @throws SIGN_PREVIEW_FAILED */
  pages(
    pdf: Uint8Array,
    wanted: { readonly pages: readonly number[]; readonly width: number },
  ): Promise<RenderedPage[]>;
  /** Pages that look different in the later of two revisions of one file. @throws SIGN_PREVIEW_FAILED */
  differences(
    pdf: Uint8Array,
    revisions: { readonly before: number; readonly after: number; readonly most: number },
  ): Promise<PageDifference[]>;
};

export type RendererOptions = {
  /** The thread's program; by default the one that the build lays beside the server's bundle. */
  readonly program?: URL | undefined;
  /** Milliseconds for one file. */
  readonly timeoutMs?: number;
  /** Memory that the engine may take for one file; beyond it the file cannot be shown. Default 512 MiB. */
  readonly memoryBytes?: number;
  readonly parallel?: number;
};

const TIMEOUT_MS = 15_000;
const HEAP_MB = 256;
const MEMORY_BYTES = 512 * 1024 * 1024;
const PARALLEL = 2;

export function createPageRenderer(options: RendererOptions = {}): PageRenderer {
  const { timeoutMs = TIMEOUT_MS, memoryBytes = MEMORY_BYTES, parallel = PARALLEL } = options;
  const program = options.program ?? new URL('./pdfium.worker.js', import.meta.url);
  const turn = turns(parallel);

  const run = (job: RenderJob): Promise<RenderAnswer> =>
    turn(async () => {
      const worker = new Worker(program, {
        workerData: { job, memoryBytes } satisfies RenderOrder,
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      });
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise<RenderAnswer>((resolve, reject) => {
          timer = setTimeout(() => reject(new Error('timeout')), timeoutMs);
          worker.once('message', resolve);
          worker.once('error', reject);
          worker.once('exit', () => reject(new Error('the thread ended')));
        });
      } catch (cause) {
        throw signingError('SIGN_PREVIEW_FAILED', {}, cause);
      } finally {
        clearTimeout(timer);
        await worker.terminate();
      }
    });

  return {
    async pages(pdf, { pages, width }) {
      const answer = await run({ kind: 'pages', pdf, pages: [...pages], width });
      return answer.kind === 'pages' ? answer.pages : [];
    },
    async differences(pdf, { before, after, most }) {
      const answer = await run({ kind: 'differences', pdf, before, after, most });
      return answer.kind === 'differences' ? answer.pages : [];
    },
  };
}

/** So many at a time, the others in the order in which they came. */
function turns(parallel: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= parallel) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
