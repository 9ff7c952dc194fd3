import { formatVkey, type NoteKey, parseVkey, type TreeHead } from '@hufu/ledger';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { evidenceTables } from '../tables.ts';

/** A log whose key signs no more; another one continues its tree. */
export type RetiredLog = {
  readonly key: NoteKey;
  readonly sm2: NoteKey;
  /** The head that it ended with. */
  readonly final: TreeHead;
  /** Origin of the log that came after it. */
  readonly successor: string;
};

/** The oldest first. */
export async function retiredLogs(executor: Executor): Promise<RetiredLog[]> {
  const rows = await evidenceTables(executor)
    .selectFrom('ledger_retired_log')
    .selectAll()
    .orderBy('number')
    .execute();
  return rows.map(({ vkey, sm2_vkey, final_size, final_root, successor }) => ({
    key: parseVkey(vkey),
    sm2: parseVkey(sm2_vkey),
    final: { size: Number(final_size), root: new Uint8Array(final_root) },
    successor,
  }));
}

export async function storeRetiredLog(
  tx: Tx,
  { key, sm2, final, successor }: RetiredLog,
  { number, at }: { readonly number: number; readonly at: Date },
): Promise<void> {
  await evidenceTables(tx)
    .insertInto('ledger_retired_log')
    .values({
      number,
      origin: key.name,
      vkey: formatVkey(key),
      sm2_vkey: formatVkey(sm2),
      final_size: final.size,
      final_root: Buffer.from(final.root),
      successor,
      retired_at: at,
    })
    .execute();
}
