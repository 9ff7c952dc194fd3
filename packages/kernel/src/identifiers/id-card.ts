import { type LocalDate, localDateOf, shanghaiParts } from '../calendar/local-date.ts';
import { kernelError } from '../errors.ts';

export type IdCard = {
  /** 18 characters, a final x in upper case. */
  readonly number: string;
  /** Six digits: where it was first issued (GB/T 2260). */
  readonly region: string;
  readonly birthDate: LocalDate;
  readonly gender: 'male' | 'female';
};

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
/** Provinces of GB/T 2260; 81 to 83 for residents of Hong Kong, Macao and Taiwan. */
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
/** The permanent residence card of a foreigner (2023 form) has a 9 first, then the same layout. */
const FOREIGNER = /^9/;

/** Check digit of a citizen identity number from its first 17 digits (GB 11643-1999 §4.2, ISO 7064 MOD 11-2). */
export function idCardCheckDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17.charAt(i)), 0);
  return '10X98765432'.charAt(sum % 11);
}

/**
 * GB 11643-1999 公民身份号码. Full-width input and a small x are accepted.
 * @param now milliseconds since the epoch: a birth after that day (Asia/Shanghai) is refused
 * @throws ID_CARD_FORM, ID_CARD_REGION, ID_CARD_DATE, ID_CARD_CHECK
 */
export function parseIdCard(text: string, now: number): IdCard {
  const number = text.normalize('NFKC').trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) throw kernelError('ID_CARD_FORM');
  const region = number.slice(0, 6);
  if (!PROVINCE.test(region) && !FOREIGNER.test(region)) throw kernelError('ID_CARD_REGION');
  const birthDate = localDateOf({
    year: Number(number.slice(6, 10)),
    month: Number(number.slice(10, 12)),
    day: Number(number.slice(12, 14)),
  });
  if (birthDate === undefined || birthDate < '1850-01-01' || birthDate > shanghaiParts(now).date) {
    throw kernelError('ID_CARD_DATE');
  }
  if (number.charAt(17) !== idCardCheckDigit(number)) throw kernelError('ID_CARD_CHECK');
  return { number, region, birthDate, gender: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female' };
}
