import { describe, expect, test } from 'vitest';
import { jpegName, planPicture } from '../../src/apply/pictures/plan-picture.ts';

describe('pictures of material', () => {
  test('an ordinary picture goes as it was taken', () => {
    expect(planPicture({ width: 3000, height: 2000, bytes: 900_000, mediaType: 'image/jpeg' })).toEqual({
      kind: 'keep',
    });
  });

  test('a huge one is drawn smaller, in its own proportions', () => {
    expect(planPicture({ width: 12_000, height: 9000, bytes: 40_000_000, mediaType: 'image/jpeg' })).toEqual({
      kind: 'redraw',
      width: 3200,
      height: 2400,
    });
    expect(planPicture({ width: 100_000, height: 2, bytes: 10, mediaType: 'image/png' })).toEqual({
      kind: 'redraw',
      width: 3200,
      height: 1,
    });
  });

  test('a heavy one of ordinary size, and one of a strange kind, are drawn in their own size', () => {
    const size = { width: 2000, height: 1000 };
    expect(planPicture({ ...size, bytes: 9_000_000, mediaType: 'image/png' })).toEqual({
      kind: 'redraw',
      ...size,
    });
    expect(planPicture({ ...size, bytes: 10_000, mediaType: 'image/webp' })).toEqual({
      kind: 'redraw',
      ...size,
    });
  });

  test('what has become a JPEG says so in its name', () => {
    expect(jpegName('IMG_0012.HEIC')).toBe('IMG_0012.jpg');
    expect(jpegName('.heic')).toBe('picture.jpg');
  });
});
