import { equalBytes } from '@hufu/kernel';
import type { CryptoEngine } from '../crypto-engine.ts';
import type { BasicOcspResponse, ResponderId } from '../ocsp/model.ts';
import { type AlgorithmPolicy, checkKey, checkSignatureAlgorithm } from '../path/algorithm-policy.ts';
import { checkCriticalExtensions } from '../path/check-critical-extensions.ts';
import { checkKeyUsage } from '../path/check-key-usage.ts';
import { checkValidity } from '../path/check-validity.ts';
import type { Certificate, Name, SubjectPublicKeyInfo } from '../x509/model.ts';
import { EXTENDED_KEY_USAGE_OID } from '../x509/oids.ts';
import type { UnknownReason } from './verdict.ts';

export type OcspSignerRules = {
  readonly issuer: Certificate;
  readonly engine: CryptoEngine;
  readonly algorithms: AlgorithmPolicy;
  readonly at: number;
  /** Whether a delegated responder's certificate is known to be revoked. Without it, none is. */
  readonly isRevoked?: ((responder: Certificate) => boolean) | undefined;
};

/**
 * Who may sign for this issuer (RFC 6960 §4.2.2.2): the issuer's own key, or a responder whose certificate the issuer
 * itself signed with id-kp-OCSPSigning. Nobody else, however trusted otherwise.
 *
 * @returns undefined when the response is rightly signed
 */
export async function checkOcspSigner(
  basic: BasicOcspResponse,
  rules: OcspSignerRules,
): Promise<UnknownReason | undefined> {
  const { issuer, engine } = rules;
  if (names(basic.responderId, { name: issuer.subject, key: issuer.spki }, engine)) {
    return checkSigned(basic, issuer.spki, rules);
  }
  let reason: UnknownReason = 'wrong-signer';
  for (const responder of basic.certificates) {
    if (!names(basic.responderId, { name: responder.subject, key: responder.spki }, engine)) continue;
    const refused =
      (await checkDelegation(responder, rules)) ?? (await checkSigned(basic, responder.spki, rules));
    if (refused === undefined) return undefined;
    reason = refused;
  }
  return reason;
}

type Party = { readonly name: Name; readonly key: SubjectPublicKeyInfo };

function names(id: ResponderId, party: Party, engine: CryptoEngine): boolean {
  if (id.kind === 'name') return id.name.key === party.name.key;
  return equalBytes(id.hash, engine.digest('sha1', party.key.publicKey));
}

async function checkSigned(
  basic: BasicOcspResponse,
  key: SubjectPublicKeyInfo,
  { engine, algorithms }: OcspSignerRules,
): Promise<UnknownReason | undefined> {
  const weak =
    checkKey(algorithms, key) ?? checkSignatureAlgorithm(algorithms, basic.signatureAlgorithm, key);
  if (weak !== undefined) return 'weak-algorithm';
  const holds = await engine.verify(key, basic.signatureAlgorithm, basic.tbs, basic.signature);
  return holds ? undefined : 'unsigned';
}

async function checkDelegation(
  responder: Certificate,
  { issuer, engine, algorithms, at, isRevoked }: OcspSignerRules,
): Promise<UnknownReason | undefined> {
  if (responder.issuer.key !== issuer.subject.key) return 'wrong-signer';
  if (!responder.extendedKeyUsage?.includes(EXTENDED_KEY_USAGE_OID.ocspSigning)) return 'wrong-signer';
  const unfit =
    checkKeyUsage(responder, 'sign') ?? checkValidity(responder, at) ?? checkCriticalExtensions(responder);
  if (unfit !== undefined || isRevoked?.(responder) === true) return 'wrong-signer';
  if (checkSignatureAlgorithm(algorithms, responder.signatureAlgorithm, issuer.spki) !== undefined) {
    return 'weak-algorithm';
  }
  const { signatureAlgorithm, tbs, signature } = responder;
  const issued = await engine.verify(issuer.spki, signatureAlgorithm, tbs, signature);
  return issued ? undefined : 'wrong-signer';
}
