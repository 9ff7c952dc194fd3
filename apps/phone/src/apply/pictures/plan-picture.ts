/** What is known of a picture before it is sent. Sides in pixels. */
export type PictureFacts = {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly mediaType: string;
};

export type PicturePlan =
  | { readonly kind: 'keep' }
  | { readonly kind: 'redraw'; readonly width: number; readonly height: number };

/** A licence of A3 at 220 dpi: seals stay legible, an ordinary network carries it in seconds. */
const LONGEST_SIDE = 3200;
const LIGHT_ENOUGH = 3 * 1024 * 1024;
const AS_IT_IS: ReadonlySet<string> = new Set(['image/jpeg', 'image/png']);

/**
 * Whether a picture goes as it is or is drawn anew, smaller: cameras of phones make pictures of 12 to 200 megapixels,
 * and kinds (HEIC, WebP) that the counter does not take.
 */
export function planPicture({ width, height, bytes, mediaType }: PictureFacts): PicturePlan {
  const longest = Math.max(width, height);
  if (AS_IT_IS.has(mediaType) && longest <= LONGEST_SIDE && bytes <= LIGHT_ENOUGH) return { kind: 'keep' };
  const scale = Math.min(1, LONGEST_SIDE / longest);
  return {
    kind: 'redraw',
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** `IMG_0012.HEIC` → `IMG_0012.jpg`: the name says what the file has become. */
export const jpegName = (name: string): string => `${name.replace(/\.[^.]*$/, '') || 'picture'}.jpg`;
