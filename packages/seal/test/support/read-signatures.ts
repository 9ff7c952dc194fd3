import { createHash } from 'node:crypto';
import { equalBytes } from '@hufu/kernel';
import {
  digestOfOid,
  isMessageSignedBy,
  parseCertificate,
  parseSignedData,
  parseTimeStampToken,
  type SignedData,
  verifySignerInfo,
  verifyTimeStampToken,
} from '@hufu/pki';
import {
  formFieldsOf,
  isPdfArray,
  isPdfDict,
  isPdfString,
  nameOf,
  openPdf,
  type PdfDict,
  parseSesSignature,
} from '../../src/index.ts';
import { engine } from './parties.ts';

export type ReadSignature = {
  readonly field: string;
  readonly dict: PdfDict;
  readonly subFilter: string | undefined;
  /** DER without the padding. */
  readonly contents: Uint8Array;
  /** One past the last byte that is covered. */
  readonly coversUpTo: number;
  readonly verifies: boolean;
};

/** The first element of a padded /Contents. */
function unpadded(bytes: Uint8Array): Uint8Array {
  const long = bytes[1]! >= 0x80 ? bytes[1]! & 0x7f : 0;
  const length =
    long === 0 ? bytes[1]! : bytes.subarray(2, 2 + long).reduce((sum, octet) => sum * 256 + octet, 0);
  return bytes.subarray(0, 2 + long + length);
}

async function verifiesCms(data: SignedData, signed: Uint8Array): Promise<boolean> {
  const question = { signedData: data, signer: data.signers[0]!, content: signed };
  return data.signers.length === 1 && (await verifySignerInfo(question, engine)).signed;
}

async function verifies(
  subFilter: string | undefined,
  contents: Uint8Array,
  signed: Uint8Array,
): Promise<boolean> {
  if (subFilter === 'ETSI.RFC3161') {
    const token = parseTimeStampToken(contents);
    const digest = digestOfOid(token.info.imprint.hashOid)!;
    const imprint = { digest, hash: engine.digest(digest, signed) };
    return (await verifyTimeStampToken({ token, imprint }, engine)).valid;
  }
  if (subFilter !== 'GM.sm2seal') return verifiesCms(parseSignedData(contents), signed);
  const value = parseSesSignature(contents);
  const { spki } = parseCertificate(value.signerCertificate);
  const message = { message: value.signed, signature: value.signature };
  const hash = new Uint8Array(createHash('sm3').update(signed).digest());
  return equalBytes(value.dataHash, hash) && (await isMessageSignedBy(spki, message, engine));
}

/** All signatures of a file in field order, each verified over its own byte range; trust is not looked at. */
export async function readSignatures(pdf: Uint8Array): Promise<ReadSignature[]> {
  const view = openPdf(pdf).latest;
  const found: ReadSignature[] = [];
  for (const field of formFieldsOf(view)) {
    const dict = view.resolve(field.value);
    if (field.type !== 'Sig' || !isPdfDict(dict)) continue;
    const [range, padded] = [view.get(dict, 'ByteRange'), view.get(dict, 'Contents')];
    if (!isPdfArray(range) || !isPdfString(padded)) throw new Error('signature dictionary');
    const [from, length, second, rest] = range.items as readonly number[] as [number, number, number, number];
    const signed = Buffer.concat([pdf.subarray(from, from + length), pdf.subarray(second, second + rest)]);
    const contents = unpadded(padded.bytes);
    const subFilter = nameOf(dict.entries.get('SubFilter'));
    found.push({
      field: field.name,
      dict,
      subFilter,
      contents,
      coversUpTo: second + rest,
      verifies: await verifies(subFilter, contents, new Uint8Array(signed)).catch(() => false),
    });
  }
  return found;
}
