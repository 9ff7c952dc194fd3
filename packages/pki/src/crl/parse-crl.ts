import { contextTag, type DerReader, primitiveContextTag, readDer, TAG } from '@hufu/gm';
import { pkiError } from '../errors.ts';
import { readAuthorityKeyIdentifier, readDistributionPointName } from '../x509/certificate-extensions.ts';
import { decodeExtension, readExtensions } from '../x509/extension.ts';
import { readAlgorithm, sameAlgorithm } from '../x509/key.ts';
import type { AlgorithmIdentifier, Extension, Name } from '../x509/model.ts';
import { readName } from '../x509/name.ts';
import { EXTENSION_OID } from '../x509/oids.ts';
import { EntryIndex, type EntryRange } from './entry-index.ts';
import type { Crl, IssuingDistributionPoint } from './model.ts';

/** About 2.5 million entries. */
const MAX_CRL_BYTES = 128 * 1024 * 1024;
const MAX_NUMBER_OCTETS = 21;

function readIssuingDistributionPoint(reader: DerReader, issuer: Name): IssuingDistributionPoint {
  return reader.within(TAG.sequence, (inner) => {
    const flag = (n: number): boolean =>
      inner.optional(primitiveContextTag(n), (r) => r.boolean(primitiveContextTag(n))) ?? false;
    const names = inner.optional(contextTag(0), (r) => readDistributionPointName(r, issuer));
    const onlyUserCertificates = flag(1);
    const onlyCaCertificates = flag(2);
    const onlySomeReasons = inner.optional(primitiveContextTag(3), (r) =>
      r.namedBits(primitiveContextTag(3)),
    );
    const indirect = flag(4);
    const onlyAttributeCertificates = flag(5);
    // RFC 5280 §5.2.5: at most one of the three.
    const scopes = [onlyUserCertificates, onlyCaCertificates, onlyAttributeCertificates].filter(Boolean);
    if (scopes.length > 1) throw pkiError('CRL_EXTENSION');
    return {
      names,
      onlyUserCertificates,
      onlyCaCertificates,
      onlySomeReasons,
      indirect,
      onlyAttributeCertificates,
    };
  });
}

type CrlExtensionFields = Pick<
  Crl,
  'authorityKeyIdentifier' | 'crlNumber' | 'baseCrlNumber' | 'issuingDistributionPoint'
>;

function crlExtensions(extensions: ReadonlyMap<string, Extension>, issuer: Name): CrlExtensionFields {
  const decode = <T>(oid: string, read: (reader: DerReader) => T): T | undefined =>
    decodeExtension(extensions, oid, { code: 'CRL_EXTENSION', read });
  const number = (oid: string): bigint | undefined =>
    decode(oid, (r) => r.integer({ maxBytes: MAX_NUMBER_OCTETS }));
  return {
    authorityKeyIdentifier: decode(EXTENSION_OID.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    crlNumber: number(EXTENSION_OID.crlNumber),
    baseCrlNumber: number(EXTENSION_OID.deltaCrlIndicator),
    issuingDistributionPoint: decode(EXTENSION_OID.issuingDistributionPoint, (r) =>
      readIssuingDistributionPoint(r, issuer),
    ),
  };
}

const isTime = (tag: number): boolean => tag === TAG.utcTime || tag === TAG.generalizedTime;

function readVersion(reader: DerReader): number {
  const version = reader.optional(TAG.integer, (r) => r.smallInteger());
  if (version !== undefined && version !== 1) throw pkiError('CRL_VERSION', { version });
  return version === undefined ? 1 : 2;
}

const NO_EXTENSIONS: ReadonlyMap<string, Extension> = new Map();

function readCrlExtensions(reader: DerReader, version: number): ReadonlyMap<string, Extension> {
  if (reader.done) return NO_EXTENSIONS;
  if (version !== 2) throw pkiError('CRL_VERSION', { version });
  return reader.within(contextTag(0), (inner) =>
    readExtensions(inner, { malformed: 'CRL_EXTENSION', duplicate: 'CRL_EXTENSION' }),
  );
}

type Frame = Omit<Crl, 'hasUnknownCriticalEntryExtension' | 'size' | 'find' | 'entries'> & {
  readonly range: EntryRange | undefined;
};

type SignedPart = Omit<Frame, 'der' | 'tbs' | 'signature' | 'signatureAlgorithm'> & {
  readonly algorithm: AlgorithmIdentifier;
};

function readSigned(reader: DerReader): SignedPart {
  const version = readVersion(reader);
  const algorithm = readAlgorithm(reader);
  const issuer = readName(reader);
  if (issuer.rdns.length === 0) throw pkiError('CERT_NAME', { of: 'issuer' });
  const thisUpdate = reader.time();
  const nextUpdate = isTime(reader.peek()) ? reader.time() : undefined;
  const range = reader.optional(TAG.sequence, (list) => {
    list.next();
    return { start: list.start, end: list.contentEnd };
  });
  const extensions = readCrlExtensions(reader, version);
  return {
    version,
    algorithm,
    issuer,
    thisUpdate,
    nextUpdate,
    range,
    extensions,
    ...crlExtensions(extensions, issuer),
  };
}

/** Everything but the entries. */
function readFrame(der: Uint8Array): Frame {
  return readDer(der, (reader) =>
    reader.within(TAG.sequence, (outer) => {
      const { algorithm, ...signed } = outer.within(TAG.sequence, readSigned);
      const tbs = der.subarray(outer.start, outer.contentEnd);
      const signatureAlgorithm = readAlgorithm(outer);
      if (!sameAlgorithm(algorithm, signatureAlgorithm)) throw pkiError('CRL_ALGORITHM_MISMATCH');
      return { der, tbs, ...signed, signatureAlgorithm, signature: outer.bitStringBytes() };
    }),
  );
}

function* parseSteps(input: Uint8Array): Generator<undefined, Crl> {
  if (input.length > MAX_CRL_BYTES) throw pkiError('CRL_TOO_LARGE', { bytes: input.length });
  const { range, ...frame } = readFrame(new Uint8Array(input));
  const index = new EntryIndex(frame.der, frame.issuer, range);
  if (range !== undefined) yield* index.build(range, frame.version);
  return {
    ...frame,
    hasUnknownCriticalEntryExtension: index.hasUnknownCritical,
    size: index.size,
    find: (serialHex, certificateIssuer = frame.issuer) => index.find(serialHex, certificateIssuer),
    entries: () => index.entries(),
  };
}

/**
 * Parses and indexes a CRL in strict DER (RFC 5280 §5.1) in one go. For long lists on a thread that has other work,
 * use `parseCrlInSteps`. Nothing is verified beyond the encoding.
 * @throws CRL_*, CERT_NAME, DER_*
 */
export function parseCrl(input: Uint8Array): Crl {
  const steps = parseSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * As `parseCrl`, handing over every few thousand entries (about a millisecond of work).
 * @param pause resolves when other work has had its turn; Node callers pass `setImmediate` from `node:timers/promises`.
 * @throws CRL_*, CERT_NAME, DER_*
 */
export async function parseCrlInSteps(
  input: Uint8Array,
  pause: () => Promise<unknown> = nextTask,
): Promise<Crl> {
  const steps = parseSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
  }
}
