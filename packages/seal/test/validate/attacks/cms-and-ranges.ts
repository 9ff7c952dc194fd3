import { equalBytes } from '@hufu/kernel';
import { newField, signAnyway } from '../support/hostile-signer.ts';
import { plainPdf, sign } from '../support/world.ts';
import { type Attack, BYTE_RANGE, latin1, open, patch, refused, toText } from './attack.ts';

const flip = (pdf: Uint8Array, at: number): Uint8Array => {
  const changed = pdf.slice();
  changed[at] = changed[at]! ^ 1;
  return changed;
};

/** Octets of the value as hexadecimal digits: the last of the signature before the padding. */
function lastDigit(pdf: Uint8Array): number {
  const text = toText(pdf);
  const start = text.search(/\/Contents <[0-9a-f]{100}/) + 11;
  const hex = /^[0-9a-f]+/.exec(text.slice(start))![0].replace(/(00)+$/, '');
  return start + hex.length - 10;
}

/** Another digest name in the structure: SHA-1 where SHA-256 stood. */
function weakened(der: Uint8Array): Uint8Array {
  const sha256 = latin1('\x60\x86\x48\x01\x65\x03\x04\x02\x01');
  const found = der.slice();
  for (let i = 0; i + 9 <= found.length; i++) {
    if (equalBytes(found.subarray(i, i + 9), sha256)) found[i + 8] = 9;
  }
  return found;
}

/** Value, digest and ranges against each other. */
export const cmsAndRanges: readonly Attack[] = [
  refused('one bit of the content', ['DIGEST_MISMATCH', 'PAGE_CONTENT_CHANGED'], ({ signed }) => {
    const at = toText(signed).indexOf('(Page 1)') + 6;
    return flip(signed, at);
  }),
  refused('one digit of the signature value', ['SIGNATURE_WRONG', 'SIG_CMS'], ({ signed }) => {
    const changed = signed.slice();
    const at = lastDigit(signed);
    changed[at] = changed[at] === 0x30 ? 0x31 : 0x30;
    return changed;
  }),
  refused('a signature that names another certificate', ['ESS_MISMATCH'], ({ world }) =>
    signAnyway(world, plainPdf(), { place: newField, named: world.partner }),
  ),
  open('an unknown digest', ['ALGORITHM_REFUSED', 'SIG_CMS'], ({ world }) =>
    signAnyway(world, plainPdf(), { place: newField, spoil: weakened }),
  ),
  refused('a structure with an unknown beginning', ['SIG_CMS'], ({ world }) =>
    signAnyway(world, plainPdf(), {
      place: newField,
      spoil: (der) => der.map((octet, i) => (i === 5 ? 0 : octet)),
    }),
  ),
  open('a format that nobody knows', ['SIG_SUBFILTER'], ({ signed }) =>
    patch(signed, /\/SubFilter \/ETSI\.CAdES\.detached/, () => '/SubFilter /ETSI.CAdES.detachee'),
  ),
  refused('a format that rests on SHA-1', ['SIG_OBSOLETE'], ({ signed }) =>
    patch(signed, /\/SubFilter \/ETSI\.CAdES\.detached/, () => '/SubFilter /adbe.pkcs7.sha1'),
  ),
  open('a signer whom nobody vouches for', ['CERT_UNTRUSTED'], ({ world }) =>
    sign(world, plainPdf(), { who: world.stranger }),
  ),
  refused(
    'two signatures with the same range',
    ['SIG_GAP', 'SIG_SHARED', 'SIG_RANGE_OVERLAP', 'SIG_NOT_IN_REVISION'],
    async ({ signed, world }) => {
      const second = await sign(world, signed, { who: world.partner, places: [] });
      const [first] = toText(signed).match(BYTE_RANGE)!;
      let count = 0;
      return patch(second, new RegExp(BYTE_RANGE, 'g'), (match) =>
        count++ === 1 ? first!.slice(0, match.length) : match,
      );
    },
  ),
  refused(
    'a later range that leaves out the first signature',
    ['SIG_GAP', 'SIG_RANGE_OVERLAP'],
    async ({ signed, world }) => {
      const second = await sign(world, signed, { who: world.partner, places: [] });
      const [, gapStart] = toText(signed).match(BYTE_RANGE)![0].match(/\d+/g)!.map(Number);
      let count = 0;
      return patch(second, new RegExp(BYTE_RANGE, 'g'), (match) => {
        if (count++ !== 1) return match;
        const [, , end, rest] = match.match(/\d+/g)!.map(Number);
        return `/ByteRange [0 ${gapStart} ${end} ${rest}]`;
      });
    },
  ),
];
