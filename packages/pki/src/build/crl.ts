import {
  derContext,
  derElement,
  derEnumerated,
  derGeneralizedTime,
  derInteger,
  derSequence,
  derSequenceOf,
  derTime,
  TAG,
} from '@hufu/gm';
import { CRL_REASONS, type CrlReason } from '../crl/model.ts';
import type { Signer } from '../crypto-engine.ts';
import { EXTENSION_OID } from '../x509/oids.ts';
import {
  authorityKeyIdentifier,
  buildExtension,
  buildGeneralName,
  type ExtensionSpec,
} from './extensions.ts';
import { derSerial, signatureIdentifier, signDer } from './signed.ts';

export type CrlEntrySpec = {
  /** Unsigned octets. */
  readonly serial: Uint8Array;
  readonly revokedAt: number;
  /** Left out of the entry when unspecified (RFC 5280 §5.3.1). */
  readonly reason?: CrlReason;
  readonly invalidityDate?: number;
  /** Encoded Name: for the first entry of each issuer in an indirect CRL. */
  readonly certificateIssuer?: Uint8Array;
};

export type CrlSpec = {
  /** Encoded Name. */
  readonly issuer: Uint8Array;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly crlNumber: bigint;
  readonly authorityKeyIdentifier: Uint8Array;
  readonly entries: readonly CrlEntrySpec[];
  /** Makes it a delta on this CRL number. */
  readonly baseCrlNumber?: bigint;
  /** For instance an issuing distribution point. */
  readonly extensions?: readonly ExtensionSpec[];
};

const REASONS = new Map(
  Object.entries(CRL_REASONS).map(([name, number]) => [
    name,
    buildExtension({ oid: EXTENSION_OID.reasonCode, value: derEnumerated(number) }),
  ]),
);

function entryExtensions(entry: CrlEntrySpec): Uint8Array | undefined {
  const { reason = 'unspecified', invalidityDate, certificateIssuer } = entry;
  const extensions: Uint8Array[] = [];
  const encodedReason = reason === 'unspecified' ? undefined : REASONS.get(reason);
  if (encodedReason !== undefined) extensions.push(encodedReason);
  if (invalidityDate !== undefined) {
    const value = derGeneralizedTime(invalidityDate);
    extensions.push(buildExtension({ oid: EXTENSION_OID.invalidityDate, value }));
  }
  if (certificateIssuer !== undefined) {
    const value = derSequence(buildGeneralName({ kind: 'dn', name: certificateIssuer }));
    extensions.push(buildExtension({ oid: EXTENSION_OID.certificateIssuer, critical: true, value }));
  }
  return extensions.length === 0 ? undefined : derElement(TAG.sequence, ...extensions);
}

const buildEntry = (entry: CrlEntrySpec): Uint8Array =>
  derSequence(derSerial(entry.serial), derTime(entry.revokedAt), entryExtensions(entry));

/** A version 2 CRL (RFC 5280 §5.1) in DER. @throws BUILD_SERIAL, DER_* */
export function buildCrl(spec: CrlSpec, issuer: Signer): Promise<Uint8Array> {
  const extensions: ExtensionSpec[] = [
    authorityKeyIdentifier(spec.authorityKeyIdentifier),
    { oid: EXTENSION_OID.crlNumber, value: derInteger(spec.crlNumber) },
    ...(spec.extensions ?? []),
  ];
  if (spec.baseCrlNumber !== undefined) {
    const value = derInteger(spec.baseCrlNumber);
    extensions.push({ oid: EXTENSION_OID.deltaCrlIndicator, critical: true, value });
  }
  const tbs = derSequence(
    derInteger(1),
    signatureIdentifier(issuer.algorithm),
    spec.issuer,
    derTime(spec.thisUpdate),
    derTime(spec.nextUpdate),
    spec.entries.length === 0 ? undefined : derSequenceOf(spec.entries.map(buildEntry)),
    derContext(0, derSequence(...extensions.map(buildExtension))),
  );
  return signDer(tbs, issuer);
}
