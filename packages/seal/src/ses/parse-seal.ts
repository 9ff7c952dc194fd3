import { DerReader, derSequence, readDer, TAG } from '@hufu/gm';
import { sealError } from '../errors.ts';
import type { ElectronicSeal, SealInfo, SesVersion } from './model.ts';
import { readSealInfo, readTimeStamp } from './read-parts.ts';

type Parts = Omit<ElectronicSeal, 'der'>;

/** GM/T 0031-2014: SEQUENCE { eSealInfo, signInfo { cert, signatureAlgorithm, signData } }. */
function readLegacySeal(inner: DerReader): Parts {
  const infoDer = inner.element(TAG.sequence);
  const signInfo = inner.sequence();
  const certificateDer = signInfo.element(TAG.octetString);
  const oidDer = signInfo.element(TAG.oid);
  const signature = signInfo.bitStringBytes();
  signInfo.finish();
  return {
    version: 1,
    info: readDer(infoDer, (reader) => readSealInfo(reader, true)),
    signed: derSequence(infoDer, certificateDer, oidDer),
    makerCertificate: readDer(certificateDer, (reader) => reader.octetString()),
    signatureOid: readDer(oidDer, (reader) => reader.oid()),
    signature,
    timeStamp: undefined,
  };
}

function versionOf(info: SealInfo): SesVersion {
  if (info.headerVersion === 4 || info.headerVersion === 5) return info.headerVersion;
  throw sealError('SES_VERSION');
}

/** GB/T 38540-2020, GM/T 0031-2025: SEQUENCE { eSealInfo, cert, signAlgID, signedValue, [0] timeStamp (V5) }. */
function readCurrentSeal(inner: DerReader): Parts {
  const signed = inner.element(TAG.sequence);
  const info = readDer(signed, (reader) => readSealInfo(reader, false));
  const version = versionOf(info);
  return {
    version,
    info,
    signed,
    makerCertificate: inner.octetString(),
    signatureOid: inner.oid(),
    signature: inner.bitStringBytes(),
    timeStamp: version === 5 ? readTimeStamp(inner) : undefined,
  };
}

/** V1 puts a second SEQUENCE where the later versions put the maker's certificate. */
function isLegacy(der: Uint8Array): boolean {
  const inner = new DerReader(der).sequence();
  inner.next(TAG.sequence);
  return inner.peek() === TAG.sequence;
}

/**
 * SESeal of GM/T 0031-2014, GB/T 38540-2020 or GM/T 0031-2025 in strict DER; the version is found from its form.
 * @throws SES_MALFORMED, SES_VERSION, DER_*
 */
export function parseSeal(der: Uint8Array): ElectronicSeal {
  const read = isLegacy(der) ? readLegacySeal : readCurrentSeal;
  return { der, ...readDer(der, (reader) => reader.within(TAG.sequence, read)) };
}
