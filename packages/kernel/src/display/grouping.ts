import type { Uscc } from '../identifiers/uscc.ts';

/** Cuts text into groups for reading; pages show gaps between them and copy without (design §7). */
export function groupText(text: string, size: number): string[] {
  return text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? [];
}

/** Parts of a code by their meaning (GB 32100-2015 §4): authority and kind, region, organisation, check. */
export const usccGroups = (code: Uscc): string[] => [
  code.slice(0, 2),
  code.slice(2, 8),
  code.slice(8, 17),
  code.slice(17),
];

/** Serial number of a certificate in upper case, by four, the short group first. @param serialHex hexadecimal */
export function serialGroups(serialHex: string): string[] {
  const short = serialHex.length % 4;
  const head = short === 0 ? [] : [serialHex.slice(0, short)];
  return [...head, ...groupText(serialHex.slice(short), 4)].map((group) => group.toUpperCase());
}
