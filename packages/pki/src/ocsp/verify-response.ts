import { equalBytes } from '@hufu/kernel';
import type { CryptoEngine } from '../crypto-engine.ts';
import { keyIdentifier } from '../x509/identity.ts';
import type { Certificate } from '../x509/model.ts';
import { EXTENDED_KEY_USAGE_OID } from '../x509/oids.ts';
import { isSignedBy } from '../x509/signature.ts';
import type { BasicOcspResponse } from './model.ts';

export type OcspSignatureVerdict =
  | { readonly signed: true; readonly responder: Certificate; readonly delegated: boolean }
  | { readonly signed: false; readonly reason: OcspSignatureFailure };

/**
 * `no-responder`: no certificate at hand bears the responder's name or key. `signature`: the signature is wrong.
 * `not-delegated`: the certificate was not issued by this CA for OCSP signing. `responder-expired`: it is out of date.
 */
export type OcspSignatureFailure = 'no-responder' | 'signature' | 'not-delegated' | 'responder-expired';

export type OcspSignatureQuestion = {
  readonly basic: BasicOcspResponse;
  /** The issuer of the certificate in question, as the validated path has it. */
  readonly issuer: Certificate;
  /** Milliseconds since the epoch. */
  readonly at: number;
};

const unsigned = (reason: OcspSignatureFailure): OcspSignatureVerdict => ({ signed: false, reason });

function isNamed({ responderId }: BasicOcspResponse, candidate: Certificate): boolean {
  return responderId.kind === 'name'
    ? responderId.name.key === candidate.subject.key
    : equalBytes(responderId.hash, keyIdentifier(candidate.spki));
}

/** RFC 6960 §4.2.2.2: issued directly by the CA in question, with the OCSP signing purpose, never a CA itself. */
async function isDelegated(
  candidate: Certificate,
  issuer: Certificate,
  engine: CryptoEngine,
): Promise<boolean> {
  const purpose = candidate.extendedKeyUsage?.includes(EXTENDED_KEY_USAGE_OID.ocspSigning) === true;
  const usage = candidate.keyUsage === undefined || candidate.keyUsage.has('digitalSignature');
  const named = candidate.issuer.key === issuer.subject.key;
  return purpose && usage && named && (await isSignedBy(candidate, issuer.spki, engine));
}

/**
 * Who signed an OCSP response, and whether that one may speak for this issuer: the issuer itself or a responder that
 * it delegated to. Nothing is concluded about time or about the answers inside.
 */
export async function verifyOcspSignature(
  question: OcspSignatureQuestion,
  engine: CryptoEngine,
): Promise<OcspSignatureVerdict> {
  const { basic, issuer, at } = question;
  const candidates = [issuer, ...basic.certificates].filter((candidate) => isNamed(basic, candidate));
  let failure: OcspSignatureFailure = 'no-responder';
  for (const responder of candidates) {
    const { signatureAlgorithm, tbs, signature } = basic;
    if (!(await engine.verify(responder.spki, signatureAlgorithm, tbs, signature))) {
      failure = 'signature';
      continue;
    }
    const delegated = !equalBytes(responder.spki.der, issuer.spki.der);
    if (!delegated) return { signed: true, responder, delegated };
    if (!(await isDelegated(responder, issuer, engine))) return unsigned('not-delegated');
    if (at < responder.notBefore || at > responder.notAfter) return unsigned('responder-expired');
    return { signed: true, responder, delegated };
  }
  return unsigned(failure);
}
