import {
  contextTag,
  derContext,
  derElement,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derRetag,
  derSequence,
  primitiveContextTag,
} from '@hufu/gm';
import { buildGeneralName, type ExtensionSpec, type GeneralNameSpec } from '../../../src/build/extensions.ts';
import { EXTENSION_OID } from '../../../src/x509/oids.ts';

export type NameSpec = GeneralNameSpec | { readonly kind: 'ip'; readonly octets: readonly number[] };

const generalName = (name: NameSpec): Uint8Array =>
  name.kind === 'ip'
    ? derRetag(primitiveContextTag(7), derOctetString(Uint8Array.from(name.octets)))
    : buildGeneralName(name);

export const alternativeNames = (...names: readonly NameSpec[]): ExtensionSpec => ({
  oid: EXTENSION_OID.subjectAltName,
  value: derSequence(...names.map(generalName)),
});

export const nameConstraints = (constraints: {
  readonly permitted?: readonly NameSpec[];
  readonly excluded?: readonly NameSpec[];
  readonly critical?: boolean;
}): ExtensionSpec => {
  const subtrees = (n: number, names: readonly NameSpec[] = []) =>
    names.length === 0
      ? undefined
      : derElement(contextTag(n), ...names.map((name) => derSequence(generalName(name))));
  return {
    oid: EXTENSION_OID.nameConstraints,
    critical: constraints.critical ?? true,
    value: derSequence(subtrees(0, constraints.permitted), subtrees(1, constraints.excluded)),
  };
};

export const policyMappings = (...pairs: readonly (readonly [string, string])[]): ExtensionSpec => ({
  oid: EXTENSION_OID.policyMappings,
  critical: true,
  value: derSequence(...pairs.map(([issuer, subject]) => derSequence(derOid(issuer), derOid(subject)))),
});

const skip = (n: number, count: number | undefined): Uint8Array | undefined =>
  count === undefined ? undefined : derRetag(primitiveContextTag(n), derInteger(count));

export const policyConstraints = (
  constraints: { readonly explicit?: number; readonly mapping?: number },
  critical = true,
): ExtensionSpec => ({
  oid: EXTENSION_OID.policyConstraints,
  critical,
  value: derSequence(skip(0, constraints.explicit), skip(1, constraints.mapping)),
});

export const inhibitAnyPolicy = (count: number, critical = true): ExtensionSpec => ({
  oid: EXTENSION_OID.inhibitAnyPolicy,
  critical,
  value: derInteger(count),
});

export const unknownExtension = (critical: boolean): ExtensionSpec => ({
  oid: '1.3.6.1.4.1.55555.1',
  critical,
  value: derNull(),
});

export type PointSpec = {
  readonly uri?: string;
  /** Bits of ReasonFlags. */
  readonly reasons?: readonly number[];
  /** Encoded Name. */
  readonly crlIssuer?: Uint8Array;
};

const reasonBits = (reasons: readonly number[]): Uint8Array => {
  const octets = [0, 0];
  for (const bit of reasons) octets[bit >> 3]! |= 0x80 >> (bit & 7);
  const used = octets[1] === 0 ? 1 : 2;
  const last = octets[used - 1]!;
  let unused = 0;
  while (unused < 7 && ((last >> unused) & 1) === 0) unused++;
  return Uint8Array.from([unused, ...octets.slice(0, used)]);
};

const pointName = (uri: string): Uint8Array =>
  derContext(0, derContext(0, buildGeneralName({ kind: 'uri', text: uri })));

export const distributionPoints = (...points: readonly PointSpec[]): ExtensionSpec => ({
  oid: EXTENSION_OID.crlDistributionPoints,
  value: derSequence(
    ...points.map(({ uri, reasons, crlIssuer }) =>
      derSequence(
        uri === undefined ? undefined : pointName(uri),
        reasons && derElement(primitiveContextTag(1), reasonBits(reasons)),
        crlIssuer && derContext(2, buildGeneralName({ kind: 'dn', name: crlIssuer })),
      ),
    ),
  ),
});

export const issuingPoint = (scope: {
  readonly uri?: string;
  readonly onlyUsers?: boolean;
  readonly onlyAuthorities?: boolean;
  readonly reasons?: readonly number[];
  readonly indirect?: boolean;
  readonly onlyAttributes?: boolean;
}): ExtensionSpec => {
  const flag = (n: number, set: boolean | undefined): Uint8Array | undefined =>
    set ? derElement(primitiveContextTag(n), Uint8Array.of(0xff)) : undefined;
  return {
    oid: EXTENSION_OID.issuingDistributionPoint,
    critical: true,
    value: derSequence(
      scope.uri === undefined ? undefined : pointName(scope.uri),
      flag(1, scope.onlyUsers),
      flag(2, scope.onlyAuthorities),
      scope.reasons && derElement(primitiveContextTag(3), reasonBits(scope.reasons)),
      flag(4, scope.indirect),
      flag(5, scope.onlyAttributes),
    ),
  };
};
