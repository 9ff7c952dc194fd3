import { parentPort, workerData } from 'node:worker_threads';
import { writePng } from '@hufu/seal';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { PageDifference, RenderedPage } from './page-renderer.ts';

export type RenderJob =
  | {
      readonly kind: 'pages';
      readonly pdf: Uint8Array;
      readonly pages: readonly number[];
      /** Pixels. */
      readonly width: number;
    }
  | {
      readonly kind: 'differences';
      readonly pdf: Uint8Array;
      /** Length in bytes of the two revisions. */
      readonly before: number;
      readonly after: number;
      /** Pages that are compared, and pictures that are made. */
      readonly most: number;
    };

export type RenderOrder = {
  readonly job: RenderJob;
  /** What the engine may take at most. */
  readonly memoryBytes: number;
};

export type RenderAnswer =
  | { readonly kind: 'pages'; readonly pages: RenderedPage[] }
  | { readonly kind: 'differences'; readonly pages: PageDifference[] };

type Library = Awaited<ReturnType<typeof PDFiumLibrary.init>>;
type Document = Awaited<ReturnType<Library['loadDocument']>>;
type Bitmap = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** A page may be a mile long: so many pixels are drawn of one, whatever its size. */
const MOST_PIXELS = 12_000_000;
/** Difference of one channel below which two renderings of the same thing are the same. */
const NOISE = 24;
const COMPARED_WIDTH = 700;
const VERMILION = [0xc2, 0x3a, 0x2b, 0xff] as const;

async function draw(document: Document, index: number, width: number): Promise<Bitmap> {
  const page = document.getPage(index);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const wanted = width / Math.max(1, originalWidth);
  const most = Math.sqrt(MOST_PIXELS / Math.max(1, originalWidth * originalHeight));
  const image = await page.render({
    scale: Math.min(wanted, most),
    render: 'bitmap',
    renderFormFields: true,
  });
  return image;
}

/** Opaque RGBA: the renderer has drawn on white. */
function png({ width, height, data }: Bitmap): Uint8Array {
  return writePng({ width, height, rgba: data });
}

async function open(library: Library, bytes: Uint8Array): Promise<Document> {
  const document = await library.loadDocument(bytes);
  // Seals are the appearance of signature fields, which are drawn as parts of the form.
  document.initializeFormFields();
  return document;
}

type PagesJob = Extract<RenderJob, { kind: 'pages' }>;

async function drawPages(library: Library, { pdf, pages, width }: PagesJob): Promise<RenderedPage[]> {
  const document = await open(library, pdf);
  const drawn: RenderedPage[] = [];
  for (const page of pages) {
    const bitmap = await draw(document, page, width);
    drawn.push({ page, width: bitmap.width, height: bitmap.height, png: png(bitmap) });
  }
  return drawn;
}

/** What changed, marked on a pale copy of the later page. */
function compare(before: Bitmap, after: Bitmap): { readonly changed: number; readonly marked: Bitmap } {
  const data = new Uint8Array(after.data.length);
  const same = before.width === after.width && before.height === after.height;
  let changed = 0;
  for (let at = 0; at < after.data.length; at += 4) {
    const differs =
      !same || [0, 1, 2].some((k) => Math.abs(after.data[at + k]! - before.data[at + k]!) > NOISE);
    if (differs) changed += 1;
    for (const k of [0, 1, 2, 3] as const) {
      const pale = k === 3 ? 255 : 255 - ((255 - after.data[at + k]!) >> 2);
      data[at + k] = differs ? VERMILION[k] : pale;
    }
  }
  return { changed, marked: { width: after.width, height: after.height, data } };
}

type DifferencesJob = Extract<RenderJob, { kind: 'differences' }>;

async function comparePages(library: Library, job: DifferencesJob): Promise<PageDifference[]> {
  const [before, after] = [
    await open(library, job.pdf.slice(0, job.before)),
    await open(library, job.pdf.slice(0, job.after)),
  ];
  const count = Math.min(job.most, after.getPageCount());
  const found: PageDifference[] = [];
  for (let page = 0; page < count; page += 1) {
    const late = await draw(after, page, COMPARED_WIDTH);
    const early =
      page < before.getPageCount()
        ? await draw(before, page, COMPARED_WIDTH)
        : { width: 0, height: 0, data: new Uint8Array() };
    const { changed, marked } = compare(early, late);
    const pixels = late.width * late.height;
    if (changed > 0) found.push({ page, changedPixels: changed, pixels, png: png(marked) });
  }
  return found;
}

const WASM_PAGE = 65_536;

type EngineMemory = {
  readonly buffer: ArrayBuffer;
  grow(this: EngineMemory, pages: number): number;
};

/**
 * The limits of a thread do not count what WebAssembly takes. The thread ends instead of telling the engine that there is
 * no more: an engine short of memory leaves things out of a page.
 */
function limitMemory(most: number): void {
  // Node's types do not name it.
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { Memory: { prototype: EngineMemory } } };
  const { prototype } = WebAssembly.Memory;
  const grow = prototype.grow;
  prototype.grow = function (this: EngineMemory, pages: number): number {
    if (this.buffer.byteLength + pages * WASM_PAGE > most) process.exit(1);
    return grow.call(this, pages);
  };
}

async function work(job: RenderJob): Promise<RenderAnswer> {
  const library = await PDFiumLibrary.init();
  return job.kind === 'pages'
    ? { kind: 'pages', pages: await drawPages(library, job) }
    : { kind: 'differences', pages: await comparePages(library, job) };
}

const { job, memoryBytes } = workerData as RenderOrder;
limitMemory(memoryBytes);
parentPort!.postMessage(await work(job));
