import type { EntityExchange } from '@hufu/contracts';
import type { ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { TOLD_KINDS } from '../feed/follow-feed.ts';
import { approvalsByIds, lastApprovals, lastRecognitions } from '../filing/approval-store.ts';
import { lastPulls } from '../mirror/pull-store.ts';
import { pushView } from '../notices/desk-pushes.ts';
import { undeliveredOf } from '../notices/notice-store.ts';
import { showStanding } from './show-standing.ts';

/** Of each kind of dealing, the newest. */
const SHOWN = 20;

/**
 * An entity among the platforms, for the desk: its copies with their stamps, filings, recognitions, and what has not
 * been delivered (PLAT-014 …, PLAT-020 …, PLAT-040).
 * @throws EXCHANGE_UNKNOWN
 */
export async function showEntityExchange(deps: ExchangeDeps, entityId: string): Promise<EntityExchange> {
  const { db } = deps.database;
  if ((await deps.entities.byId(db, entityId)) === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
  const asked = { entityId, limit: SHOWN };
  const [platforms, libVersion, pulls, approvals, recognitions, undelivered, all] = await Promise.all([
    showStanding(deps, entityId),
    deps.changes.count(db, { entityId, kinds: TOLD_KINDS }),
    lastPulls(db, asked),
    lastApprovals(db, asked),
    lastRecognitions(db, asked),
    undeliveredOf(db, asked),
    deps.platforms.all(),
  ]);
  const bases = await approvalsByIds(
    db,
    recognitions.map(({ approval_id }) => approval_id),
  );
  const names = new Map(all.map(({ code, name }) => [code, name]));
  const platform = (code: string) => ({ code, name: names.get(code) ?? code });
  return {
    libVersion,
    platforms,
    syncs: pulls.map(({ platformCode, syncedAt, ...mirror }) => ({
      ...mirror,
      syncedAt: syncedAt.toISOString(),
      platform: platform(platformCode),
    })),
    filings: approvals.map((row) => ({
      platform: platform(row.platform_code),
      filingId: row.filing_id,
      version: row.version,
      decidedAt: row.decided_at.toISOString(),
      withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
      because: row.withdrawn_because,
    })),
    recognitions: recognitions.flatMap((row) => {
      const basis = bases.get(row.approval_id);
      if (basis === undefined) return [];
      return {
        platform: platform(row.platform_code),
        approvedBy: platform(basis.platform_code),
        version: basis.version,
        recognisedAt: row.recognised_at.toISOString(),
        withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
      };
    }),
    undelivered: undelivered.map((row) => pushView(row, names)),
  };
}
