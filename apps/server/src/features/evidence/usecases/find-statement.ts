import { parseStatement, type Statement } from '@hufu/ledger';
import type { EvidenceDeps, Reader } from '../deps.ts';
import { evidenceError } from '../errors.ts';
import { type StatementRow, statementById } from '../store/statements.ts';

export type FoundStatement = { readonly row: StatementRow; readonly statement: Statement };

/** @throws EVIDENCE_UNKNOWN also for one of another enterprise: whether it exists is not theirs to know */
export async function findStatement(
  { database }: Pick<EvidenceDeps, 'database'>,
  { id, reader }: { readonly id: string; readonly reader: Reader },
): Promise<FoundStatement> {
  const row = await statementById(database.db, id);
  const allowed = reader.kind === 'operator' || row?.entity_id === reader.id;
  if (row === undefined || !allowed) throw evidenceError('EVIDENCE_UNKNOWN');
  return { row, statement: parseStatement(new Uint8Array(row.body)) };
}

/**
 * Who acted may read what was only committed to; others see its name. An operator's reason is not for the enterprise,
 * and what is personal of an enterprise is shown at the desk by its own, audited way.
 */
export const mayOpen = (reader: Reader, { actor }: Statement): boolean =>
  reader.kind === 'entity' && actor.kind === 'entity' && actor.id === reader.id;
