import { CodedError, equalBytes } from '@hufu/kernel';
import type { LedgerCrypto } from '../crypto/model.ts';
import { leafChecksum, parseLeaf } from '../leaf/leaf.ts';
import type { Statement } from '../statement/model.ts';
import { parseStatement, statementDigests } from '../statement/statement.ts';
import { type Alarm, alarm } from './alarm.ts';

/** A statement beside its leaf, as the operator shows it to a monitor. */
export type StatementRow = {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly statement: Uint8Array;
};

/** The newest statement of a subject that a monitor has seen. */
export type ChainLink = { readonly seq: number; readonly digest: Uint8Array };

/** By subject: `subjectKey`. Carried from one audit to the next. */
export type SubjectChains = ReadonlyMap<string, ChainLink>;

export type StatementAudit = {
  readonly chains: SubjectChains;
  readonly alarms: readonly Alarm[];
  /** The statements that could be read, in order of their index. */
  readonly statements: readonly { readonly index: number; readonly statement: Statement }[];
};

export const subjectKey = ({ subject }: Pick<Statement, 'subject'>): string =>
  `${subject.kind} ${subject.id}`;

function readStatement(row: StatementRow, crypto: LedgerCrypto): Statement | undefined {
  const committed = parseLeaf(row.leaf).checksum;
  if (!equalBytes(committed, leafChecksum(row.statement, crypto.sha256))) return undefined;
  try {
    return parseStatement(row.statement);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

function placeAlarm(statement: Statement, before: ChainLink | undefined, index: number): Alarm | undefined {
  const expected = (before?.seq ?? 0) + 1;
  if (statement.seq !== expected) return alarm('MONITOR_SEQUENCE', { index, expected, found: statement.seq });
  const linked =
    before === undefined || (statement.prev !== undefined && equalBytes(statement.prev, before.digest));
  return linked ? undefined : alarm('MONITOR_PREVIOUS', { index });
}

/**
 * Holds statements against their leaves and against the statement before them of the same subject: none edited, none
 * left out in the middle. Rows in order of their index, without gaps. @throws LEDGER_LEAF for a leaf of another length
 */
export function auditStatements(
  rows: readonly StatementRow[],
  known: SubjectChains,
  crypto: LedgerCrypto,
): StatementAudit {
  const chains = new Map(known);
  const alarms: Alarm[] = [];
  const statements: { index: number; statement: Statement }[] = [];
  for (const row of rows) {
    const statement = readStatement(row, crypto);
    if (statement === undefined) {
      alarms.push(alarm('MONITOR_STATEMENT', { index: row.index }));
      continue;
    }
    const key = subjectKey(statement);
    const wrong = placeAlarm(statement, chains.get(key), row.index);
    if (wrong !== undefined) alarms.push(wrong);
    chains.set(key, { seq: statement.seq, digest: statementDigests(row.statement).sha256 });
    statements.push({ index: row.index, statement });
  }
  return { chains, alarms, statements };
}
