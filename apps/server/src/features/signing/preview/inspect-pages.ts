import type { PreviewProblem } from '@hufu/contracts';
import {
  dictOf,
  geometryOf,
  isPdfDict,
  isPdfRef,
  isPdfStream,
  nameOf,
  type PdfDict,
  type PdfPage,
  type PdfView,
  pagesOf,
  shownSize,
} from '@hufu/seal';
import type { PreviewedPage } from '../tables.ts';

/** The standard fonts that every renderer brings along (ISO 32000-1 §9.6.2.2). */
const STANDARD_FONT =
  /^(?:[A-Z]{6}\+)?(?:Helvetica|Times|Courier|Arial|TimesNewRoman|CourierNew|Symbol|ZapfDingbats)/;
/** Annotations that show what no still picture can (ISO 32000-2 §12.5.6). */
const MULTIMEDIA = new Set(['Movie', 'Sound', 'Screen', 'RichMedia', '3D']);
/** Those that readers draw by themselves when no appearance is given, each in its own way; the others show nothing. */
const DRAWN = new Set([
  'FreeText',
  'Line',
  'Square',
  'Circle',
  'Polygon',
  'PolyLine',
  'Highlight',
  'Underline',
  'Squiggly',
  'StrikeOut',
  'Stamp',
  'Ink',
  'Caret',
  'Redact',
  'Watermark',
]);
/** Forms within forms; deeper nesting is not honest. */
const DEEPEST = 8;

type Looking = { readonly view: PdfView; readonly problems: Set<PreviewProblem>; readonly seen: Set<number> };

/** A font that is not in the file is another one on every machine: text may read differently, or not at all. */
function inspectFont({ view, problems }: Looking, font: PdfDict): void {
  const subtype = nameOf(view.get(font, 'Subtype')) ?? '';
  if (subtype === 'Type3') return;
  const descendants = subtype === 'Type0' ? (view.getArray(font, 'DescendantFonts')?.items ?? []) : [font];
  for (const item of descendants) {
    const described = view.resolve(item);
    if (!isPdfDict(described)) continue;
    const descriptor = view.getDict(described, 'FontDescriptor');
    const embedded = ['FontFile', 'FontFile2', 'FontFile3'].some((key) => view.get(descriptor, key) !== null);
    if (embedded) continue;
    const isStandard = subtype !== 'Type0' && STANDARD_FONT.test(nameOf(view.get(font, 'BaseFont')) ?? '');
    if (!isStandard) problems.add('FONT_NOT_EMBEDDED');
  }
}

function inspectResources(looking: Looking, resources: PdfDict | undefined, depth = 0): void {
  const { view, problems } = looking;
  if (resources === undefined || depth > DEEPEST) return;
  for (const value of view.getDict(resources, 'Font')?.entries.values() ?? []) {
    const font = view.resolve(value);
    if (isPdfDict(font)) inspectFont(looking, font);
  }
  for (const value of view.getDict(resources, 'Properties')?.entries.values() ?? []) {
    const property = view.resolve(value);
    if (isPdfDict(property) && ['OCG', 'OCMD'].includes(nameOf(view.get(property, 'Type')) ?? ''))
      problems.add('LAYERS');
  }
  for (const value of view.getDict(resources, 'XObject')?.entries.values() ?? []) {
    // Judged once on a page, however often it is used, and however it refers to itself.
    if (isPdfRef(value) && looking.seen.has(value.num)) continue;
    if (isPdfRef(value)) looking.seen.add(value.num);
    const object = view.resolve(value);
    if (isPdfStream(object)) inspectForm(looking, object.dict, depth);
  }
}

function inspectForm(looking: Looking, form: PdfDict, depth: number): void {
  const { view, problems } = looking;
  if (view.get(form, 'OC') !== null) problems.add('LAYERS');
  if (nameOf(view.get(form, 'Subtype')) === 'Form') {
    inspectResources(looking, view.getDict(form, 'Resources'), depth + 1);
  }
}

function inspectAnnotation(looking: Looking, annotation: PdfDict): void {
  const { view, problems } = looking;
  const subtype = nameOf(view.get(annotation, 'Subtype')) ?? '';
  if (MULTIMEDIA.has(subtype)) problems.add('MULTIMEDIA');
  if (view.get(annotation, 'OC') !== null) problems.add('LAYERS');
  const appearance = view.get(view.getDict(annotation, 'AP'), 'N');
  if (appearance === null && DRAWN.has(subtype)) problems.add('ANNOTATION_WITHOUT_APPEARANCE');
  if (isPdfStream(appearance)) inspectForm(looking, appearance.dict, 0);
}

function inspectPage(view: PdfView, page: PdfPage): PreviewProblem[] {
  const looking: Looking = { view, problems: new Set(), seen: new Set() };
  inspectResources(looking, dictOf(view.resolve(page.resources)));
  for (const item of view.getArray(page.dict, 'Annots')?.items ?? []) {
    const annotation = view.resolve(item);
    if (isPdfDict(annotation)) inspectAnnotation(looking, annotation);
  }
  return [...looking.problems];
}

/** A form whose look a program computes when it is opened (XFA), or whose fields every reader draws anew. */
function hasComputedForm(view: PdfView): boolean {
  const form = view.getDict(view.root, 'AcroForm');
  return view.get(form, 'XFA') !== null || view.get(form, 'NeedAppearances') === true;
}

/**
 * What of each page may look different elsewhere than in the preview. Nobody seals what was shown wrongly without
 * knowing: whatever cannot be vouched for is named.
 * @throws PDF_*
 */
export function inspectPages(view: PdfView): PreviewedPage[] {
  const computed: PreviewProblem[] = hasComputedForm(view) ? ['INTERACTIVE_FORM'] : [];
  return pagesOf(view).map((page) => {
    const geometry = geometryOf(view, page);
    const { width, height } = shownSize(geometry);
    return {
      width,
      height,
      rotation: geometry.rotation,
      problems: [...computed, ...inspectPage(view, page)],
    };
  });
}
