import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type ExchangeTables, exchangeTables } from '../tables.ts';

export type ApprovalRow = Selectable<ExchangeTables['exchange_approval']>;
export type RecognitionRow = Selectable<ExchangeTables['exchange_recognition']>;
export type WithdrawnBecause = NonNullable<ApprovalRow['withdrawn_because']>;

export type NewApproval = {
  readonly id: string;
  readonly platformCode: string;
  readonly filingId: string;
  readonly entityId: string;
  readonly recordId: string;
  readonly version: number;
  readonly sm3: string;
  readonly decidedAt: Date;
  readonly at: Date;
};

export async function insertApproval(tx: Tx, approval: NewApproval): Promise<void> {
  await exchangeTables(tx)
    .insertInto('exchange_approval')
    .values({
      id: approval.id,
      platform_code: approval.platformCode,
      filing_id: approval.filingId,
      entity_id: approval.entityId,
      record_id: approval.recordId,
      version: approval.version,
      sm3: approval.sm3,
      decided_at: approval.decidedAt,
      received_at: approval.at,
      withdrawn_at: null,
      withdrawn_because: null,
    })
    .execute();
}

export const approvalByFiling = (
  executor: Executor,
  of: { readonly platformCode: string; readonly filingId: string },
): Promise<ApprovalRow | undefined> =>
  exchangeTables(executor)
    .selectFrom('exchange_approval')
    .selectAll()
    .where('platform_code', '=', of.platformCode)
    .where('filing_id', '=', of.filingId)
    .executeTakeFirst();

/** In force or not, the newest of each platform. */
export async function approvalsOf(executor: Executor, entityId: string): Promise<ApprovalRow[]> {
  return exchangeTables(executor)
    .selectFrom('exchange_approval')
    .selectAll()
    .distinctOn('platform_code')
    .where('entity_id', '=', entityId)
    .orderBy('platform_code')
    .orderBy('received_at', 'desc')
    .execute();
}

export const recognitionsOf = (executor: Executor, entityId: string): Promise<RecognitionRow[]> =>
  exchangeTables(executor)
    .selectFrom('exchange_recognition')
    .selectAll()
    .distinctOn('platform_code')
    .where('entity_id', '=', entityId)
    .orderBy('platform_code')
    .orderBy('recognised_at', 'desc')
    .execute();

type Asked = { readonly entityId: string; readonly limit: number };

/** In force or not, of every platform, the newest first. */
export const lastApprovals = (executor: Executor, { entityId, limit }: Asked): Promise<ApprovalRow[]> =>
  exchangeTables(executor)
    .selectFrom('exchange_approval')
    .selectAll()
    .where('entity_id', '=', entityId)
    .orderBy('received_at', 'desc')
    .limit(limit)
    .execute();

export const lastRecognitions = (executor: Executor, { entityId, limit }: Asked): Promise<RecognitionRow[]> =>
  exchangeTables(executor)
    .selectFrom('exchange_recognition')
    .selectAll()
    .where('entity_id', '=', entityId)
    .orderBy('recognised_at', 'desc')
    .limit(limit)
    .execute();

export async function approvalsByIds(
  executor: Executor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ApprovalRow>> {
  if (ids.length === 0) return new Map();
  const rows = await exchangeTables(executor)
    .selectFrom('exchange_approval')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

type Ending = {
  readonly entityId: string;
  /** Of this platform alone. */
  readonly platformCode?: string | undefined;
  readonly because: WithdrawnBecause;
  readonly at: Date;
};

/** @returns the approvals that were in force until now */
export async function endApprovals(
  tx: Tx,
  { entityId, platformCode, because, at }: Ending,
): Promise<ApprovalRow[]> {
  return exchangeTables(tx)
    .updateTable('exchange_approval')
    .set({ withdrawn_at: at, withdrawn_because: because })
    .where('entity_id', '=', entityId)
    .where('withdrawn_at', 'is', null)
    .$if(platformCode !== undefined, (query) => query.where('platform_code', '=', platformCode!))
    .returningAll()
    .execute();
}

/** @returns the recognitions that stood on one of these approvals until now */
export async function endRecognitions(
  tx: Tx,
  { approvals, at }: { readonly approvals: readonly string[]; readonly at: Date },
): Promise<RecognitionRow[]> {
  if (approvals.length === 0) return [];
  return exchangeTables(tx)
    .updateTable('exchange_recognition')
    .set({ withdrawn_at: at })
    .where('approval_id', 'in', [...approvals])
    .where('withdrawn_at', 'is', null)
    .returningAll()
    .execute();
}

/** Approvals in force of a version, by platforms whose word counts; the oldest first. */
export const approvalsInForce = (
  executor: Executor,
  of: { readonly entityId: string; readonly platforms: readonly string[] },
): Promise<ApprovalRow[]> =>
  of.platforms.length === 0
    ? Promise.resolve([])
    : exchangeTables(executor)
        .selectFrom('exchange_approval')
        .selectAll()
        .where('entity_id', '=', of.entityId)
        .where('platform_code', 'in', [...of.platforms])
        .where('withdrawn_at', 'is', null)
        .orderBy('decided_at')
        .execute();

type NewRecognition = {
  readonly id: string;
  readonly platformCode: string;
  readonly entityId: string;
  readonly approvalId: string;
  readonly userRef: string;
  readonly at: Date;
};

/** The platform's recognition in force from now on; an older one ends. */
export async function replaceRecognition(
  tx: Tx,
  { id, platformCode, entityId, approvalId, userRef, at }: NewRecognition,
): Promise<void> {
  await exchangeTables(tx)
    .updateTable('exchange_recognition')
    .set({ withdrawn_at: at })
    .where('platform_code', '=', platformCode)
    .where('entity_id', '=', entityId)
    .where('withdrawn_at', 'is', null)
    .execute();
  await exchangeTables(tx)
    .insertInto('exchange_recognition')
    .values({
      id,
      platform_code: platformCode,
      entity_id: entityId,
      approval_id: approvalId,
      user_ref: userRef,
      recognised_at: at,
      withdrawn_at: null,
    })
    .execute();
}
