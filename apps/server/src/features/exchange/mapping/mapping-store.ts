import type { Mapping, MappingRow, MappingVersion } from '@hufu/contracts';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { PlatformRecord } from '../../platforms/index.ts';
import { exchangeTables } from '../tables.ts';
import { defaultMapping } from './default-mapping.ts';
import { libraryNode } from './library-nodes.ts';

type MappedPlatform = Pick<PlatformRecord, 'code' | 'filingMode'>;

const labelled = (row: MappingRow): Mapping['rows'][number] => ({
  ...row,
  label: libraryNode(row.libNode)?.label ?? row.libNode,
});

/** Before the desk has said anything it is the first version, of the platform's kind. */
export async function mappingOf(executor: Executor, { code, filingMode }: MappedPlatform): Promise<Mapping> {
  const row = await exchangeTables(executor)
    .selectFrom('exchange_mapping')
    .selectAll()
    .where('platform_code', '=', code)
    .executeTakeFirst();
  return {
    platform: code,
    version: row?.version ?? 1,
    rows: (row?.rows ?? defaultMapping(filingMode)).map(labelled),
    updatedAt: row?.updated_at.toISOString() ?? null,
  };
}

/** The newest first; the first of all is how the platform began. */
export async function mappingVersions(
  executor: Executor,
  { code, filingMode }: MappedPlatform,
): Promise<MappingVersion[]> {
  const rows = await exchangeTables(executor)
    .selectFrom('exchange_mapping_version')
    .selectAll()
    .where('platform_code', '=', code)
    .orderBy('version', 'desc')
    .execute();
  if (rows.length === 0) {
    const begun = defaultMapping(filingMode).map(labelled);
    return [{ version: 1, reason: null, approval: null, at: null, rows: begun }];
  }
  return rows.map((row) => ({
    version: row.version,
    reason: row.reason,
    approval: row.approval_id,
    at: row.at.toISOString(),
    rows: row.rows.map(labelled),
  }));
}

type MappingUpdate = {
  readonly platform: MappedPlatform;
  /** The version that the editor saw. */
  readonly version: number;
  readonly rows: readonly MappingRow[];
  readonly reason: string;
  /** Of the two people's step. */
  readonly approval: string;
  readonly at: Date;
};

/** @returns false when it is another version now */
export async function updateMapping(tx: Tx, update: MappingUpdate): Promise<boolean> {
  const { platform, version, at } = update;
  await begin(tx, platform, at);
  const rows = JSON.stringify(update.rows);
  const { numUpdatedRows } = await exchangeTables(tx)
    .updateTable('exchange_mapping')
    .set({ rows, version: version + 1, updated_at: at })
    .where('platform_code', '=', platform.code)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await exchangeTables(tx)
    .insertInto('exchange_mapping_version')
    .values({
      platform_code: platform.code,
      version: version + 1,
      rows,
      reason: update.reason,
      approval_id: update.approval,
      at,
    })
    .execute();
  return true;
}

/** Makes sure that there is a row to lock, and that it is known how the platform began. */
async function begin(tx: Tx, { code, filingMode }: MappedPlatform, at: Date): Promise<void> {
  const rows = JSON.stringify(defaultMapping(filingMode));
  const begun = await exchangeTables(tx)
    .insertInto('exchange_mapping')
    .values({ platform_code: code, rows, updated_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst();
  if (begun === undefined) return;
  await exchangeTables(tx)
    .insertInto('exchange_mapping_version')
    .values({ platform_code: code, version: begun.version, rows, reason: null, approval_id: null, at })
    .execute();
}
