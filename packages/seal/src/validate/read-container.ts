import { assertDer, DerReader } from '@hufu/gm';
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
const CMS_FILTERS: ReadonlySet<string> = new Set([
  'adbe.pkcs7.detached',
  'ETSI.CAdES.detached',
  'adbe.pkcs7.sha1',
]);
const STAMP_FILTER = 'ETSI.RFC3161';
/** Formats that hash with SHA-1 by definition. */
const OBSOLETE_FILTERS: ReadonlySet<string> = new Set(['adbe.pkcs7.sha1', 'adbe.x509.rsa_sha1']);
/** A bare RSA value beside its certificate (ISO 32000-1 §12.8.3.2): named, and judged no further. */
const RAW_FILTER = 'adbe.x509.rsa_sha1';

type Value = { readonly der: Uint8Array; readonly padded: boolean; readonly distinguished: boolean };

const isDer = (bytes: Uint8Array): boolean =>
  attempt(() => {
    assertDer(bytes);
    return true;
  }) === true;

/** The first element, in DER, and whether nothing but zero octets follows it. */
function withoutPadding(contents: Uint8Array): Value {
  const open = contents[1] === 0x80;
  const reader = new DerReader(contents);
  if (!open) reader.next();
  const strict = open ? undefined : contents.subarray(0, reader.contentEnd);
  const distinguished = strict !== undefined && isDer(strict);
  const element = distinguished ? undefined : withDefiniteLengths(contents);
  const end = strict?.length ?? element?.end ?? contents.length;
  let last = contents.length;
  while (last > end && contents[last - 1] === 0) last--;
  const der = element?.encoded ?? strict ?? contents;
  return { der, padded: last === end, distinguished };
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
  if (OBSOLETE_FILTERS.has(subFilter)) book.note('format', 'sub-filter', { reason: 'SIG_OBSOLETE', detail });
  if (subFilter === RAW_FILTER) return undefined;
  try {
    const { der, padded, distinguished } = withoutPadding(contents);
    book.note('format', 'distinguished-encoding', distinguished ? {} : { reason: 'SIG_NOT_DER' });
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
