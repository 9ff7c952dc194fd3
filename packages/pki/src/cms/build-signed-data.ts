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
  derTime,
  TAG,
} from '@hufu/gm';
import { signatureIdentifier } from '../build/signed.ts';
import type { CryptoEngine, DigestAlgorithm, SignatureAlgorithm, Signer } from '../crypto-engine.ts';
import type { Certificate } from '../x509/model.ts';
import { CONTENT_OID, DIGEST_OID, KEY_OID, PKCS9_OID } from '../x509/oids.ts';

export type SignedDataSpec = {
  readonly contentType: string;
  readonly content: Uint8Array;
  /** Left out of the structure when true. */
  readonly detached?: boolean;
  readonly certificate: Certificate;
  /** Certificates to send along, DER; the signer's own is not added by itself. */
  readonly certificates: readonly Uint8Array[];
  /** Signing time, milliseconds since the epoch. */
  readonly at: number;
};

const DIGEST_OF: Readonly<Record<SignatureAlgorithm, DigestAlgorithm>> = {
  'sm2-sm3': 'sm3',
  'ecdsa-p256-sha256': 'sha256',
  'rsa-pkcs1-sha256': 'sha256',
};

/** AlgorithmIdentifier of a digest: no parameters (RFC 5754 §2). */
const digestIdentifier = (digest: DigestAlgorithm): Uint8Array => derSequence(derOid(DIGEST_OID[digest]));

const attribute = (oid: string, value: Uint8Array): Uint8Array => derSequence(derOid(oid), derSet(value));

/** SigningCertificateV2 (RFC 5035 §3) naming the signer's certificate by digest; SHA-256 is the default and not written. */
function signingCertificate(
  certificate: Certificate,
  digest: DigestAlgorithm,
  engine: CryptoEngine,
): Uint8Array {
  const hash = derOctetString(engine.digest(digest, certificate.der));
  const id = derSequence(digest === 'sha256' ? undefined : digestIdentifier(digest), hash);
  return derSequence(derSequence(id));
}

function signedAttributes(spec: SignedDataSpec, digest: DigestAlgorithm, engine: CryptoEngine): Uint8Array {
  return derSet(
    attribute(PKCS9_OID.contentType, derOid(spec.contentType)),
    attribute(PKCS9_OID.messageDigest, derOctetString(engine.digest(digest, spec.content))),
    attribute(PKCS9_OID.signingTime, derTime(spec.at)),
    attribute(PKCS9_OID.signingCertificateV2, signingCertificate(spec.certificate, digest, engine)),
  );
}

/** In CMS an RSA signature goes by its key's name (RFC 3370 §3.2), others by their full name. */
const signatureName = (algorithm: SignatureAlgorithm): Uint8Array =>
  algorithm === 'rsa-pkcs1-sha256'
    ? derSequence(derOid(KEY_OID.rsa), derNull())
    : signatureIdentifier(algorithm);

/**
 * ContentInfo with SignedData (RFC 5652 §5) of one signer with signed attributes: content type, digest, time, and the
 * signer's certificate (RFC 5035).
 */
export async function buildSignedData(
  spec: SignedDataSpec,
  signer: Signer,
  engine: CryptoEngine,
): Promise<Uint8Array> {
  const digest = DIGEST_OF[signer.algorithm];
  const attributes = signedAttributes(spec, digest, engine);
  const signature = await signer.sign(attributes);
  const { issuer, serial } = spec.certificate;
  const signerInfo = derSequence(
    derInteger(1),
    derSequence(issuer.der, derElement(TAG.integer, serial)),
    digestIdentifier(digest),
    derRetag(contextTag(0), attributes),
    signatureName(signer.algorithm),
    derOctetString(signature),
  );
  const content = spec.detached === true ? [] : [derContext(0, derOctetString(spec.content))];
  const isData = spec.contentType === CONTENT_OID.data;
  const signedData = derSequence(
    // RFC 5652 §5.1: version 3 as soon as the content is anything but plain data.
    derInteger(isData ? 1 : 3),
    derSet(digestIdentifier(digest)),
    derSequence(derOid(spec.contentType), ...content),
    spec.certificates.length === 0 ? undefined : derRetag(contextTag(0), derSet(...spec.certificates)),
    derSet(signerInfo),
  );
  return derSequence(derOid(CONTENT_OID.signedData), derContext(0, signedData));
}
