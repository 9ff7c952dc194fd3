import { CodedError } from '@hufu/kernel';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import type { HubDeps } from '../deps.ts';
import type { ReadCertificate } from '../ports.ts';
import type { ActRequest } from './act.ts';
import type { Also } from './perform-act.ts';
import type { AttemptRunner, Begun } from './run-attempt.ts';
import { type ProofExpectation, verifyProof } from './verify-proof.ts';

export type Start = {
  readonly expectation: ProofExpectation;
  readonly from: AuditOrigin;
  /** Makes the request from what was proved. */
  readonly request: (proved: { certificate: ReadCertificate; mediaNo: string | null }) => ActRequest;
  /** Of an act that is done at once, e.g. to open the session. */
  readonly also?: Also;
};

/**
 * From a signed challenge to an act under way. A bad proof is audited under the address that sent it, never under an
 * enterprise: whoever sends other people's certificates must not be able to lock their holders out.
 */
export async function startAct(deps: HubDeps, runner: AttemptRunner, start: Start): Promise<Begun> {
  const { expectation, from } = start;
  const proved = await verifyProof(deps, expectation).catch(async (error: unknown) => {
    if (error instanceof CodedError) {
      await deps.audit.refused({
        actor: { kind: 'anonymous' },
        action: `proof.${expectation.act}`,
        origin: from,
        code: error.code,
      });
    }
    throw error;
  });
  return runner.begin(
    { id: proved.challenge.id, browserSha256: expectation.browserSha256, request: start.request(proved) },
    start.also,
  );
}
