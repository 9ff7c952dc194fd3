import {
  derBoolean,
  derContext,
  derElement,
  derIa5String,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derRetag,
  derSequence,
  primitiveContextTag,
} from '@hufu/gm';
import { KEY_USAGE_BITS } from '../x509/certificate-extensions.ts';
import type { KeyUsageBit } from '../x509/model.ts';
import { ACCESS_OID, EXTENSION_OID } from '../x509/oids.ts';

/** One extension to write; `value` is the DER that goes into the OCTET STRING. */
export type ExtensionSpec = { readonly oid: string; readonly critical?: boolean; readonly value: Uint8Array };

export type GeneralNameSpec =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  /** `name` is an encoded Name. */
  | { readonly kind: 'dn'; readonly name: Uint8Array }
  /** `value` is one encoded element. */
  | { readonly kind: 'other'; readonly oid: string; readonly value: Uint8Array };

const TEXT_TAGS = { email: 1, dns: 2, uri: 6 } as const;

/** GeneralName (RFC 5280 §4.2.1.6). */
export function buildGeneralName(name: GeneralNameSpec): Uint8Array {
  if (name.kind === 'dn') return derContext(4, name.name);
  if (name.kind === 'other') return derContext(0, derOid(name.oid), derContext(0, name.value));
  return derRetag(primitiveContextTag(TEXT_TAGS[name.kind]), derIa5String(name.text));
}

/** Extension; `critical` is left out when false (X.690 §11.5). */
export const buildExtension = ({ oid, critical, value }: ExtensionSpec): Uint8Array =>
  derSequence(derOid(oid), critical === true ? derBoolean(true) : undefined, derOctetString(value));

export const basicConstraints = (options: { ca: boolean; pathLength?: number }): ExtensionSpec => ({
  oid: EXTENSION_OID.basicConstraints,
  critical: options.ca,
  value: derSequence(
    options.ca ? derBoolean(true) : undefined,
    options.pathLength === undefined ? undefined : derInteger(options.pathLength),
  ),
});

export const keyUsage = (...bits: readonly KeyUsageBit[]): ExtensionSpec => ({
  oid: EXTENSION_OID.keyUsage,
  critical: true,
  value: derNamedBits(bits.map((bit) => KEY_USAGE_BITS.indexOf(bit))),
});

/** @param options.critical RFC 3161 §2.3 asks it for time-stamping */
export const extendedKeyUsage = (
  oids: readonly string[],
  options: { critical?: boolean } = {},
): ExtensionSpec => ({
  oid: EXTENSION_OID.extendedKeyUsage,
  critical: options.critical ?? false,
  value: derSequence(...oids.map(derOid)),
});

export const subjectKeyIdentifier = (identifier: Uint8Array): ExtensionSpec => ({
  oid: EXTENSION_OID.subjectKeyIdentifier,
  value: derOctetString(identifier),
});

export const authorityKeyIdentifier = (identifier: Uint8Array): ExtensionSpec => ({
  oid: EXTENSION_OID.authorityKeyIdentifier,
  value: derSequence(derElement(primitiveContextTag(0), identifier)),
});

export const certificatePolicies = (...oids: readonly string[]): ExtensionSpec => ({
  oid: EXTENSION_OID.certificatePolicies,
  value: derSequence(...oids.map((oid) => derSequence(derOid(oid)))),
});

export const subjectAltName = (...names: readonly GeneralNameSpec[]): ExtensionSpec => ({
  oid: EXTENSION_OID.subjectAltName,
  value: derSequence(...names.map(buildGeneralName)),
});

const fullName = (address: string): Uint8Array =>
  derContext(0, derContext(0, buildGeneralName({ kind: 'uri', text: address })));

export const crlDistributionPoints = (...addresses: readonly string[]): ExtensionSpec => ({
  oid: EXTENSION_OID.crlDistributionPoints,
  value: derSequence(...addresses.map((address) => derSequence(fullName(address)))),
});

export function authorityInformationAccess(addresses: {
  readonly ocsp?: string;
  readonly issuer?: string;
}): ExtensionSpec {
  const access = (method: string, text: string | undefined): Uint8Array | undefined =>
    text === undefined ? undefined : derSequence(derOid(method), buildGeneralName({ kind: 'uri', text }));
  return {
    oid: EXTENSION_OID.authorityInformationAccess,
    value: derSequence(
      access(ACCESS_OID.ocsp, addresses.ocsp),
      access(ACCESS_OID.caIssuers, addresses.issuer),
    ),
  };
}

/** The responder's certificate needs no status check of its own (RFC 6960 §4.2.2.2.1). */
export const ocspNoCheck = (): ExtensionSpec => ({ oid: EXTENSION_OID.ocspNoCheck, value: derNull() });

/** Where a CRL comes from and what it covers (RFC 5280 §5.2.5). */
export const issuingDistributionPoint = (options: {
  readonly address?: string;
  readonly onlyUserCertificates?: boolean;
  readonly onlyCaCertificates?: boolean;
  readonly indirect?: boolean;
}): ExtensionSpec => {
  const flag = (n: number, value: boolean | undefined): Uint8Array | undefined =>
    value === true ? derRetag(primitiveContextTag(n), derBoolean(true)) : undefined;
  return {
    oid: EXTENSION_OID.issuingDistributionPoint,
    critical: true,
    value: derSequence(
      options.address === undefined ? undefined : fullName(options.address),
      flag(1, options.onlyUserCertificates),
      flag(2, options.onlyCaCertificates),
      flag(4, options.indirect),
    ),
  };
};
