import type { Clock } from '@hufu/kernel';
import {
  type Alarm,
  auditLeaves,
  auditStatements,
  EMPTY_EDGE,
  type FollowedCheckpoint,
  followLog,
  type LogPolicy,
  type StatementRow,
  staleness,
  timeAlarm,
} from '@hufu/ledger';
import { nodeLedgerCrypto } from '@hufu/ledger/node';
import type { MonitorMemory } from './memory.ts';
import type { PublishedLog } from './published-log.ts';
import { type Database, reconcile, statementsBetween } from './reconcile.ts';

/** What is wrong: a code of the ledger's register, or one of the two that only the operator's database can show. */
export type Finding = {
  readonly code: Alarm['code'] | 'MONITOR_UNSTATED' | 'MONITOR_STATEMENT_MISSING';
  readonly fields: Readonly<Record<string, string | number | readonly string[]>>;
};

export type VisitParts = {
  readonly log: PublishedLog;
  readonly policy: LogPolicy;
  readonly clock: Clock;
  /** The operator's database, when the monitor may read it. */
  readonly database: Database | undefined;
  /** Longest age of the newest quorum, ms. */
  readonly staleAfter: number;
};

export type Visit = { readonly findings: readonly Finding[]; readonly memory: MonitorMemory | undefined };

/** How long an honest statement may take into a cosigned checkpoint, and how far clocks may differ. */
const TOLERANCE = { delay: 15 * 60_000, skew: 2 * 60_000 };

const crypto = nodeLedgerCrypto();

/**
 * One look at the log from outside: its checkpoint, that it continues what was believed before, every new leaf; and
 * with the operator's database the statements behind the leaves, their chains and times, and rows of which none tells.
 */
export async function visit(known: MonitorMemory | undefined, parts: VisitParts): Promise<Visit> {
  const { log, policy, clock, staleAfter } = parts;
  const note = await log.checkpoint();
  // A log that was there has not become empty.
  if (note === undefined && known === undefined) return { findings: [], memory: undefined };
  const question = { previous: known?.head, note: note ?? '', policy, reader: log.tiles };
  const { checkpoint, alarms } = await followLog(question, crypto);
  if (checkpoint === undefined) return { findings: alarms, memory: known };
  const stale = policy.quorum === 0 ? undefined : staleness(checkpoint.confirmedAt, clock.now(), staleAfter);
  const audit = { edge: known?.edge ?? EMPTY_EDGE, head: checkpoint, reader: log.entries };
  const leaves = await auditLeaves(audit, crypto);
  const followed = [...alarms, ...(stale === undefined ? [] : [stale]), ...leaves.alarms];
  if (leaves.edge === undefined) return { findings: followed, memory: known };
  const believed: MonitorMemory = {
    origin: checkpoint.origin,
    head: { size: checkpoint.size, root: checkpoint.root },
    confirmedAt: checkpoint.confirmedAt,
    edge: leaves.edge,
    audited: known?.audited ?? 0,
    chains: known?.chains ?? new Map(),
  };
  if (parts.database === undefined) return { findings: followed, memory: believed };
  const fresh = { first: audit.edge.size, leaves: leaves.leaves };
  const behind = await lookBehind(parts.database, { known, believed, checkpoint, log, fresh });
  return { findings: [...followed, ...behind.findings], memory: behind.memory };
}

type Behind = {
  readonly known: MonitorMemory | undefined;
  readonly believed: MonitorMemory;
  readonly checkpoint: FollowedCheckpoint;
  readonly log: PublishedLog;
  /** The leaves of this visit, from the index `first` on. */
  readonly fresh: { readonly first: number; readonly leaves: readonly Uint8Array[] };
};

async function lookBehind(
  database: Database,
  { known, believed, checkpoint, log, fresh }: Behind,
): Promise<{ readonly findings: readonly Finding[]; readonly memory: MonitorMemory }> {
  const [from, to] = [believed.audited, believed.head.size];
  const bodies = await statementsBetween(database, { from, to });
  const leaves =
    from >= fresh.first ? fresh.leaves.slice(from - fresh.first) : await publishedLeaves(log, from, believed);
  const present: StatementRow[] = leaves.flatMap((leaf, at) => {
    const statement = bodies.get(from + at);
    return statement === undefined ? [] : [{ index: from + at, leaf, statement }];
  });
  const missing = leaves.map((_, at) => from + at).filter((index) => !bodies.has(index));
  const { chains, alarms, statements } = auditStatements(present, believed.chains, crypto);
  const sightings = [
    ...(known?.confirmedAt === undefined ? [] : [{ size: known.head.size, time: known.confirmedAt }]),
    ...(checkpoint.confirmedAt === undefined
      ? []
      : [{ size: checkpoint.size, time: checkpoint.confirmedAt }]),
  ];
  const times = statements.flatMap(({ index, statement: { time } }) => {
    const alarm = timeAlarm({ index, time }, sightings, TOLERANCE);
    return alarm === undefined ? [] : [alarm];
  });
  const unstated = await reconcile(database);
  return {
    findings: [
      ...missing.map((index) => ({ code: 'MONITOR_STATEMENT_MISSING' as const, fields: { index } })),
      ...alarms,
      ...times,
      ...unstated.map(({ what, ids }) => ({ code: 'MONITOR_UNSTATED' as const, fields: { what, ids } })),
    ],
    memory: { ...believed, audited: to, chains },
  };
}

/** The leaves as published, when earlier visits could not see the statements behind them. They make the root. */
async function publishedLeaves(
  log: PublishedLog,
  from: number,
  { head }: MonitorMemory,
): Promise<readonly Uint8Array[]> {
  const audit = { edge: EMPTY_EDGE, head, reader: log.entries };
  const { leaves } = await auditLeaves(audit, crypto);
  return leaves.slice(from);
}
