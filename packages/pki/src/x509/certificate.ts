import { contextTag, type DerReader, primitiveContextTag, readDer, TAG } from '@hufu/gm';
import { toHex } from '@hufu/kernel';
import { pkiError } from '../errors.ts';
import { certificateExtensions } from './certificate-extensions.ts';
import { readExtensions } from './extension.ts';
import { readAlgorithm, readPublicKeyInfo, sameAlgorithm } from './key.ts';
import type { AlgorithmIdentifier, Certificate, Extension } from './model.ts';
import { readName } from './name.ts';

const MAX_CERTIFICATE_BYTES = 64 * 1024;
const MAX_SERIAL_OCTETS = 20;

/** Lower case hexadecimal of a serial number's magnitude. */
export const serialToHex = (serial: Uint8Array): string =>
  toHex(serial.length > 1 && serial[0] === 0 ? serial.subarray(1) : serial);

const isZero = (serial: Uint8Array): boolean => serial.every((octet) => octet === 0);

/** RFC 5280 §4.1.2.2: not negative, at most 20 octets. */
function readSerial(reader: DerReader): Uint8Array {
  const serial = reader.integerBytes({ signed: true });
  if (serial.length > MAX_SERIAL_OCTETS || serial[0]! >= 0x80)
    throw pkiError('CERT_SERIAL', { octets: serial.length });
  return serial;
}

/** [0] EXPLICIT, DEFAULT v1 and therefore never written as such (X.690 §11.5). */
function readVersion(reader: DerReader): number {
  const version =
    reader.optional(contextTag(0), (r) => r.within(contextTag(0), (inner) => inner.smallInteger())) ?? -1;
  if (version === 0 || version > 2) throw pkiError('CERT_VERSION', { version });
  return version === -1 ? 1 : version + 1;
}

type Signed = Omit<Certificate, 'der' | 'tbs' | 'signature' | 'signatureAlgorithm'> & {
  readonly algorithm: AlgorithmIdentifier;
};

const NO_EXTENSIONS: ReadonlyMap<string, Extension> = new Map();

function readTail(reader: DerReader, version: number): ReadonlyMap<string, Extension> {
  for (const n of [1, 2]) {
    if (reader.peek() !== primitiveContextTag(n)) continue;
    if (version < 2) throw pkiError('CERT_VERSION', { version });
    reader.bitString(primitiveContextTag(n));
  }
  if (reader.done) return NO_EXTENSIONS;
  if (version !== 3) throw pkiError('CERT_VERSION', { version });
  return reader.within(contextTag(3), (inner) =>
    readExtensions(inner, { malformed: 'CERT_EXTENSION', duplicate: 'CERT_EXTENSION_DUPLICATE' }),
  );
}

function readSigned(reader: DerReader): Signed {
  const version = readVersion(reader);
  const serial = readSerial(reader);
  const algorithm = readAlgorithm(reader);
  const issuer = readName(reader);
  const [notBefore, notAfter] = reader.within(TAG.sequence, (validity) => [
    validity.time(),
    validity.time(),
  ]) as [number, number];
  const subject = readName(reader);
  const spki = readPublicKeyInfo(reader);
  const extensions = readTail(reader, version);
  // Old roots that are still in every store number themselves 0; nothing else may.
  if (isZero(serial) && issuer.key !== subject.key) throw pkiError('CERT_SERIAL', { octets: serial.length });
  if (issuer.rdns.length === 0) throw pkiError('CERT_NAME', { of: 'issuer' });
  if (notAfter < notBefore) throw pkiError('CERT_VALIDITY');
  return {
    version,
    serial,
    serialHex: serialToHex(serial),
    algorithm,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki,
    extensions,
    ...certificateExtensions(extensions, issuer),
  };
}

/**
 * Parses one certificate in strict DER (RFC 5280 §4.1). The bytes are copied, so that what was checked cannot change.
 * Nothing is verified beyond the encoding: trust is for the path.
 * @throws CERT_*, KEY_*, DER_*
 */
export function parseCertificate(input: Uint8Array): Certificate {
  if (input.length > MAX_CERTIFICATE_BYTES) throw pkiError('CERT_TOO_LARGE', { bytes: input.length });
  const der = new Uint8Array(input);
  return readDer(der, (reader) =>
    reader.within(TAG.sequence, (outer) => {
      const { algorithm, ...signed } = outer.within(TAG.sequence, readSigned);
      const tbs = der.subarray(outer.start, outer.contentEnd);
      const signatureAlgorithm = readAlgorithm(outer);
      if (!sameAlgorithm(algorithm, signatureAlgorithm)) throw pkiError('CERT_ALGORITHM_MISMATCH');
      return { der, tbs, ...signed, signatureAlgorithm, signature: outer.bitStringBytes() };
    }),
  );
}
