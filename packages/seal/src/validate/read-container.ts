import { DerReader } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import { parseSignedData, parseTimeStampToken, type SignedData, type TimeStampToken } from '@hufu/pki';
import type { SesSignature } from '../ses/model.ts';
import { parseSesSignature } from '../ses/parse-signature.ts';
import type { CheckBook } from './check-book.ts';
import { withDefiniteLengths } from './definite-lengths.ts';
import { attempt } from './evidence.ts';

/** What stands in /Contents, by what it is and not by what the dictionary calls it. */
export type Container =
  | { readonly kind: 'signature'; readonly signedData: SignedData }
  | { readonly kind: 'time-stamp'; readonly token: TimeStampToken }
  | { readonly kind: 'seal'; readonly signature: SesSignature };

/** ISO 32000-2 Table 260 and ETSI EN 319 142-1. GM/T 0112-2021 names others for GB/T 38540, which begin with GM. */
const CMS_FILTERS: ReadonlySet<string> = new Set(['adbe.pkcs7.detached', 'ETSI.CAdES.detached']);
const STAMP_FILTER = 'ETSI.RFC3161';
/** Formats that hash with SHA-1 by definition. */
const OBSOLETE_FILTERS: ReadonlySet<string> = new Set(['adbe.pkcs7.sha1', 'adbe.x509.rsa_sha1']);

/** The first element, in DER, and whether nothing but zero octets follows it. */
function withoutPadding(contents: Uint8Array): { der: Uint8Array; padded: boolean; definite: boolean } {
  const definite = contents[1] !== 0x80;
  const element = definite ? undefined : withDefiniteLengths(contents);
  const reader = new DerReader(contents);
  if (element === undefined) reader.next();
  const end = element?.end ?? reader.contentEnd;
  let last = contents.length;
  while (last > end && contents[last - 1] === 0) last--;
  return { der: element?.encoded ?? contents.subarray(0, end), padded: last === end, definite };
}

function parse(der: Uint8Array, subFilter: string): Container | undefined {
  if (subFilter === STAMP_FILTER) return { kind: 'time-stamp', token: parseTimeStampToken(der) };
  if (CMS_FILTERS.has(subFilter)) return { kind: 'signature', signedData: parseSignedData(der) };
  const seal = attempt(() => parseSesSignature(der));
  if (seal !== undefined) return { kind: 'seal', signature: seal };
  return subFilter.startsWith('GM') ? { kind: 'signature', signedData: parseSignedData(der) } : undefined;
}

/** Reads the signature value and writes down what is wrong with its form. */
export function readContainer(
  contents: Uint8Array,
  subFilter: string,
  book: CheckBook,
): Container | undefined {
  const detail = subFilter.slice(0, 40);
  if (OBSOLETE_FILTERS.has(subFilter)) {
    book.note('format', 'sub-filter', { reason: 'SIG_OBSOLETE', detail });
    return undefined;
  }
  try {
    const { der, padded, definite } = withoutPadding(contents);
    book.note('format', 'distinguished-encoding', definite ? {} : { reason: 'SIG_NOT_DER' });
    book.require('format', 'padding', { holds: padded, reason: 'SIG_PADDING' });
    const container = parse(der, subFilter);
    book.require('format', 'sub-filter', { holds: container !== undefined, reason: 'SIG_SUBFILTER', detail });
    if (container !== undefined) book.note('format', 'encoding');
    return container;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    book.note('format', 'encoding', { reason: 'SIG_CMS', detail: error.code });
    return undefined;
  }
}
