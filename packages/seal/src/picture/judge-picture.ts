import type { PngPixels } from '../pades/png.ts';
import { type InkMap, mapInk, type PixelBox } from './ink.ts';

/** Why an uploaded picture is not clear enough for a seal, with the sentence for its holder. */
export const PICTURE_REASONS = {
  PICTURE_EMPTY: { zh: '图片中没有可辨认的印迹', en: 'The picture shows no seal' },
  PICTURE_TOO_SMALL: {
    zh: '图片分辨率不足，印迹应达到 300 dpi',
    en: 'The resolution is too low: the seal needs 300 dots per inch',
  },
  PICTURE_TOO_PALE: { zh: '印迹太淡，请重新盖印扫描', en: 'The seal is too pale; stamp and scan it again' },
  PICTURE_GROUND: {
    zh: '背景太暗或不干净，请使用白纸',
    en: 'The ground is dark or uneven; use white paper',
  },
  PICTURE_BLURRED: { zh: '印迹模糊，边缘不清晰', en: 'The edges of the seal are blurred' },
  PICTURE_SHAPE: {
    zh: '印迹外形与印章尺寸不符，可能被裁切或变形',
    en: 'The outline does not have the proportions of the seal: it may be cut off or distorted',
  },
  PICTURE_COLOUR: { zh: '公章印迹应为红色', en: 'An official seal is red' },
} as const satisfies Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export type PictureReason = keyof typeof PICTURE_REASONS;

export type PictureQuestion = {
  /** Size of the seal on paper, mm. */
  readonly width: number;
  readonly height: number;
  readonly outline: 'round' | 'square' | 'free';
  /** An official seal has to be red; a signature may be black. */
  readonly red: boolean;
};

export type PictureMeasures = {
  /** Dots per inch over the seal itself, margins left out. */
  readonly dotsPerInch: number;
  /** Difference between ink and ground, 0 to 1. */
  readonly contrast: number;
  /** Level of the ground, 0 for white to 1. */
  readonly ground: number;
  /** Share of half-toned pixels among the ink: how soft the edges are. */
  readonly softness: number;
  /** Share of the ink that is red. */
  readonly redness: number;
};

export type PictureVerdict = {
  /** Empty when the picture is clear enough. */
  readonly reasons: readonly PictureReason[];
  readonly measures: PictureMeasures;
  /** Where the seal is in the picture. */
  readonly box: PixelBox | undefined;
};

/** Common printing and scanning resolution; what the eye still takes for sharp at reading distance. */
const LEAST_DPI = 300;
const LEAST_INK = 0.005;
const LEAST_CONTRAST = 0.35;
const DARKEST_GROUND = 0.2;
const MOST_SOFTNESS = 0.4;
const LEAST_REDNESS = 0.8;
/** Deviation of the sides' proportion that a hand-made stamp may have. */
const PROPORTION = 0.08;
const MOST_CORNER_INK = 0.02;

const sidesOf = ({ left, right, top, bottom }: PixelBox) => ({ across: right - left, down: bottom - top });

function softnessOf({ levels, groundLevel, inkLevel, inkPixels }: InkMap): number {
  const quarter = (inkLevel - groundLevel) / 4;
  const [low, high] = [groundLevel + quarter, inkLevel - quarter];
  let soft = 0;
  for (const level of levels) if (level > low && level < high) soft++;
  return inkPixels === 0 ? 0 : soft / inkPixels;
}

function rednessOf({ rgba }: PngPixels, { levels, threshold, inkPixels }: InkMap): number {
  let red = 0;
  for (let i = 0; i < levels.length; i++) {
    if (levels[i]! <= threshold) continue;
    const [r, g, b] = [rgba[4 * i]!, rgba[4 * i + 1]!, rgba[4 * i + 2]!];
    if (r - Math.max(g, b) >= 48) red++;
  }
  return inkPixels === 0 ? 0 : red / inkPixels;
}

/** Share of ink in the corners that a round seal leaves empty: 12 % of each side. */
function cornerInk(pixels: PngPixels, map: InkMap, box: PixelBox): number {
  const { across, down } = sidesOf(box);
  const [width, height] = [Math.floor(across * 0.12), Math.floor(down * 0.12)];
  let ink = 0;
  for (const left of [box.left, box.right - width]) {
    for (const top of [box.top, box.bottom - height]) {
      for (let y = top; y < top + height; y++) {
        for (let x = left; x < left + width; x++)
          if (map.levels[y * pixels.width + x]! > map.threshold) ink++;
      }
    }
  }
  return ink / Math.max(1, 4 * width * height);
}

function hasShape(pixels: PngPixels, map: InkMap, question: PictureQuestion): boolean {
  const { box } = map;
  if (question.outline === 'free' || box === undefined) return true;
  const { across, down } = sidesOf(box);
  const proportion = across / down / (question.width / question.height);
  const proportionate = Math.abs(proportion - 1) <= PROPORTION;
  return proportionate && (question.outline === 'square' || cornerInk(pixels, map, box) <= MOST_CORNER_INK);
}

const MM_PER_INCH = 25.4;

function measure(pixels: PngPixels, map: InkMap, question: PictureQuestion): PictureMeasures {
  const sides = map.box && sidesOf(map.box);
  const dpi = (dots: number, mm: number): number => (dots * MM_PER_INCH) / mm;
  return {
    dotsPerInch: sides ? Math.min(dpi(sides.across, question.width), dpi(sides.down, question.height)) : 0,
    contrast: (map.inkLevel - map.groundLevel) / 255,
    ground: map.groundLevel / 255,
    softness: softnessOf(map),
    redness: rednessOf(pixels, map),
  };
}

/**
 * Whether an uploaded picture is clear enough to become a seal (SIGN-012: 印模图片必须清晰). All reasons are told at
 * once. The rule: ink can be told from ground; the ground is nearly white or transparent; edges are sharp; the seal
 * itself has 300 dpi at its size on paper; round and square seals have their proportions, and a round one empty
 * corners; an official seal is red.
 */
export function judgePicture(pixels: PngPixels, question: PictureQuestion): PictureVerdict {
  const map = mapInk(pixels);
  const measures = measure(pixels, map, question);
  const share = map.inkPixels / map.levels.length;
  if (map.box === undefined || share < LEAST_INK || measures.contrast < LEAST_CONTRAST / 4) {
    return { reasons: ['PICTURE_EMPTY'], measures, box: undefined };
  }
  const objections: readonly (readonly [PictureReason, boolean])[] = [
    ['PICTURE_TOO_SMALL', measures.dotsPerInch < LEAST_DPI],
    ['PICTURE_TOO_PALE', measures.contrast < LEAST_CONTRAST],
    ['PICTURE_GROUND', measures.ground > DARKEST_GROUND],
    ['PICTURE_BLURRED', measures.softness > MOST_SOFTNESS],
    ['PICTURE_SHAPE', !hasShape(pixels, map, question)],
    ['PICTURE_COLOUR', question.red && measures.redness < LEAST_REDNESS],
  ];
  return {
    reasons: objections.flatMap(([reason, holds]) => (holds ? [reason] : [])),
    measures,
    box: map.box,
  };
}
