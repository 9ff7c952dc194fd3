import { derOctetString, derOid, derSet, derTime } from '@hufu/gm';
import type { CryptoEngine, DigestAlgorithm, Signer } from '../crypto-engine.ts';
import type { Certificate } from '../x509/model.ts';
import { CONTENT_OID, PKCS9_OID } from '../x509/oids.ts';
import {
  assembleSignedData,
  cmsAttribute,
  digestOfSignature,
  signingCertificateAttribute,
} from './signed-data-parts.ts';

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

function signedAttributes(spec: SignedDataSpec, digest: DigestAlgorithm, engine: CryptoEngine): Uint8Array {
  return derSet(
    cmsAttribute(PKCS9_OID.contentType, derOid(spec.contentType)),
    cmsAttribute(PKCS9_OID.messageDigest, derOctetString(engine.digest(digest, spec.content))),
    cmsAttribute(PKCS9_OID.signingTime, derTime(spec.at)),
    signingCertificateAttribute(spec.certificate, digest, engine),
  );
}

/**
 * ContentInfo with SignedData (RFC 5652 §5) of one signer with signed attributes: content type, digest, time, and the
 * signer's certificate (RFC 5035).
 */
export async function buildSignedData(
  spec: SignedDataSpec,
  signer: Signer,
  engine: CryptoEngine,
): Promise<Uint8Array> {
  const attributes = signedAttributes(spec, digestOfSignature(signer.algorithm), engine);
  return assembleSignedData({
    type: CONTENT_OID.signedData,
    contentType: spec.contentType,
    ...(spec.detached !== true && { content: spec.content }),
    algorithm: signer.algorithm,
    certificate: spec.certificate,
    certificates: spec.certificates,
    signedAttributes: attributes,
    signature: await signer.sign(attributes),
  });
}
