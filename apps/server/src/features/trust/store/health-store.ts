import { sql } from 'kysely';
import { type Executor, tablesOf } from '../../../infra/database/database.ts';
import type { TrustTables } from '../tables.ts';

const tables = (executor: Executor) => tablesOf<TrustTables>(executor);

export type HealthSample = {
  readonly authorityId: string;
  readonly kind: 'crl' | 'ocsp' | 'grace';
  readonly at: number;
  readonly ok: boolean;
  readonly latencyMs?: number | undefined;
  readonly reason?: string | undefined;
};

export async function storeSamples(executor: Executor, samples: readonly HealthSample[]): Promise<void> {
  if (samples.length === 0) return;
  await tables(executor)
    .insertInto('trust_health_sample')
    .values(
      samples.map(({ authorityId, kind, at, ok, latencyMs, reason }) => ({
        authority_id: authorityId,
        kind,
        at: new Date(at),
        ok,
        latency_ms: latencyMs === undefined ? null : Math.round(latencyMs),
        reason: reason ?? null,
      })),
    )
    .execute();
}

export type HealthSummary = {
  readonly authorityId: string;
  readonly answers: number;
  readonly failures: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly lastAnswerAt: number | undefined;
  readonly lastOk: boolean | undefined;
  readonly graceUses: number;
};

/** What was sampled of each authority since a moment. */
export async function summariseHealth(executor: Executor, since: number): Promise<HealthSummary[]> {
  const { rows } = await sql<{
    authority_id: string;
    answers: string;
    failures: string;
    p50: number | null;
    p95: number | null;
    last_answer: Date | null;
    last_ok: boolean | null;
    grace: string;
  }>`
    select authority_id,
           count(*) filter (where kind = 'ocsp' and ok) as answers,
           count(*) filter (where kind = 'ocsp' and not ok) as failures,
           percentile_cont(0.5) within group (order by latency_ms) filter (where kind = 'ocsp' and ok) as p50,
           percentile_cont(0.95) within group (order by latency_ms) filter (where kind = 'ocsp' and ok) as p95,
           max(at) filter (where kind = 'ocsp' and ok) as last_answer,
           (array_agg(ok order by id desc) filter (where kind = 'ocsp'))[1] as last_ok,
           count(*) filter (where kind = 'grace') as grace
      from trust_health_sample
     where at >= ${new Date(since)}
     group by authority_id`.execute(executor);
  return rows.map((row) => ({
    authorityId: row.authority_id,
    answers: Number(row.answers),
    failures: Number(row.failures),
    p50Ms: row.p50 ?? undefined,
    p95Ms: row.p95 ?? undefined,
    lastAnswerAt: row.last_answer?.getTime(),
    lastOk: row.last_ok ?? undefined,
    graceUses: Number(row.grace),
  }));
}

export async function purgeSamples(executor: Executor, before: number): Promise<void> {
  await tables(executor).deleteFrom('trust_health_sample').where('at', '<', new Date(before)).execute();
}
