import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type OutlineFont, openOutlineFont } from '../picture/outline-font.ts';

const require = createRequire(import.meta.url);

const FILES = {
  400: () => require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  700: () => require.resolve('@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'),
} as const;

/** Bytes of Noto Serif SC (OFL 1.1), 14.8 MB each: 400 for running text, 700 for seals. */
export const readNotoSerif = (weight: keyof typeof FILES): Uint8Array =>
  new Uint8Array(readFileSync(FILES[weight]()));

let sealFont: OutlineFont | undefined;

/** The face that seals are cut in, read once. @throws SEALING_FONT */
export function notoSealFont(): OutlineFont {
  sealFont ??= openOutlineFont(readNotoSerif(700));
  return sealFont;
}
