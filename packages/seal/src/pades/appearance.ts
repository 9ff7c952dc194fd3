import { utf8 } from '@hufu/kernel';
import type { PdfUpdate } from '../append/pdf-update.ts';
import { type PdfRef, type PdfValue, pdfArray, pdfDict, pdfName } from '../pdf/values.ts';
import { type CaptionFont, captionFont, type SetLine } from './caption-font.ts';
import { type Rotation, toMillimetres, toPoints } from './page-geometry.ts';
import type { SealImage } from './seal-image.ts';
import type { CaptionRoom, Place, SealCaption, VisibleSeal } from './visible-seal.ts';

/** Ten thousandths of a point are beyond every printer. */
export const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

type LaidCaption = { readonly font: CaptionFont; readonly lines: readonly SetLine[]; readonly size: number };

const DEFAULT_CAPTION_SIZE = 8;
const LEADING = 1.35;
/** Where a line's baseline lies within its leading. */
const BASELINE = 1;

function layCaption(caption: SealCaption): LaidCaption {
  const font = captionFont(caption.font);
  return {
    font,
    lines: caption.lines.map((line) => font.setLine(line)),
    size: caption.size ?? DEFAULT_CAPTION_SIZE,
  };
}

function imageObject(update: PdfUpdate, image: SealImage): PdfRef {
  const { width, height, color, alpha } = image;
  const plane = (space: string, data: Uint8Array, mask?: PdfRef): PdfRef =>
    update.add({
      kind: 'stream',
      dict: pdfDict({
        Type: pdfName('XObject'),
        Subtype: pdfName('Image'),
        Width: width,
        Height: height,
        ColorSpace: pdfName(space),
        BitsPerComponent: 8,
        Filter: pdfName('FlateDecode'),
        SMask: mask,
      }),
      data,
    });
  return plane('DeviceRGB', color, alpha && plane('DeviceGray', alpha));
}

/**
 * The seal as one object for all its places, one unit wide and high. It multiplies like ink, so that what is printed
 * beneath stays legible (ISO 32000-2 §11.3.5.2).
 */
const inkObject = (update: PdfUpdate, image: SealImage): PdfRef =>
  update.add({
    kind: 'stream',
    dict: pdfDict({
      Type: pdfName('XObject'),
      Subtype: pdfName('Form'),
      BBox: pdfArray([0, 0, 1, 1]),
      Resources: pdfDict({
        ExtGState: pdfDict({ Ink: pdfDict({ Type: pdfName('ExtGState'), BM: pdfName('Multiply') }) }),
        XObject: pdfDict({ Picture: imageObject(update, image) }),
      }),
    }),
    data: utf8('/Ink gs /Picture Do'),
  });

/** Turns the upright picture against the page's rotation; Rect then places it (ISO 32000-2 §12.5.5, algorithm 8.1). */
const MATRICES: Readonly<Record<Rotation, PdfValue | undefined>> = {
  0: undefined,
  90: pdfArray([0, 1, -1, 0, 0, 0]),
  180: pdfArray([-1, 0, 0, -1, 0, 0]),
  270: pdfArray([0, -1, 1, 0, 0, 0]),
};

type Picture = { readonly seal: VisibleSeal; readonly caption: LaidCaption | undefined };

/** Operators that draw a place's part of the seal into a box of this size, points. */
function drawing({ seal, caption }: Picture, place: Place, box: { width: number; height: number }): string {
  const [width, height] = [toPoints(seal.width), toPoints(seal.height)].map(rounded) as [number, number];
  const { slice } = place;
  const cut = slice === undefined ? 0 : slice.index / slice.count;
  const x = slice === undefined ? (box.width - width) / 2 : slice.across === 'x' ? -width * cut : 0;
  // Strips down an edge are counted from the top, PDF counts upwards.
  const y = slice?.across === 'y' ? box.height - height * (1 - cut) : box.height - height;
  const image = `q ${width} 0 0 ${height} ${rounded(x)} ${rounded(y)} cm /Seal Do Q\n`;
  if (!place.captioned || caption === undefined) return image;
  const { lines, size } = caption;
  const text = lines.map((line, i) => {
    const left = rounded((box.width - line.width * size) / 2);
    const baseline = rounded(box.height - height - size * (LEADING * i + BASELINE));
    return `1 0 0 1 ${left} ${baseline} Tm <${line.glyphs}> Tj\n`;
  });
  return `${image}BT /Caption ${size} Tf 0.1 g\n${text.join('')}ET\n`;
}

/** The appearance streams of one seal: equal ones are written once. */
export type SealAppearances = {
  readonly captionRoom: CaptionRoom | undefined;
  /** Form XObject for /AP /N of the annotation at this place. */
  at(place: Place): PdfRef;
};

/** @throws SEALING_FONT, SEALING_GLYPH */
export function sealAppearances(update: PdfUpdate, seal: VisibleSeal): SealAppearances {
  const caption = seal.caption && layCaption(seal.caption);
  const ink = inkObject(update, seal.image);
  const xObjects = pdfDict({ Seal: ink });
  const made = new Map<string, PdfRef>();
  const make = (place: Place): PdfRef => {
    const box = { width: rounded(toPoints(place.box.width)), height: rounded(toPoints(place.box.height)) };
    const font = place.captioned ? caption?.font.embed(update) : undefined;
    return update.add({
      kind: 'stream',
      dict: pdfDict({
        Type: pdfName('XObject'),
        Subtype: pdfName('Form'),
        BBox: pdfArray([0, 0, box.width, box.height]),
        Matrix: MATRICES[place.geometry.rotation],
        Resources: pdfDict({ XObject: xObjects, Font: font && pdfDict({ Caption: font }) }),
      }),
      data: utf8(drawing({ seal, caption }, place, box)),
    });
  };
  return {
    captionRoom: caption && {
      width: toMillimetres(Math.max(0, ...caption.lines.map(({ width }) => width * caption.size))),
      height: toMillimetres(caption.lines.length * caption.size * LEADING),
    },
    at(place) {
      const { slice, geometry, captioned } = place;
      const key = `${geometry.rotation} ${captioned} ${slice === undefined ? '' : `${slice.across} ${slice.index}/${slice.count}`}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const form = make(place);
      made.set(key, form);
      return form;
    },
  };
}
