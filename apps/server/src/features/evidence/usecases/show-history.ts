import type { EvidenceEntry, EvidenceState } from '@hufu/contracts';
import { statementName } from '@hufu/contracts/statement-types';
import { parseStatement, type Statement } from '@hufu/ledger';
import type { EvidenceDeps, Reader } from '../deps.ts';
import { listStatements, type Page, type StatementFilter, type StatementRow } from '../store/statements.ts';
import { progressOf } from './progress.ts';

export const indexOf = ({ idx }: Pick<StatementRow, 'idx'>): number | undefined =>
  idx === null ? undefined : Number(idx);

/** Acts of an earlier release may have no words here any more: then their name says it. */
const saidOf = ({ type }: Statement) => {
  const { zh, en } = statementName(type);
  return { zh, en };
};

export const entryView = (statement: Statement, state: EvidenceState): EvidenceEntry => ({
  id: statement.id,
  at: new Date(statement.time).toISOString(),
  type: statement.type,
  said: saidOf(statement),
  subject: { ...statement.subject },
  seq: statement.seq,
  actor: { ...statement.actor },
  state,
});

/** 变更记录 (LIB-PROJ-20): the newest first, each with how far its evidence has come. */
export async function showHistory(
  deps: EvidenceDeps,
  {
    reader,
    filter,
    page,
  }: { readonly reader: Reader; readonly filter: StatementFilter; readonly page: Page },
): Promise<{ readonly items: EvidenceEntry[]; readonly total: number }> {
  const own = reader.kind === 'entity' ? { ...filter, entity: reader.id } : filter;
  const { rows, total } = await listStatements(deps.database.db, own, page);
  const states = await progressOf(deps, rows.map(indexOf));
  const items = rows.map(({ body }, at) => entryView(parseStatement(new Uint8Array(body)), states[at]!));
  return { items, total };
}
