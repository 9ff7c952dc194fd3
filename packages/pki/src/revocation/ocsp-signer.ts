import type { CryptoEngine } from '../crypto-engine.ts';
import type { BasicOcspResponse } from '../ocsp/model.ts';
import { type OcspSignatureFailure, verifyOcspSignature } from '../ocsp/verify-response.ts';
import { type AlgorithmPolicy, checkKey, checkSignatureAlgorithm } from '../path/algorithm-policy.ts';
import { checkCriticalExtensions } from '../path/check-critical-extensions.ts';
import type { Certificate } from '../x509/model.ts';
import type { UnknownReason } from './verdict.ts';

export type OcspSignerRules = {
  readonly issuer: Certificate;
  readonly engine: CryptoEngine;
  readonly algorithms: AlgorithmPolicy;
  readonly at: number;
  /** Whether a delegated responder's certificate is known to be revoked. Without it, none is. */
  readonly isRevoked?: ((responder: Certificate) => boolean) | undefined;
};

const REASON_OF: Readonly<Record<OcspSignatureFailure, UnknownReason>> = {
  'no-responder': 'wrong-signer',
  signature: 'unsigned',
  'not-delegated': 'wrong-signer',
  'responder-expired': 'wrong-signer',
};

/**
 * Whether a response is signed by the issuer or by a responder that the issuer delegated to (RFC 6960 §4.2.2.2), with
 * algorithms that its policy allows. Nobody else may speak, however trusted otherwise.
 *
 * @returns undefined when it is
 */
export async function checkOcspSigner(
  basic: BasicOcspResponse,
  rules: OcspSignerRules,
): Promise<UnknownReason | undefined> {
  const { issuer, engine, at } = rules;
  const verdict = await verifyOcspSignature({ basic, issuer, at }, engine);
  if (!verdict.signed) return REASON_OF[verdict.reason];
  const { responder } = verdict;
  if (isWeak(rules.algorithms, { responder, basic })) return 'weak-algorithm';
  return verdict.delegated ? checkDelegate(responder, rules) : undefined;
}

type Signed = { readonly responder: Certificate; readonly basic: BasicOcspResponse };

const isWeak = (algorithms: AlgorithmPolicy, { responder, basic }: Signed): boolean =>
  (checkKey(algorithms, responder.spki) ??
    checkSignatureAlgorithm(algorithms, basic.signatureAlgorithm, responder.spki)) !== undefined;

function checkDelegate(
  responder: Certificate,
  { issuer, algorithms, isRevoked }: OcspSignerRules,
): UnknownReason | undefined {
  const weak = checkSignatureAlgorithm(algorithms, responder.signatureAlgorithm, issuer.spki);
  if (weak !== undefined) return 'weak-algorithm';
  const unfit = checkCriticalExtensions(responder) !== undefined || isRevoked?.(responder) === true;
  return unfit ? 'wrong-signer' : undefined;
}
