import { derNull, derOid, derSequence, sm2Digest } from '@hufu/gm';
import {
  type AlgorithmIdentifier,
  type Certificate,
  type CryptoEngine,
  type DigestAlgorithm,
  digest,
  type KeyKind,
  SIGNATURE_OID,
  type SubjectPublicKeyInfo,
} from '@hufu/pki';
import { sealError } from '../errors.ts';

type Row = {
  readonly kind: KeyKind;
  readonly oid: string;
  /** Other names under which the same algorithm is met. */
  readonly alias?: string;
  readonly digest: DigestAlgorithm;
  readonly parameters?: Uint8Array;
};

// SM2 by GB/T 38540; the others because OD-36 accepts them from authorities that issue them.
const ROWS: readonly Row[] = [
  { kind: 'sm2', oid: SIGNATURE_OID.sm2Sm3, alias: SIGNATURE_OID.sm2Signature, digest: 'sm3' },
  { kind: 'p256', oid: SIGNATURE_OID.ecdsaSha256, digest: 'sha256' },
  { kind: 'rsa', oid: SIGNATURE_OID.rsaSha256, digest: 'sha256', parameters: derNull() },
];

const rowOf = (kind: KeyKind): Row | undefined => ROWS.find((row) => row.kind === kind);

/** The algorithm that a key of this kind signs seals with. @throws SES_KEY */
export function sealAlgorithm(kind: KeyKind): { readonly oid: string; readonly digest: DigestAlgorithm } {
  const row = rowOf(kind);
  if (row === undefined) throw sealError('SES_KEY');
  return row;
}

/** Digest of the sealed document that goes with a signature algorithm, or undefined for one that is not ours. */
export const digestOfSignature = (oid: string): DigestAlgorithm | undefined =>
  ROWS.find((row) => row.oid === oid || row.alias === oid)?.digest;

/**
 * The 32 bytes that leave for the key's place: e of GB/T 32918.2 §6.1 (with Z and the default ID) for SM2, else
 * SHA-256. @throws SES_KEY
 */
export function hashToSign(key: SubjectPublicKeyInfo, message: Uint8Array): Uint8Array {
  const { digest: name } = sealAlgorithm(key.kind);
  return key.kind === 'sm2' ? sm2Digest(key.publicKey, message) : digest(name, message);
}

function identifier(row: Row): AlgorithmIdentifier {
  const { oid, parameters } = row;
  return { der: derSequence(derOid(oid), parameters), oid, parameters };
}

export type SignedBytes = {
  readonly message: Uint8Array;
  readonly oid: string;
  readonly signature: Uint8Array;
};

/** Whether the stated algorithm belongs to this kind of key: nobody may choose another one. */
export function isAlgorithmOf(certificate: Certificate, oid: string): boolean {
  const row = rowOf(certificate.spki.kind);
  return row !== undefined && (row.oid === oid || row.alias === oid);
}

/** Whether the certificate's key signed the bytes by the algorithm that its kind goes with. */
export async function isSealedBy(
  certificate: Certificate,
  signed: SignedBytes,
  engine: CryptoEngine,
): Promise<boolean> {
  const row = rowOf(certificate.spki.kind);
  if (row === undefined || !isAlgorithmOf(certificate, signed.oid)) return false;
  return engine.verify(certificate.spki, identifier(row), signed.message, signed.signature);
}
