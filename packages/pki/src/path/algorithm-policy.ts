import type { AlgorithmIdentifier, KeyKind, SubjectPublicKeyInfo } from '../x509/model.ts';
import { SIGNATURE_OID } from '../x509/oids.ts';
import { signatureScheme } from '../x509/signature-algorithm.ts';
import { type CheckFailure, refuse } from './failure.ts';

/**
 * Which signature algorithms, by OID and with the kinds of key that make them, and which keys a path may hold. What is
 * not listed is refused. The form of an algorithm's parameters is for the engine, which knows what they mean.
 */
export type AlgorithmPolicy = {
  readonly signatures: ReadonlyMap<string, readonly KeyKind[]>;
  readonly keys: ReadonlySet<KeyKind>;
  readonly minimumRsaBits: number;
};

const ECDSA: readonly KeyKind[] = ['p256', 'p384', 'p521'];

/**
 * OD-36: SM2 with SM3; ECDSA on named NIST curves and RSA of at least 2048 bits with SHA-2 from authorities that still
 * issue them. SHA-1, MD5, DSA, explicit curve parameters and smaller keys are refused by not being here.
 */
export const TRADING_ALGORITHMS: AlgorithmPolicy = {
  signatures: new Map<string, readonly KeyKind[]>([
    [SIGNATURE_OID.sm2Sm3, ['sm2']],
    [SIGNATURE_OID.ecdsaSha256, ECDSA],
    [SIGNATURE_OID.ecdsaSha384, ECDSA],
    [SIGNATURE_OID.ecdsaSha512, ECDSA],
    [SIGNATURE_OID.rsaSha256, ['rsa']],
    [SIGNATURE_OID.rsaSha384, ['rsa']],
    [SIGNATURE_OID.rsaSha512, ['rsa']],
    [SIGNATURE_OID.rsaPss, ['rsa']],
  ]),
  keys: new Set(['sm2', 'p256', 'p384', 'p521', 'rsa']),
  minimumRsaBits: 2048,
};

/** RSASSA-PSS names its digest in the parameters, where the OID does not show it. */
function digestsWithSha1(algorithm: AlgorithmIdentifier): boolean {
  const scheme = signatureScheme(algorithm);
  return scheme?.family === 'rsa-pss' && scheme.digest === 'sha1';
}

/** May this algorithm, with a key of this kind, be relied on? The key itself is judged by {@link checkKey}. */
export function checkSignatureAlgorithm(
  policy: AlgorithmPolicy,
  algorithm: AlgorithmIdentifier,
  key: SubjectPublicKeyInfo,
): CheckFailure | undefined {
  const admitted = policy.signatures.get(algorithm.oid)?.includes(key.kind) === true;
  return admitted && !digestsWithSha1(algorithm)
    ? undefined
    : refuse('SIGNATURE_ALGORITHM_REFUSED', 'OD-36', algorithm.oid);
}

/** Is this kind and size of key accepted? */
export function checkKey(policy: AlgorithmPolicy, key: SubjectPublicKeyInfo): CheckFailure | undefined {
  if (!policy.keys.has(key.kind)) return refuse('KEY_REFUSED', 'OD-36', key.kind);
  if (key.kind !== 'rsa') return undefined;
  // An odd modulus length is a sign of a faulty generator and breaks RSA encodings that assume whole octets.
  const sound = key.bits >= policy.minimumRsaBits && key.bits % 8 === 0;
  return sound ? undefined : refuse('KEY_REFUSED', 'OD-36', `rsa-${key.bits}`);
}
