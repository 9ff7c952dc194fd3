import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';

export type Counts = {
  readonly enterprises: number;
  readonly certificates: number;
  readonly logins_today: number;
  readonly refusals_today: number;
  readonly dead_letters: number;
};

/** @param dayStart midnight in Asia/Shanghai */
export async function countOverview(executor: Executor, dayStart: Date): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select (select count(*)::int from enterprise where state = 'BOUND') as enterprises,
           (select count(*)::int from enterprise_certificate where state = 'BOUND') as certificates,
           (select count(*)::int from audit_entry
             where action = 'session.login' and outcome = 'ok' and at >= ${dayStart}) as logins_today,
           (select count(*)::int from audit_entry where outcome = 'refused' and at >= ${dayStart}) as refusals_today,
           (select count(*)::int from job where state = 'dead') as dead_letters
  `.execute(executor);
  return rows[0]!;
}

export type HourRow = { readonly hour: Date; readonly logins: number; readonly refusals: number };

/** Hours without either are left out. */
export async function loginsByHour(executor: Executor, since: Date): Promise<HourRow[]> {
  const { rows } = await sql<HourRow>`
    select date_trunc('hour', at) as hour,
           (count(*) filter (where action = 'session.login' and outcome = 'ok'))::int as logins,
           (count(*) filter (where outcome = 'refused'))::int as refusals
      from audit_entry where at >= ${since}
     group by 1 order by 1
  `.execute(executor);
  return rows;
}
