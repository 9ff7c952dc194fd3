import { CodedError } from '@hufu/kernel';
import type { FastifyReply } from 'fastify';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import { type ProofExpectation, type ReadCertificate, verifyProof } from '../../hub/index.ts';
import type { DeskDeps } from '../deps.ts';
import type { DeskSessions } from '../desk-session.ts';
import { deskError } from '../errors.ts';
import { type OperatorRow, operatorByCertificate, updateOperator } from '../store/operators.ts';

export type OperatorLogin = {
  readonly expectation: ProofExpectation;
  readonly reply: FastifyReply;
  readonly from: AuditOrigin;
};

export type LoggedIn = {
  readonly operator: OperatorRow;
  readonly certificate: ReadCertificate;
  readonly expiresAt: Date;
};

/** Operators log in with a certificate, too, judged like every other. @throws DESK_NOT_OPERATOR and refusals */
export async function logInOperator(
  deps: DeskDeps,
  sessions: DeskSessions,
  { expectation, reply, from }: OperatorLogin,
): Promise<LoggedIn> {
  let fingerprint: string | undefined;
  try {
    const { certificate } = await verifyProof(deps, expectation);
    fingerprint = certificate.fingerprint;
    const verdict = await deps.judge.judge(certificate);
    if (!verdict.allowed) throw new CodedError(verdict.code, verdict.fields);
    const operator = await operatorByCertificate(deps.database.db, certificate);
    if (operator?.state !== 'ACTIVE') throw deskError('DESK_NOT_OPERATOR');
    return await withTransaction(deps.database, async (tx) => {
      const { expiresAt } = await sessions.open(tx, { reply, operatorId: operator.id });
      await updateOperator(tx, { id: operator.id, lastLoginAt: new Date(deps.clock.now()) });
      await deps.audit.record(tx, {
        actor: { kind: 'operator', id: operator.id, certificate: certificate.fingerprint },
        action: 'desk.login',
        subject: { kind: 'operator', id: operator.id },
        origin: from,
      });
      return { operator, certificate, expiresAt };
    });
  } catch (error) {
    if (error instanceof CodedError) {
      await deps.audit.refused({
        actor: { kind: 'anonymous', ...(fingerprint === undefined ? {} : { certificate: fingerprint }) },
        action: 'desk.login',
        origin: from,
        code: error.code,
      });
    }
    throw error;
  }
}
