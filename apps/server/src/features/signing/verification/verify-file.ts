import type { VerificationReport } from '@hufu/contracts';
import { CodedError, toBase64, toHex } from '@hufu/kernel';
import {
  geometryOf,
  HEADLINES,
  openPdf,
  pagesOf,
  shownSize,
  type ValidationReport,
  verifyOfd,
} from '@hufu/seal';
import type { SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import { registerFinding, registerFindings, sealsInPdf } from './find-seals.ts';
import { ofdReport } from './ofd-report.ts';
import { pdfReport } from './pdf-report.ts';
import { ofdJudge, validateDocument } from './validate-document.ts';

type Page = VerificationReport['pages'][number];
type Pictures = Pick<VerificationReport, 'previews' | 'differences' | 'limits'>;

const NO_PICTURES: Pictures = { previews: [], differences: [], limits: [] };
const MOST_PREVIEWS = 12;
const PREVIEW_WIDTH = 800;
const MOST_REVISIONS = 6;
const MOST_COMPARED = 20;

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  [...text].every((character, i) => bytes[i] === character.charCodeAt(0));

/** By content (OD-37). A PDF may begin with a few stray bytes for lenient readers, but not for one that gives verdicts. */
function kindOf(bytes: Uint8Array): 'pdf' | 'ofd' {
  if (startsWith(bytes, '%PDF-')) return 'pdf';
  if (startsWith(bytes, 'PK\u0003\u0004')) return 'ofd';
  throw signingError('VERIFY_TYPE');
}

const dataUrl = (png: Uint8Array): string => `data:image/png;base64,${toBase64(png)}`;

function pdfPages(bytes: Uint8Array): Page[] {
  try {
    const { latest } = openPdf(bytes);
    return pagesOf(latest).map((page, i) => ({ number: i + 1, ...shownSize(geometryOf(latest, page)) }));
  } catch (error) {
    if (error instanceof CodedError) return [];
    throw error;
  }
}

type Drawing = {
  readonly bytes: Uint8Array;
  readonly report: ValidationReport;
  /** Pages with something to outline, from 1, and the first. */
  readonly wanted: readonly number[];
};

async function pdfPictures(
  deps: Pick<SigningDeps, 'renderer'>,
  { bytes, report, wanted }: Drawing,
): Promise<Pictures> {
  const limits = new Set<Pictures['limits'][number]>();
  const orFailure = async <T>(work: Promise<T[]>): Promise<T[]> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      limits.add('PREVIEW_FAILED');
      return [];
    }
  };
  if (wanted.length > MOST_PREVIEWS) limits.add('PREVIEWS_LIMITED');
  const pages = wanted.slice(0, MOST_PREVIEWS).map((page) => page - 1);
  const drawn = await orFailure(deps.renderer.pages(bytes, { pages, width: PREVIEW_WIDTH }));
  const { revisions } = report.document;
  const first = Math.max(1, revisions.length - MOST_REVISIONS);
  if (first > 1 || report.document.pages > MOST_COMPARED) limits.add('DIFFERENCES_LIMITED');
  const differences: Pictures['differences'] = [];
  for (let revision = first; revision < revisions.length; revision += 1) {
    const [before, after] = [revisions[revision - 1]!, revisions[revision]!];
    const changed = await orFailure(deps.renderer.differences(bytes, { before, after, most: MOST_COMPARED }));
    if (changed.length === 0) continue;
    differences.push({
      revision,
      pages: changed.map(({ page, changedPixels, pixels, png }) => ({
        page: page + 1,
        changedPixels,
        pixels,
        image: png === undefined ? null : dataUrl(png),
      })),
    });
  }
  const previews = drawn.map(({ page, png }) => ({ page: page + 1, image: dataUrl(png) }));
  return { previews, differences, limits: [...limits] };
}

async function verifyPdf(deps: SigningDeps, bytes: Uint8Array, pictures: boolean) {
  const report = await validateDocument(deps, bytes);
  const register = await registerFindings(deps, bytes, report);
  const parts = pdfReport(report, { register, seals: sealsInPdf(bytes) });
  const pages = pdfPages(bytes);
  const outlined = parts.signatures.flatMap(({ outlines }) => outlines.map(({ page }) => page));
  const wanted = [...new Set([1, ...outlined])].filter((page) => page <= pages.length).sort((a, b) => a - b);
  const isDrawn = pictures && pages.length > 0;
  return { ...parts, pages, ...(isDrawn ? await pdfPictures(deps, { bytes, report, wanted }) : NO_PICTURES) };
}

async function verifyOfdFile(deps: SigningDeps, bytes: Uint8Array) {
  const now = deps.clock.now();
  try {
    const report = await verifyOfd(bytes, { engine: deps.engine, judge: await ofdJudge(deps), now });
    const register = await Promise.all(
      report.signatures.map(({ ses, judgement }) => {
        const time = judgement?.time;
        const use = { at: time?.at ?? ses?.signedAt ?? now, proven: time?.source === 'time-stamp' };
        return ses === undefined ? undefined : registerFinding(deps, ses.seal, use);
      }),
    );
    const pages = report.documents.flatMap((document) =>
      document.pages.map(({ index, box }) => ({
        number: index + 1,
        width: box?.width ?? 0,
        height: box?.height ?? 0,
      })),
    );
    return { ...ofdReport(report, register), pages, ...NO_PICTURES };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const { zh, en } = HEADLINES.UNREADABLE;
    const said = { code: error.code, zh, en };
    const headline = { code: 'UNREADABLE', zh, en } as const;
    const nothing = { revisions: [], checks: [], signatures: [], pages: [] };
    return { status: 'indeterminate' as const, headline, reasons: [said], ...nothing, ...NO_PICTURES };
  }
}

/**
 * 验章 (SIGN-006): the whole report at once. The file is in memory only while this runs; nothing of it is kept, on disk
 * or elsewhere.
 * @throws VERIFY_TYPE
 */
export async function verifyFile(
  deps: SigningDeps,
  bytes: Uint8Array,
  { pictures }: { readonly pictures: boolean },
): Promise<VerificationReport> {
  const kind = kindOf(bytes);
  const found = kind === 'pdf' ? await verifyPdf(deps, bytes, pictures) : await verifyOfdFile(deps, bytes);
  return {
    kind,
    ...found,
    verifiedAt: new Date(deps.clock.now()).toISOString(),
    size: bytes.length,
    sha256: toHex(deps.engine.digest('sha256', bytes)),
    sm3: toHex(deps.engine.digest('sm3', bytes)),
  };
}
