import { contextTag, type DerReader, readDer, TAG } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import type { DigestAlgorithm } from '../crypto-engine.ts';
import { readAlgorithm } from './key.ts';
import type { AlgorithmIdentifier, KeyKind } from './model.ts';
import { DIGEST_OID, SIGNATURE_OID } from './oids.ts';

/** What a signature's AlgorithmIdentifier asks of an engine. */
export type SignatureScheme =
  | { readonly family: 'sm2' }
  | { readonly family: 'ecdsa'; readonly digest: DigestAlgorithm }
  | { readonly family: 'rsa-pkcs1'; readonly digest: DigestAlgorithm }
  | { readonly family: 'rsa-pss'; readonly digest: DigestAlgorithm; readonly saltLength: number }
  | { readonly family: 'ed25519' };

type ParameterRule = 'absent' | 'null' | 'absent-or-null' | 'pss';
type Row = { readonly parameters: ParameterRule; readonly scheme: SignatureScheme };

const ecdsa = (digest: DigestAlgorithm): Row => ({
  parameters: 'absent',
  scheme: { family: 'ecdsa', digest },
});
const rsa = (digest: DigestAlgorithm): Row => ({
  parameters: 'null',
  scheme: { family: 'rsa-pkcs1', digest },
});

// RFC 5758 §3.2, RFC 4055 §5, RFC 8410 §3. GM/T 0006 leaves SM2's parameters open: both forms are in use.
const ROWS: Readonly<Record<string, Row>> = {
  [SIGNATURE_OID.sm2Sm3]: { parameters: 'absent-or-null', scheme: { family: 'sm2' } },
  [SIGNATURE_OID.ecdsaSha1]: ecdsa('sha1'),
  [SIGNATURE_OID.ecdsaSha256]: ecdsa('sha256'),
  [SIGNATURE_OID.ecdsaSha384]: ecdsa('sha384'),
  [SIGNATURE_OID.ecdsaSha512]: ecdsa('sha512'),
  [SIGNATURE_OID.rsaSha1]: rsa('sha1'),
  [SIGNATURE_OID.rsaSha256]: rsa('sha256'),
  [SIGNATURE_OID.rsaSha384]: rsa('sha384'),
  [SIGNATURE_OID.rsaSha512]: rsa('sha512'),
  [SIGNATURE_OID.rsaPss]: {
    parameters: 'pss',
    scheme: { family: 'rsa-pss', digest: 'sha1', saltLength: 20 },
  },
  [SIGNATURE_OID.ed25519]: { parameters: 'absent', scheme: { family: 'ed25519' } },
};

const DIGESTS = new Map<string, DigestAlgorithm>(
  Object.entries(DIGEST_OID).map(([name, oid]) => [oid, name as DigestAlgorithm]),
);

/** Digest named by an OID, or undefined when it is none of ours. */
export const digestOfOid = (oid: string): DigestAlgorithm | undefined => DIGESTS.get(oid);

const MGF1 = '1.2.840.113549.1.1.8';

function readDigest(reader: DerReader, tag: number): string {
  return reader.within(tag, (inner) => readAlgorithm(inner)).oid;
}

/** RSASSA-PSS-params (RFC 4055 §3.1): one digest for hash and mask, trailer 1. */
function readPss(reader: DerReader): SignatureScheme | undefined {
  return reader.within(TAG.sequence, (inner) => {
    const hash = inner.optional(contextTag(0), (r) => readDigest(r, contextTag(0))) ?? DIGEST_OID.sha1;
    const mask = inner.optional(contextTag(1), (r) => r.within(contextTag(1), (m) => readAlgorithm(m)));
    const saltLength =
      inner.optional(contextTag(2), (r) => r.within(contextTag(2), (n) => n.smallInteger())) ?? 20;
    const trailer =
      inner.optional(contextTag(3), (r) => r.within(contextTag(3), (n) => n.smallInteger())) ?? 1;
    const maskHash =
      mask === undefined
        ? DIGEST_OID.sha1
        : mask.oid === MGF1 && mask.parameters !== undefined
          ? readDer(mask.parameters, (r) => readAlgorithm(r)).oid
          : undefined;
    const digest = digestOfOid(hash);
    if (digest === undefined || maskHash !== hash || trailer !== 1 || saltLength > 512) return undefined;
    return { family: 'rsa-pss', digest, saltLength } as const;
  });
}

function isAllowed(rule: ParameterRule, parameters: Uint8Array | undefined): boolean {
  const isNull = parameters !== undefined && parameters[0] === TAG.null;
  switch (rule) {
    case 'absent':
      return parameters === undefined;
    case 'null':
      return isNull;
    case 'absent-or-null':
      return parameters === undefined || isNull;
    case 'pss':
      return parameters !== undefined && parameters[0] === TAG.sequence;
  }
}

/** The scheme behind an identifier, or undefined for one that is unknown or carries parameters that it may not. */
export function signatureScheme(algorithm: AlgorithmIdentifier): SignatureScheme | undefined {
  const row = ROWS[algorithm.oid];
  if (row === undefined || !isAllowed(row.parameters, algorithm.parameters)) return undefined;
  if (row.parameters !== 'pss' || algorithm.parameters === undefined) return row.scheme;
  try {
    return readDer(algorithm.parameters, readPss);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

const FAMILY_KEYS: Readonly<Record<SignatureScheme['family'], readonly KeyKind[]>> = {
  sm2: ['sm2'],
  ecdsa: ['p256', 'p384', 'p521'],
  'rsa-pkcs1': ['rsa'],
  'rsa-pss': ['rsa'],
  ed25519: ['ed25519'],
};

/** Whether a key of this kind may be used in the scheme: an SM2 key never makes ECDSA signatures, and the reverse. */
export const fitsKey = (scheme: SignatureScheme, kind: KeyKind): boolean =>
  FAMILY_KEYS[scheme.family].includes(kind);
