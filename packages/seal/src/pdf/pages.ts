import { sealError } from '../errors.ts';
import {
  isPdfArray,
  isPdfDict,
  isPdfRef,
  nameOf,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from './values.ts';
import type { PdfView } from './view.ts';

/** Lower left and upper right corner, in default user space units. */
export type PdfRect = readonly [left: number, bottom: number, right: number, top: number];

export type PdfPage = {
  /** From 0. */
  readonly index: number;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly mediaBox: PdfRect;
  /** The crop box as far as it lies inside the media box: what is shown. */
  readonly cropBox: PdfRect;
  /** Degrees clockwise: 0, 90, 180 or 270. */
  readonly rotate: number;
  /** Own or inherited; unresolved. */
  readonly resources: PdfValue;
};

const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;
type Inherited = ReadonlyMap<string, PdfValue>;

/** ISO 216 A4: what readers take when a page has no media box at all. */
const A4: PdfRect = [0, 0, 595, 842];

/** A rectangle with its corners in order (§7.9.5), or undefined when it is not four numbers. */
export function rectOf(view: PdfView, value: PdfValue | undefined): PdfRect | undefined {
  const array = view.resolve(value);
  if (!isPdfArray(array) || array.items.length !== 4) return undefined;
  const [a, b, c, d] = array.items.map((item) => view.resolve(item));
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') {
    return undefined;
  }
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** What two rectangles share; undefined when that is nothing. */
export function intersection(a: PdfRect, b: PdfRect): PdfRect | undefined {
  const shared: PdfRect = [
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
    Math.min(a[2], b[2]),
    Math.min(a[3], b[3]),
  ];
  return shared[0] < shared[2] && shared[1] < shared[3] ? shared : undefined;
}

function pageOf(
  view: PdfView,
  found: { index: number; ref: PdfRef; dict: PdfDict; inherited: Inherited },
): PdfPage {
  const { index, ref, dict, inherited } = found;
  const mediaBox = rectOf(view, inherited.get('MediaBox')) ?? A4;
  const crop = rectOf(view, inherited.get('CropBox')) ?? mediaBox;
  const turned = view.resolve(inherited.get('Rotate'));
  const rotate = typeof turned === 'number' && turned % 90 === 0 ? ((turned % 360) + 360) % 360 : 0;
  return {
    index,
    ref,
    dict,
    mediaBox,
    cropBox: intersection(crop, mediaBox) ?? mediaBox,
    rotate,
    resources: inherited.get('Resources') ?? null,
  };
}

/**
 * The pages in order (ISO 32000-2 §7.7.3), with what they inherit. A node that is reached twice, is not a dictionary or
 * lies too deep is refused. @throws PDF_STRUCTURE, PDF_LIMIT, PDF_*
 */
export function pagesOf(view: PdfView): readonly PdfPage[] {
  const pages: PdfPage[] = [];
  const seen = new Set<number>();
  const { limits } = view.budget;

  const walk = (node: PdfValue, above: Inherited, depth: number): void => {
    if (depth > limits.depth) throw sealError('PDF_LIMIT', { limit: 'depth' });
    if (!isPdfRef(node) || seen.has(node.num)) throw sealError('PDF_STRUCTURE', { of: 'page tree' });
    seen.add(node.num);
    const dict = view.resolve(node);
    if (!isPdfDict(dict)) throw sealError('PDF_STRUCTURE', { of: 'page tree' });
    const inherited = new Map(above);
    for (const key of INHERITED) {
      const own = dict.entries.get(key);
      if (own !== undefined && own !== null) inherited.set(key, own);
    }
    const kids = view.getArray(dict, 'Kids');
    const type = nameOf(view.get(dict, 'Type'));
    if (type !== 'Page' && kids !== undefined) {
      for (const kid of kids.items) walk(kid, inherited, depth + 1);
      return;
    }
    if (type === 'Pages') throw sealError('PDF_STRUCTURE', { of: 'page tree' });
    if (pages.length >= limits.pages) throw sealError('PDF_LIMIT', { limit: 'pages' });
    pages.push(pageOf(view, { index: pages.length, ref: node, dict, inherited }));
  };
  walk(view.root.entries.get('Pages') ?? null, new Map(), 0);
  return pages;
}
