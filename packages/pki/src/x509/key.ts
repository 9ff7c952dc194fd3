import { type DerReader, readDer, TAG } from '@hufu/gm';
import { equalBytes } from '@hufu/kernel';
import { pkiError } from '../errors.ts';
import type { AlgorithmIdentifier, KeyKind, SubjectPublicKeyInfo } from './model.ts';
import { CURVE_OID, KEY_OID } from './oids.ts';

const CURVES: Readonly<Record<string, { kind: KeyKind; bits: number }>> = {
  [CURVE_OID.p256]: { kind: 'p256', bits: 256 },
  [CURVE_OID.p384]: { kind: 'p384', bits: 384 },
  [CURVE_OID.p521]: { kind: 'p521', bits: 521 },
  [CURVE_OID.sm2]: { kind: 'sm2', bits: 256 },
};

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2). @throws DER_* */
export function readAlgorithm(reader: DerReader, tag: number = TAG.sequence): AlgorithmIdentifier {
  const inner = reader.enter(tag);
  const der = reader.bytes.subarray(reader.start, reader.contentEnd);
  const oid = inner.oid();
  const parameters = inner.done ? undefined : inner.element();
  inner.finish();
  return { der, oid, parameters };
}

export const sameAlgorithm = (a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean =>
  equalBytes(a.der, b.der);

type KeyFacts = { readonly kind: KeyKind; readonly bits: number };

const isNull = (parameters: Uint8Array | undefined): boolean =>
  parameters !== undefined && parameters.length === 2 && parameters[0] === TAG.null && parameters[1] === 0;

/** RFC 8017 §A.1.1; an even modulus or exponent is no RSA key. */
function rsaFacts(publicKey: Uint8Array): KeyFacts {
  return readDer(publicKey, (reader) =>
    reader.within(TAG.sequence, (key) => {
      const modulus = key.integerBytes();
      const exponent = key.integerBytes();
      const lead = modulus[0] === 0 ? modulus[1] : modulus[0];
      const odd = (value: Uint8Array): boolean => (value[value.length - 1]! & 1) === 1;
      const small = exponent.length === 1 && exponent[0]! < 3;
      if (lead === undefined || !odd(modulus) || !odd(exponent) || small) throw pkiError('KEY_MALFORMED');
      const octets = modulus[0] === 0 ? modulus.length - 1 : modulus.length;
      return { kind: 'rsa', bits: 8 * octets - (Math.clz32(lead) - 24) } as const;
    }),
  );
}

/** RFC 5480 §2.1.1: a named curve, never parameters of its own. */
function ecFacts({ parameters }: AlgorithmIdentifier, point: Uint8Array): KeyFacts {
  if (parameters === undefined) throw pkiError('KEY_MALFORMED');
  if (parameters[0] !== TAG.oid) throw pkiError('KEY_EXPLICIT_PARAMETERS');
  const curve = CURVES[readDer(parameters, (reader) => reader.oid())];
  if (curve === undefined) return { kind: 'unknown', bits: 0 };
  const field = Math.ceil(curve.bits / 8);
  const uncompressed = point[0] === 0x04 && point.length === 1 + 2 * field;
  const compressed = (point[0] === 0x02 || point[0] === 0x03) && point.length === 1 + field;
  if (!uncompressed && !compressed) throw pkiError('KEY_MALFORMED');
  return curve;
}

function keyFacts(algorithm: AlgorithmIdentifier, publicKey: Uint8Array): KeyFacts {
  switch (algorithm.oid) {
    case KEY_OID.rsa:
      if (!isNull(algorithm.parameters)) throw pkiError('KEY_MALFORMED');
      return rsaFacts(publicKey);
    case KEY_OID.rsaPss:
      return rsaFacts(publicKey);
    case KEY_OID.ec:
      return ecFacts(algorithm, publicKey);
    case KEY_OID.ed25519:
      if (algorithm.parameters !== undefined || publicKey.length !== 32) throw pkiError('KEY_MALFORMED');
      return { kind: 'ed25519', bits: 256 };
    case KEY_OID.dsa:
      return { kind: 'dsa', bits: 0 };
    default:
      return { kind: 'unknown', bits: 0 };
  }
}

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). Whether a point lies on its curve is for the engine to find. @throws KEY_*, DER_* */
export function readPublicKeyInfo(reader: DerReader): SubjectPublicKeyInfo {
  const inner = reader.sequence();
  const der = reader.bytes.subarray(reader.start, reader.contentEnd);
  const algorithm = readAlgorithm(inner);
  const publicKey = inner.bitStringBytes();
  inner.finish();
  return { der, algorithm, publicKey, ...keyFacts(algorithm, publicKey) };
}

/** @throws KEY_*, DER_* */
export const parsePublicKeyInfo = (der: Uint8Array): SubjectPublicKeyInfo => readDer(der, readPublicKeyInfo);
