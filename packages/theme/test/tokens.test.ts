import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, cssVariable, dark, light, type Palette, tokensCss } from '../src/index.ts';

const themes: readonly (readonly [string, Palette])[] = [
  ['light', light],
  ['dark', dark],
];

describe('design tokens', () => {
  test('tokens.css is what the TypeScript constants say', () => {
    expect(readFileSync(new URL('../src/tokens.generated.css', import.meta.url), 'utf8')).toBe(tokensCss());
  });

  test('names variables in CSS manner', () => {
    expect(cssVariable('primaryHover')).toBe('--hufu-primary-hover');
    expect(cssVariable('space1')).toBe('--hufu-space-1');
  });

  test('contrast agrees with the bounds of WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#777777')).toBe(1);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  describe.each(themes)('%s theme meets WCAG AA', (_name, palette) => {
    const grounds = ['paper', 'surface', 'sunken'] as const;
    const texts = [
      'ink',
      'inkSoft',
      'primary',
      'goldText',
      'vermilion',
      'success',
      'warning',
      'info',
    ] as const;

    test.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))(
      'text %s on %s',
      (text, ground) => {
        expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
      },
    );

    test.each([
      ['onPrimary', 'primary'],
      ['onPrimary', 'primaryHover'],
      ['onPrimary', 'primaryActive'],
      ['onVermilion', 'vermilion'],
      ['onVermilion', 'vermilionHover'],
      ['primary', 'primarySoft'],
      ['ink', 'primarySoft'],
      ['goldText', 'goldSoft'],
      ['vermilion', 'vermilionSoft'],
      ['success', 'successSoft'],
      ['warning', 'warningSoft'],
      ['info', 'infoSoft'],
    ] as const)('text %s on %s', (text, ground) => {
      expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
    });

    test.each(grounds)('field edges on %s', (ground) => {
      expect(contrast(palette.lineStrong, palette[ground])).toBeGreaterThanOrEqual(3);
    });
  });
});
