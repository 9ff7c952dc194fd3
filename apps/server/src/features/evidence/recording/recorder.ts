import { uuidV7Source } from '@hufu/kernel';
import { type AuditEntry, type AuditRecorder, recordEntries } from '../../../infra/audit/audit.ts';
import type { Tx } from '../../../infra/database/database.ts';
import { isLasting, subjectOf } from '../domain/acts.ts';
import { evidenceError } from '../errors.ts';
import { writeBeginnings } from '../store/write-beginnings.ts';
import { standInLine, writeStatement } from '../store/write-statement.ts';
import { type ChainHead, type Composing, composeStatement, subjectKey } from './compose-statement.ts';

/** As remembered; as the database says; in line. */
const TRIES = 3;
const REMEMBERED_CHAINS = 5_000;

/**
 * Records changes: their audit entries and, when an act is one that lasts, the statement that becomes a leaf of the log,
 * written together. A new record's first statement, and the next one of a chain that this server wrote last, cost no
 * more round trips than the audit entry alone; other chains cost one more. The first statements of many records cost
 * one for all.
 *
 * @throws EVIDENCE_CONTENDED when others keep changing the same record
 */
export function createRecorder(parts: Omit<Composing, 'newId'>): AuditRecorder {
  const composing = { ...parts, newId: uuidV7Source(parts.clock, parts.random) };
  const ends = new Map<string, ChainHead>();
  const remember = (key: string, head: ChainHead) => {
    ends.delete(key);
    ends.set(key, head);
    if (ends.size > REMEMBERED_CHAINS) ends.delete(ends.keys().next().value!);
  };

  async function recordOne(tx: Tx, entry: AuditEntry): Promise<void> {
    if (!isLasting(entry.action)) return recordEntries(tx, [entry]);
    const key = subjectKey(subjectOf(entry));
    // A guess, which the database checks: the transaction that moved the chain may have been rolled back since.
    let head = ends.get(key);
    for (let i = 0; i < TRIES; i++) {
      const statement = await composeStatement({ entry, head }, composing);
      const result = await writeStatement(tx, statement, { entry, head });
      if (result.written) {
        remember(key, statement);
        return;
      }
      // Once may be a chain that another server wrote last; twice is somebody writing to it at this moment.
      head = i === 0 ? result.head : await standInLine(tx, key);
    }
    throw evidenceError('EVIDENCE_CONTENDED');
  }

  /** Those whose chain nobody here has written to, and which none before them in the list begins. */
  function beginningsOf(entries: readonly AuditEntry[]): readonly AuditEntry[] {
    const seen = new Set<string>();
    return entries.filter((entry) => {
      const key = subjectKey(subjectOf(entry));
      const isFirst = isLasting(entry.action) && !ends.has(key) && !seen.has(key);
      seen.add(key);
      return isFirst;
    });
  }

  return async (tx, entries) => {
    const beginnings = entries.length > 1 ? beginningsOf(entries) : [];
    const statements = await Promise.all(
      beginnings.map((entry) => composeStatement({ entry, head: undefined }, composing)),
    );
    const written = await writeBeginnings(
      tx,
      beginnings.map((entry, at) => ({ entry, statement: statements[at]! })),
    );
    const done = new Set(beginnings.filter((_, at) => written.has(statements[at]!.id)));
    for (const entry of entries) if (!done.has(entry)) await recordOne(tx, entry);
  };
}
