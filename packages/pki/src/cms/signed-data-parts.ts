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
  derSet,
  TAG,
} from '@hufu/gm';
import { signatureIdentifier } from '../build/signed.ts';
import type { CryptoEngine, DigestAlgorithm, SignatureAlgorithm } from '../crypto-engine.ts';
import type { Certificate } from '../x509/model.ts';
import { CONTENT_OID, DIGEST_OID, KEY_OID, PKCS9_OID, SIGNATURE_OID } from '../x509/oids.ts';

const DIGEST_OF: Readonly<Record<SignatureAlgorithm, DigestAlgorithm>> = {
  'sm2-sm3': 'sm3',
  'ecdsa-p256-sha256': 'sha256',
  'rsa-pkcs1-sha256': 'sha256',
};

/** The digest that goes with a signature algorithm: the one inside of it. */
export const digestOfSignature = (algorithm: SignatureAlgorithm): DigestAlgorithm => DIGEST_OF[algorithm];

/** AlgorithmIdentifier of a digest: no parameters (RFC 5754 §2). */
const digestIdentifier = (digest: DigestAlgorithm): Uint8Array => derSequence(derOid(DIGEST_OID[digest]));

/** Attribute with one value (RFC 5652 §5.3). */
export const cmsAttribute = (oid: string, value: Uint8Array): Uint8Array =>
  derSequence(derOid(oid), derSet(value));

/** SigningCertificateV2 (RFC 5035 §3) naming the signer's certificate by digest; SHA-256 is the default and not written. */
export function signingCertificateAttribute(
  certificate: Certificate,
  digest: DigestAlgorithm,
  engine: Pick<CryptoEngine, 'digest'>,
): Uint8Array {
  const hash = derOctetString(engine.digest(digest, certificate.der));
  const id = derSequence(digest === 'sha256' ? undefined : digestIdentifier(digest), hash);
  return cmsAttribute(PKCS9_OID.signingCertificateV2, derSequence(derSequence(id)));
}

/** In CMS an RSA signature goes by its key's name (RFC 3370 §3.2), others by their full name; GM/T 0010 names bare SM2. */
function signatureName(algorithm: SignatureAlgorithm, isGm: boolean): Uint8Array {
  if (algorithm === 'rsa-pkcs1-sha256') return derSequence(derOid(KEY_OID.rsa), derNull());
  return isGm ? derSequence(derOid(SIGNATURE_OID.sm2Signature)) : signatureIdentifier(algorithm);
}

export type SignedDataParts = {
  /** SignedData's own type: `signedData`, or `gmSignedData` under the arc of GM/T 0010. */
  readonly type: typeof CONTENT_OID.signedData | typeof CONTENT_OID.gmSignedData;
  readonly contentType: string;
  /** Left out when the signature is detached. */
  readonly content?: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: Certificate;
  /** Certificates to send along, DER; the signer's own is not added by itself. */
  readonly certificates: readonly Uint8Array[];
  /** SET OF Attribute, as it was signed. */
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  /** Each an Attribute. */
  readonly unsignedAttributes?: readonly Uint8Array[];
};

function signerInfo(parts: SignedDataParts): Uint8Array {
  const { issuer, serial } = parts.certificate;
  const isGm = parts.type === CONTENT_OID.gmSignedData;
  const unsigned = parts.unsignedAttributes ?? [];
  return derSequence(
    derInteger(1),
    derSequence(issuer.der, derElement(TAG.integer, serial)),
    digestIdentifier(digestOfSignature(parts.algorithm)),
    derRetag(contextTag(0), parts.signedAttributes),
    signatureName(parts.algorithm, isGm),
    derOctetString(parts.signature),
    unsigned.length === 0 ? undefined : derRetag(contextTag(1), derSet(...unsigned)),
  );
}

/** ContentInfo with SignedData (RFC 5652 §5; GM/T 0010 under its own type) of one signer, from a signature already made. */
export function assembleSignedData(parts: SignedDataParts): Uint8Array {
  const { certificates, content, contentType } = parts;
  const isData = contentType === CONTENT_OID.data || contentType === CONTENT_OID.gmData;
  const signedData = derSequence(
    // RFC 5652 §5.1: version 3 as soon as the content is anything but plain data.
    derInteger(isData ? 1 : 3),
    derSet(digestIdentifier(digestOfSignature(parts.algorithm))),
    derSequence(
      derOid(contentType),
      content === undefined ? undefined : derContext(0, derOctetString(content)),
    ),
    certificates.length === 0 ? undefined : derRetag(contextTag(0), derSet(...certificates)),
    derSet(signerInfo(parts)),
  );
  return derSequence(derOid(parts.type), derContext(0, signedData));
}
