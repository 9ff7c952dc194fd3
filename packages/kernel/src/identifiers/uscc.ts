import { kernelError } from '../errors.ts';

declare const usccBrand: unique symbol;
/** A valid 统一社会信用代码 in its stored form: 18 characters, half-width, upper case. */
export type Uscc = string & { readonly [usccBrand]: true };

/** GB 32100-2015 §5: no I, O, S, V, Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** GB 11714-1997: letters count from A = 10. */
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

type Weighing = { readonly alphabet: string; readonly weights: readonly number[] };

const weigh = (text: string, { alphabet, weights }: Weighing): number =>
  weights.reduce((sum, weight, i) => sum + weight * alphabet.indexOf(text.charAt(i)), 0);

/** Last character of a code, from its first 17. */
export function usccCheckCharacter(first17: string): string {
  const sum = weigh(first17, { alphabet: ALPHABET, weights: WEIGHTS });
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Ninth character of an organisation code, from its first 8 (GB 11714-1997 §4). */
export function organisationCheckCharacter(first8: string): string {
  const sum = weigh(first8, { alphabet: ORGANISATION_ALPHABET, weights: ORGANISATION_WEIGHTS });
  return '0123456789X0'.charAt(11 - (sum % 11));
}

/** OD-01: compatibility forms to half-width, no space around, upper case. It does not make a code valid. */
export const normaliseUscc = (text: string): string => text.normalize('NFKC').trim().toUpperCase();

export type UsccProblem =
  | 'USCC_LENGTH'
  | 'USCC_CHARACTER'
  | 'USCC_REGION'
  | 'USCC_ORGANISATION'
  | 'USCC_CHECK';

/** What is wrong with a code in its stored form, or undefined. */
export function usccProblem(code: string): UsccProblem | undefined {
  if (code.length !== 18) return 'USCC_LENGTH';
  if (![...code].every((character) => ALPHABET.includes(character))) return 'USCC_CHARACTER';
  if (!/^\d{6}$/.test(code.slice(2, 8))) return 'USCC_REGION';
  if (code.charAt(17) !== usccCheckCharacter(code.slice(0, 17))) return 'USCC_CHECK';
  if (code.charAt(16) !== organisationCheckCharacter(code.slice(8, 16))) return 'USCC_ORGANISATION';
  return undefined;
}

export const isUscc = (code: string): code is Uscc => usccProblem(code) === undefined;

/** OD-01: normalises, then checks the alphabet, the region and both check characters. @throws USCC_* */
export function parseUscc(text: string): Uscc {
  const code = normaliseUscc(text);
  const problem = usccProblem(code);
  if (problem !== undefined) throw kernelError(problem);
  return code as Uscc;
}
