import { type DerReader, readDer, TAG } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import { pkiError } from '../errors.ts';
import { decodeExtension, readExtensions } from '../x509/extension.ts';
import { readGeneralNames } from '../x509/general-name.ts';
import type { Extension, Name } from '../x509/model.ts';
import { EXTENSION_OID } from '../x509/oids.ts';
import { CRL_REASONS, type CrlReason } from './model.ts';

/** What the extensions of one entry say (RFC 5280 §5.3). */
export type EntryExtensions = {
  readonly reason: CrlReason;
  readonly invalidityDate: number | undefined;
  readonly certificateIssuer: Name | undefined;
  readonly hasUnknownCritical: boolean;
};

const KNOWN = new Set<string>([
  EXTENSION_OID.reasonCode,
  EXTENSION_OID.invalidityDate,
  EXTENSION_OID.certificateIssuer,
]);

const REASON_NAMES = new Map<number, CrlReason>(
  Object.entries(CRL_REASONS).map(([name, number]) => [number, name as CrlReason]),
);

/** CRLReason by number (RFC 5280 §5.3.1). @throws CRL_ENTRY, DER_* */
export function readCrlReason(reader: DerReader): CrlReason {
  const reason = REASON_NAMES.get(reader.smallInteger(TAG.enumerated));
  if (reason === undefined) throw pkiError('CRL_ENTRY', { of: 'reason' });
  return reason;
}

/** The directory name of the issuer; an entry that names none cannot be matched (RFC 5280 §5.3.3). */
function readCertificateIssuer(reader: DerReader): Name {
  const name = readGeneralNames(reader).find((candidate) => candidate.kind === 'dn');
  if (name?.kind !== 'dn') throw pkiError('CRL_ENTRY', { of: 'certificateIssuer' });
  return name.name;
}

function readList(reader: DerReader): ReadonlyMap<string, Extension> {
  return readExtensions(reader, { malformed: 'CRL_ENTRY', duplicate: 'CRL_ENTRY' });
}

function decodeEntryExtensions(extensions: ReadonlyMap<string, Extension>): EntryExtensions {
  const decode = <T>(oid: string, read: (reader: DerReader) => T): T | undefined =>
    decodeExtension(extensions, oid, { code: 'CRL_ENTRY', read });
  return {
    reason: decode(EXTENSION_OID.reasonCode, readCrlReason) ?? 'unspecified',
    invalidityDate: decode(EXTENSION_OID.invalidityDate, (r) => r.time({ tag: TAG.generalizedTime })),
    certificateIssuer: decode(EXTENSION_OID.certificateIssuer, readCertificateIssuer),
    hasUnknownCritical: [...extensions.values()].some((e) => e.critical && !KNOWN.has(e.oid)),
  };
}

/** @param der crlEntryExtensions whole. @throws CRL_ENTRY */
export function parseEntryExtensions(der: Uint8Array): EntryExtensions {
  try {
    return decodeEntryExtensions(readDer(der, readList));
  } catch (cause) {
    if (cause instanceof CodedError && cause.code !== 'CRL_ENTRY') {
      throw pkiError('CRL_ENTRY', { cause: cause.code }, cause);
    }
    throw cause;
  }
}
