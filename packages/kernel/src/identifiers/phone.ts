import { kernelError } from '../errors.ts';

export type Phone =
  | { readonly kind: 'mobile'; readonly number: string }
  | {
      readonly kind: 'landline';
      /** With the leading 0. */
      readonly area: string;
      readonly local: string;
      readonly extension: string | undefined;
      readonly number: string;
    }
  /** 400 and 800 numbers. */
  | { readonly kind: 'service'; readonly number: string };

const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})(?:[-#x](\d{1,6}))?$/i;
const SERVICE = /^([48]00)(\d{3})(\d{4})$/;

const withoutCountry = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/^(?:\+|00)86[\s-]*/, '');

/** A mobile number of mainland China, 11 digits; spaces, hyphens, +86 and full-width digits are accepted. @throws PHONE_MOBILE */
export function parseMobile(text: string): string {
  const digits = withoutCountry(text).replaceAll(/[\s-]/g, '');
  if (!MOBILE.test(digits)) throw kernelError('PHONE_MOBILE');
  return digits;
}

/** 010 and 02x have eight local digits, other areas seven or eight. */
const hasRightLength = (area: string, local: string): boolean => area.length === 4 || local.length === 8;

function parseLandline(text: string): Phone | undefined {
  const compact = text.replace(/转|ext\.?/i, '#').replaceAll(/[\s()]/g, '');
  const area = /^(010|02\d|0[3-9]\d{2})-?/.exec(compact);
  const match = area === null ? null : LANDLINE.exec(area[1]! + compact.slice(area[0].length));
  if (match === null || !hasRightLength(match[1]!, match[2]!)) return undefined;
  const [, code, local, extension] = match as unknown as [string, string, string, string | undefined];
  const number = [code, local, extension].filter((part) => part !== undefined).join('-');
  return { kind: 'landline', area: code, local, extension, number };
}

/** A mobile, area (010-12345678-901) or 400/800 number; `number` is the stored form. @throws PHONE_NUMBER */
export function parsePhone(text: string): Phone {
  const national = withoutCountry(text);
  const digits = national.replaceAll(/[\s-]/g, '');
  if (MOBILE.test(digits)) return { kind: 'mobile', number: digits };
  const service = SERVICE.exec(digits);
  if (service !== null) return { kind: 'service', number: service.slice(1).join('-') };
  const landline = parseLandline(national);
  if (landline === undefined) throw kernelError('PHONE_NUMBER');
  return landline;
}
