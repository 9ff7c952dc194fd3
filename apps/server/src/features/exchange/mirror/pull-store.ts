import type { MirrorGaps } from '@hufu/contracts';
import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type ExchangeTables, exchangeTables } from '../tables.ts';

export type NewPull = {
  readonly id: string;
  readonly platformCode: string;
  readonly entityId: string;
  readonly userRef: string;
  readonly libVersion: number;
  readonly complete: boolean;
  readonly gaps: MirrorGaps;
  readonly packageSha256: string;
  readonly at: Date;
  readonly filesUntil: Date;
  readonly files: readonly { readonly sha256: string; readonly name: string }[];
};

export async function insertPull(tx: Tx, pull: NewPull): Promise<void> {
  await exchangeTables(tx)
    .insertInto('exchange_pull')
    .values({
      id: pull.id,
      platform_code: pull.platformCode,
      entity_id: pull.entityId,
      user_ref: pull.userRef,
      lib_version: pull.libVersion,
      complete: pull.complete,
      gaps: JSON.stringify(pull.gaps),
      package_sha256: pull.packageSha256,
      at: pull.at,
      files_until: pull.filesUntil,
    })
    .execute();
  if (pull.files.length === 0) return;
  await exchangeTables(tx)
    .insertInto('exchange_pull_file')
    .values(pull.files.map(({ sha256, name }) => ({ pull_id: pull.id, sha256, name })))
    // One content under two names is one file.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export type PulledFile = { readonly entityId: string; readonly name: string; readonly filesUntil: Date };

export async function pulledFile(
  executor: Executor,
  asked: { readonly pullId: string; readonly platformCode: string; readonly sha256: string },
): Promise<PulledFile | undefined> {
  const row = await exchangeTables(executor)
    .selectFrom('exchange_pull')
    .innerJoin('exchange_pull_file', 'exchange_pull_file.pull_id', 'exchange_pull.id')
    .select(['exchange_pull.entity_id', 'exchange_pull.files_until', 'exchange_pull_file.name'])
    .where('exchange_pull.id', '=', asked.pullId)
    .where('exchange_pull.platform_code', '=', asked.platformCode)
    .where('exchange_pull_file.sha256', '=', asked.sha256)
    .executeTakeFirst();
  return row && { entityId: row.entity_id, name: row.name, filesUntil: row.files_until };
}

/** Which of these contents a pull still gives a right to. */
export async function pulledAmong(
  executor: Executor,
  sha256: readonly string[],
  now: Date,
): Promise<string[]> {
  if (sha256.length === 0) return [];
  const rows = await exchangeTables(executor)
    .selectFrom('exchange_pull_file')
    .innerJoin('exchange_pull', 'exchange_pull.id', 'exchange_pull_file.pull_id')
    .select('exchange_pull_file.sha256')
    .distinct()
    .where('exchange_pull_file.sha256', 'in', [...sha256])
    .where('exchange_pull.files_until', '>', now)
    .execute();
  return rows.map((row) => row.sha256);
}

export type Mirror = {
  readonly platformCode: string;
  readonly libVersion: number;
  readonly syncedAt: Date;
  readonly complete: boolean;
  /** Null: made before they were kept. */
  readonly gaps: MirrorGaps | null;
};

const MIRROR = ['platform_code', 'lib_version', 'at', 'complete', 'gaps'] as const;
type MirrorRow = Pick<Selectable<ExchangeTables['exchange_pull']>, (typeof MIRROR)[number]>;

const mirrorOf = (row: MirrorRow): Mirror => ({
  platformCode: row.platform_code,
  libVersion: row.lib_version,
  syncedAt: row.at,
  complete: row.complete,
  gaps: row.gaps,
});

/** The newest copy of each platform. */
export async function mirrorsOf(executor: Executor, entityId: string): Promise<Map<string, Mirror>> {
  const rows = await exchangeTables(executor)
    .selectFrom('exchange_pull')
    .select(MIRROR)
    .distinctOn('platform_code')
    .where('entity_id', '=', entityId)
    .orderBy('platform_code')
    .orderBy('at', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.platform_code, mirrorOf(row)]));
}

/** Copies that were made of an entity, the newest first. */
export async function lastPulls(
  executor: Executor,
  { entityId, limit }: { readonly entityId: string; readonly limit: number },
): Promise<Mirror[]> {
  const rows = await exchangeTables(executor)
    .selectFrom('exchange_pull')
    .select(MIRROR)
    .where('entity_id', '=', entityId)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(mirrorOf);
}

/** Pulls looked through to find entities that synced to a platform last. */
const LOOKED_THROUGH = 500;

/** Entities that a platform mirrored last, the newest first. */
export async function lastPulledAt(
  executor: Executor,
  { platformCode, limit }: { readonly platformCode: string; readonly limit: number },
): Promise<string[]> {
  const rows = await exchangeTables(executor)
    .selectFrom('exchange_pull')
    .select('entity_id')
    .where('platform_code', '=', platformCode)
    .orderBy('at', 'desc')
    .limit(LOOKED_THROUGH)
    .execute();
  return [...new Set(rows.map((row) => row.entity_id))].slice(0, limit);
}
