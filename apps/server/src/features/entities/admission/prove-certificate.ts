import { CodedError } from '@hufu/kernel';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { type ProofExpectation, type ReadCertificate, verifyProof } from '../../hub/index.ts';
import { type Bearer, bearerOf } from '../accounts/bearer.ts';
import type { EntityDeps } from '../deps.ts';

export type Proved = {
  readonly certificate: ReadCertificate;
  readonly bearer: Bearer;
  readonly mediaNo: string | null;
  readonly advice: readonly string[];
};

/**
 * The key signed the challenge, its authority is recognised here and says nothing against it, and it names somebody
 * whom the library may hold an account for (LIB-REG-02, LIB-LOGIN-02).
 * @throws the hub's refusals of proofs, the trust policy's of certificates, LIBRARY_HOLDER_KIND, LIBRARY_CERTIFICATE_UNCLEAR
 */
export async function proveCertificate(deps: EntityDeps, expectation: ProofExpectation): Promise<Proved> {
  const { certificate, mediaNo } = await verifyProof(deps, expectation);
  const advice = await mustBeGood(deps, certificate);
  return { certificate, bearer: bearerOf(deps, certificate), mediaNo, advice };
}

/** @returns what its holder should know */
export async function mustBeGood(
  { judge }: Pick<EntityDeps, 'judge'>,
  certificate: ReadCertificate,
): Promise<readonly string[]> {
  const verdict = await judge.judge(certificate);
  if (!verdict.allowed) throw new CodedError(verdict.code, verdict.fields);
  return verdict.advice;
}

/** A refusal at the door is written down under the certificate that was shown, never under an entity. */
export async function auditRefusals<T>(
  { audit }: Pick<EntityDeps, 'audit'>,
  { action, from }: { readonly action: string; readonly from: AuditOrigin },
  work: (showed: (certificate: ReadCertificate) => void) => Promise<T>,
): Promise<T> {
  let fingerprint: string | undefined;
  try {
    return await work((certificate) => (fingerprint = certificate.fingerprint));
  } catch (error) {
    if (error instanceof CodedError) {
      await audit.refused({
        actor: { kind: 'anonymous', ...(fingerprint === undefined ? {} : { certificate: fingerprint }) },
        action,
        origin: from,
        code: error.code,
      });
    }
    throw error;
  }
}
