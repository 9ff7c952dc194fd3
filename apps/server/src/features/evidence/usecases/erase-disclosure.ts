import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { EvidenceDeps } from '../deps.ts';
import { evidenceError } from '../errors.ts';
import { eraseDisclosure } from '../store/statements.ts';
import { findStatement } from './find-statement.ts';

export type Erasure = {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly actor: AuditActor;
  readonly from: AuditOrigin;
};

/**
 * Erases what opens a commitment (PIPL art. 47), and a reason in the audit log, too. The statement, its leaf and every proof stay as they are; that it was
 * erased, and why, becomes a statement itself. @throws EVIDENCE_UNKNOWN, EVIDENCE_DISCLOSURE_UNKNOWN
 */
export async function eraseField(
  deps: Pick<EvidenceDeps, 'database' | 'audit' | 'clock'>,
  { id, name, reason, actor, from }: Erasure,
): Promise<void> {
  const { row } = await findStatement(deps, { id, reader: { kind: 'operator' } });
  await withTransaction(deps.database, async (tx) => {
    const at = new Date(deps.clock.now());
    if (!(await eraseDisclosure(tx, { statementId: id, name, at }))) {
      throw evidenceError('EVIDENCE_DISCLOSURE_UNKNOWN');
    }
    await deps.audit.record(tx, {
      actor,
      action: 'evidence.erase',
      subject: { kind: 'statement', id },
      after: { erased: name },
      reason,
      origin: from,
      ...(row.entity_id === null ? {} : { entity: row.entity_id }),
    });
  });
}
