import type { AlgorithmIdentifier, KeyKind, SubjectPublicKeyInfo } from '../x509/model.ts';
import { type CheckFailure, refuse } from './failure.ts';

/** How the parameters of a signature algorithm may be written: left out, or NULL as well. */
type ParameterForm = 'absent' | 'absent-or-null';

export type SignatureRule = { readonly keys: readonly KeyKind[]; readonly parameters: ParameterForm };

/** Which signature algorithms, keyed by OID, and which keys a path may hold. What is not listed is refused. */
export type AlgorithmPolicy = {
  readonly signatures: ReadonlyMap<string, SignatureRule>;
  readonly keys: ReadonlySet<KeyKind>;
  readonly minimumRsaBits: number;
};

const RSA: SignatureRule = { keys: ['rsa'], parameters: 'absent-or-null' };
const ECDSA: SignatureRule = { keys: ['p256', 'p384', 'p521'], parameters: 'absent' };
/** GM/T 0006 writes no parameters; some issuers in service write NULL. */
const SM2: SignatureRule = { keys: ['sm2'], parameters: 'absent-or-null' };

/**
 * OD-36: SM2 with SM3; ECDSA on named NIST curves and RSA of at least 2048 bits with SHA-2 from authorities that still
 * issue them. SHA-1, MD5, DSA, explicit curve parameters and smaller keys are refused by not being here.
 */
export const TRADING_ALGORITHMS: AlgorithmPolicy = {
  signatures: new Map([
    ['1.2.156.10197.1.501', SM2],
    ['1.2.840.10045.4.3.2', ECDSA],
    ['1.2.840.10045.4.3.3', ECDSA],
    ['1.2.840.10045.4.3.4', ECDSA],
    ['1.2.840.113549.1.1.11', RSA],
    ['1.2.840.113549.1.1.12', RSA],
    ['1.2.840.113549.1.1.13', RSA],
  ]),
  keys: new Set(['sm2', 'p256', 'p384', 'p521', 'rsa']),
  minimumRsaBits: 2048,
};

const isNull = (parameters: Uint8Array): boolean =>
  parameters.length === 2 && parameters[0] === 0x05 && parameters[1] === 0x00;

/** May this algorithm, with a key of this kind, be relied on? The key itself is judged by {@link checkKey}. */
export function checkSignatureAlgorithm(
  policy: AlgorithmPolicy,
  algorithm: AlgorithmIdentifier,
  key: SubjectPublicKeyInfo,
): CheckFailure | undefined {
  const rule = policy.signatures.get(algorithm.oid);
  const parametersFit =
    algorithm.parameters === undefined ||
    (rule?.parameters === 'absent-or-null' && isNull(algorithm.parameters));
  if (!rule?.keys.includes(key.kind) || !parametersFit) {
    return refuse('SIGNATURE_ALGORITHM_REFUSED', 'OD-36', algorithm.oid);
  }
  return undefined;
}

/** Is this kind and size of key accepted? Curves with explicit parameters arrive as `unknown`. */
export function checkKey(policy: AlgorithmPolicy, key: SubjectPublicKeyInfo): CheckFailure | undefined {
  if (!policy.keys.has(key.kind)) return refuse('KEY_REFUSED', 'OD-36', key.kind);
  if (key.kind !== 'rsa') return undefined;
  // An odd modulus length is a sign of a faulty generator and breaks RSA encodings that assume whole octets.
  const sound = key.bits >= policy.minimumRsaBits && key.bits % 8 === 0;
  return sound ? undefined : refuse('KEY_REFUSED', 'OD-36', `rsa-${key.bits}`);
}
