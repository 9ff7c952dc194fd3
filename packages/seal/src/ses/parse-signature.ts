import { contextTag, DerReader, decodeTime, readDer, TAG } from '@hufu/gm';
import { sealError } from '../errors.ts';
import type { ElectronicSeal, SesSignature, SesVersion } from './model.ts';
import { parseSeal } from './parse-seal.ts';
import { readTaggedExtensions, readTimeStamp } from './read-parts.ts';

/** TBS_Sign of V1 carries the certificate and algorithm that later versions put beside it. */
type ToSign = Pick<
  SesSignature,
  'statedVersion' | 'seal' | 'signedAt' | 'timeInfo' | 'dataHash' | 'propertyInfo' | 'extensions'
>;

function readSealIn(reader: DerReader, legacy: boolean): ElectronicSeal {
  const seal = parseSeal(reader.element(TAG.sequence));
  if ((seal.version === 1) !== legacy) throw sealError('SES_VERSION');
  return seal;
}

/** GM/T 0031-2014 leaves the content of timeInfo open; the text of a UTCTime or GeneralizedTime is what is met. */
function legacyTime(timeInfo: Uint8Array): number | undefined {
  const tag = timeInfo.length === 13 ? TAG.utcTime : TAG.generalizedTime;
  try {
    return decodeTime(tag, timeInfo);
  } catch {
    return undefined;
  }
}

function readLegacyToSign(inner: DerReader): ToSign & {
  readonly signerCertificate: Uint8Array;
  readonly signatureOid: string;
} {
  const statedVersion = inner.smallInteger();
  const seal = readSealIn(inner, true);
  const timeInfo = inner.bitStringBytes();
  return {
    statedVersion,
    seal,
    timeInfo,
    signedAt: legacyTime(timeInfo),
    dataHash: inner.bitStringBytes(),
    propertyInfo: inner.string({ type: TAG.ia5String }),
    extensions: undefined,
    signerCertificate: inner.octetString(),
    signatureOid: inner.oid(),
  };
}

const readToSign = (inner: DerReader): ToSign => ({
  statedVersion: inner.smallInteger(),
  seal: readSealIn(inner, false),
  signedAt: inner.time({ tag: TAG.generalizedTime, fraction: true }),
  timeInfo: undefined,
  dataHash: inner.bitStringBytes(),
  propertyInfo: inner.string({ type: TAG.ia5String }),
  extensions: inner.optional(contextTag(0), readTaggedExtensions),
});

function readLegacySignature(inner: DerReader): Omit<SesSignature, 'der'> {
  const signed = inner.element(TAG.sequence);
  const toSign = readDer(signed, (reader) => reader.within(TAG.sequence, readLegacyToSign));
  return { version: 1, signed, ...toSign, signature: inner.bitStringBytes(), timeStamp: undefined };
}

function readCurrentSignature(inner: DerReader): Omit<SesSignature, 'der'> {
  const signed = inner.element(TAG.sequence);
  const toSign = readDer(signed, (reader) => reader.within(TAG.sequence, readToSign));
  const version: SesVersion = toSign.seal.version;
  return {
    version,
    signed,
    ...toSign,
    signerCertificate: inner.octetString(),
    signatureOid: inner.oid(),
    signature: inner.bitStringBytes(),
    timeStamp: readTimeStamp(inner),
  };
}

/** V1: SEQUENCE { toSign, signature }; later the certificate follows toSign. */
function isLegacy(der: Uint8Array): boolean {
  const inner = new DerReader(der).sequence();
  inner.next(TAG.sequence);
  return inner.peek() === TAG.bitString;
}

/**
 * SES_Signature of GM/T 0031-2014, GB/T 38540-2020 or GM/T 0031-2025 in strict DER.
 * @throws SES_MALFORMED, SES_VERSION, DER_*
 */
export function parseSesSignature(der: Uint8Array): SesSignature {
  const read = isLegacy(der) ? readLegacySignature : readCurrentSignature;
  return { der, ...readDer(der, (reader) => reader.within(TAG.sequence, read)) };
}
