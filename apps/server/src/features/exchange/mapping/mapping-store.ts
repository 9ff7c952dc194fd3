import type { Mapping, MappingRow } from '@hufu/contracts';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { exchangeTables } from '../tables.ts';
import { defaultMapping } from './default-mapping.ts';
import { libraryNode } from './library-nodes.ts';

export async function mappingOf(executor: Executor, platformCode: string): Promise<Mapping> {
  const row = await exchangeTables(executor)
    .selectFrom('exchange_mapping')
    .selectAll()
    .where('platform_code', '=', platformCode)
    .executeTakeFirst();
  const rows = row?.rows ?? defaultMapping(platformCode);
  return {
    platform: platformCode,
    version: row?.version ?? 1,
    rows: rows.map((one) => ({ ...one, label: libraryNode(one.libNode)?.label ?? one.libNode })),
    updatedAt: row?.updated_at.toISOString() ?? null,
  };
}

export type MappingUpdate = {
  readonly platformCode: string;
  /** The version that the editor saw. */
  readonly version: number;
  readonly rows: readonly MappingRow[];
  readonly at: Date;
};

/** @returns false when it is another version now */
export async function updateMapping(
  tx: Tx,
  { platformCode, version, rows, at }: MappingUpdate,
): Promise<boolean> {
  const text = JSON.stringify(rows);
  await exchangeTables(tx)
    .insertInto('exchange_mapping')
    .values({
      platform_code: platformCode,
      rows: JSON.stringify(defaultMapping(platformCode)),
      updated_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { numUpdatedRows } = await exchangeTables(tx)
    .updateTable('exchange_mapping')
    .set({ rows: text, version: version + 1, updated_at: at })
    .where('platform_code', '=', platformCode)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
