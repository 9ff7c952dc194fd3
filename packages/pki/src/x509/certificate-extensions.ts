import { contextTag, type DerReader, primitiveContextTag, readDer, TAG } from '@hufu/gm';
import { pkiError } from '../errors.ts';
import { decodeExtension } from './extension.ts';
import { readGeneralName, readGeneralNames } from './general-name.ts';
import type {
  BasicConstraints,
  Certificate,
  DistributionPoint,
  Extension,
  GeneralName,
  GeneralSubtree,
  KeyUsageBit,
  Name,
  NameConstraints,
  PolicyConstraints,
} from './model.ts';
import { readRelativeName } from './name.ts';
import { ACCESS_OID, EXTENSION_OID } from './oids.ts';

/** By bit number (RFC 5280 §4.2.1.3). */
export const KEY_USAGE_BITS: readonly KeyUsageBit[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

const refuse = (): never => {
  throw pkiError('CERT_EXTENSION');
};

/** A SEQUENCE OF with at least one element, and not more than any real certificate holds. */
function listOf<T>(reader: DerReader, read: (item: DerReader) => T): T[] {
  const inner = reader.sequence();
  const items: T[] = [];
  while (!inner.done) {
    items.push(read(inner));
    if (items.length > 4096) refuse();
  }
  return items.length > 0 ? items : refuse();
}

const readBasicConstraints = (reader: DerReader): BasicConstraints =>
  reader.within(TAG.sequence, (inner) => ({
    ca: inner.optional(TAG.boolean, (flag) => flag.boolean()) ?? false,
    pathLength: inner.optional(TAG.integer, (length) => length.smallInteger()),
  }));

function readKeyUsage(reader: DerReader): ReadonlySet<KeyUsageBit> {
  // Zeros at the end of a named bit list break X.690 §11.2.2, but CAs write them and no meaning changes.
  const { bytes } = reader.bitString();
  const names = KEY_USAGE_BITS.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
  return new Set(names);
}

/** keyIdentifier of AuthorityKeyIdentifier (RFC 5280 §4.2.1.1). */
export function readAuthorityKeyIdentifier(reader: DerReader): Uint8Array | undefined {
  return reader.within(TAG.sequence, (inner) => {
    const keyIdentifier = inner.optional(primitiveContextTag(0), (id) =>
      id.octetString(primitiveContextTag(0)),
    );
    inner.optional(contextTag(1), (names) => readGeneralNames(names, contextTag(1)));
    inner.optional(primitiveContextTag(2), (serial) =>
      serial.integerBytes({ tag: primitiveContextTag(2), signed: true }),
    );
    return keyIdentifier;
  });
}

/** minimum is 0 and maximum absent in this profile (RFC 5280 §4.2.1.10). */
function readSubtrees(reader: DerReader, tag: number): GeneralSubtree[] {
  const inner = reader.enter(tag);
  const subtrees: GeneralSubtree[] = [];
  while (!inner.done) subtrees.push(inner.within(TAG.sequence, readGeneralName));
  return subtrees.length > 0 ? subtrees : refuse();
}

function readNameConstraints(reader: DerReader): NameConstraints {
  return reader.within(TAG.sequence, (inner) => {
    if (inner.done) refuse();
    return {
      permitted: inner.optional(contextTag(0), (list) => readSubtrees(list, contextTag(0))) ?? [],
      excluded: inner.optional(contextTag(1), (list) => readSubtrees(list, contextTag(1))) ?? [],
    };
  });
}

function readPolicies(reader: DerReader): string[] {
  const policies = listOf(reader, (item) =>
    item.within(TAG.sequence, (policy) => {
      const oid = policy.oid();
      policy.optional(TAG.sequence, (qualifiers) => qualifiers.next());
      return oid;
    }),
  );
  return new Set(policies).size === policies.length ? policies : refuse();
}

const readPolicyMappings = (reader: DerReader): { issuer: string; subject: string }[] =>
  listOf(reader, (item) =>
    item.within(TAG.sequence, (mapping) => ({ issuer: mapping.oid(), subject: mapping.oid() })),
  );

const readPolicyConstraints = (reader: DerReader): PolicyConstraints =>
  reader.within(TAG.sequence, (inner) => {
    const skip = (n: number): number | undefined =>
      inner.optional(primitiveContextTag(n), (count) => count.smallInteger(primitiveContextTag(n)));
    return { requireExplicitPolicy: skip(0), inhibitPolicyMapping: skip(1) };
  });

function readAccess(reader: DerReader): { method: string; location: GeneralName }[] {
  return listOf(reader, (item) =>
    item.within(TAG.sequence, (access) => ({ method: access.oid(), location: readGeneralName(access) })),
  );
}

/** DistributionPointName inside of its explicit tag [0]; a relative name hangs below `base`. */
export function readDistributionPointName(reader: DerReader, base: Name): readonly GeneralName[] {
  const choice = reader.enter(contextTag(0));
  const names: readonly GeneralName[] =
    choice.peek() === contextTag(1)
      ? [{ kind: 'dn', name: readRelativeName(choice, contextTag(1), base) }]
      : readGeneralNames(choice, contextTag(0));
  choice.finish();
  return names;
}

function readDistributionPoint(reader: DerReader, issuer: Name): DistributionPoint {
  return reader.within(TAG.sequence, (point) => {
    const nameAt = point.peek() === contextTag(0) ? point.element() : undefined;
    const reasons = point.optional(primitiveContextTag(1), (bits) => bits.namedBits(primitiveContextTag(1)));
    const crlIssuer = point.optional(contextTag(2), (names) => readGeneralNames(names, contextTag(2)));
    const directory = crlIssuer?.find((name) => name.kind === 'dn');
    const base = directory?.kind === 'dn' ? directory.name : issuer;
    const names =
      nameAt === undefined ? undefined : readDer(nameAt, (name) => readDistributionPointName(name, base));
    if (names === undefined && crlIssuer === undefined) refuse();
    return { names, reasons, crlIssuer };
  });
}

type Extensions = ReadonlyMap<string, Extension>;

type ExtensionFields = Pick<
  Certificate,
  | 'basicConstraints'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'subjectKeyIdentifier'
  | 'authorityKeyIdentifier'
  | 'subjectAlternativeNames'
  | 'nameConstraints'
  | 'policies'
  | 'policyMappings'
  | 'policyConstraints'
  | 'inhibitAnyPolicy'
  | 'crlDistributionPoints'
  | 'ocspAddresses'
  | 'issuerAddresses'
>;

/** Decodes every extension of RFC 5280 §4.2 that a decision may rest on. @throws CERT_EXTENSION with the OID */
export function certificateExtensions(extensions: Extensions, issuer: Name): ExtensionFields {
  const decode = <T>(oid: string, read: (reader: DerReader) => T): T | undefined =>
    decodeExtension(extensions, oid, { code: 'CERT_EXTENSION', read });
  const access = decode(EXTENSION_OID.authorityInformationAccess, readAccess) ?? [];
  const addresses = (method: string): string[] =>
    access.flatMap((a) => (a.method === method && a.location.kind === 'uri' ? a.location.text : []));
  return {
    basicConstraints: decode(EXTENSION_OID.basicConstraints, readBasicConstraints),
    keyUsage: decode(EXTENSION_OID.keyUsage, readKeyUsage),
    extendedKeyUsage: decode(EXTENSION_OID.extendedKeyUsage, (r) => listOf(r, (item) => item.oid())),
    subjectKeyIdentifier: decode(EXTENSION_OID.subjectKeyIdentifier, (r) => r.octetString()),
    authorityKeyIdentifier: decode(EXTENSION_OID.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    subjectAlternativeNames: decode(EXTENSION_OID.subjectAltName, (r) => readGeneralNames(r)),
    nameConstraints: decode(EXTENSION_OID.nameConstraints, readNameConstraints),
    policies: decode(EXTENSION_OID.certificatePolicies, readPolicies),
    policyMappings: decode(EXTENSION_OID.policyMappings, readPolicyMappings),
    policyConstraints: decode(EXTENSION_OID.policyConstraints, readPolicyConstraints),
    inhibitAnyPolicy: decode(EXTENSION_OID.inhibitAnyPolicy, (r) => r.smallInteger()),
    crlDistributionPoints: decode(EXTENSION_OID.crlDistributionPoints, (r) =>
      listOf(r, (point) => readDistributionPoint(point, issuer)),
    ),
    ocspAddresses: addresses(ACCESS_OID.ocsp),
    issuerAddresses: addresses(ACCESS_OID.caIssuers),
  };
}
