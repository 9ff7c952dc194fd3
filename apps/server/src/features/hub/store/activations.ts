import { sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { Fragment } from '../../../infra/database/fragment.ts';
import { hubTables } from '../tables.ts';

export async function activationsOf(executor: Executor, enterpriseId: string) {
  const rows = await hubTables(executor)
    .selectFrom('platform_activation')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .execute();
  return new Map(rows.map((row) => [row.platform_code, row]));
}

export type Entry = {
  readonly enterpriseId: string;
  readonly platformCode: string;
  readonly certificateId: string;
  readonly at: Date;
};

/** HUB-065. @returns whether this was the first login there */
export async function recordEntry(tx: Tx, entry: Entry): Promise<boolean> {
  const { rows } = await sql<{ logins: number }>`
    insert into platform_activation
      (enterprise_id, platform_code, activated_at, activated_with, last_login_at)
    values (${entry.enterpriseId}, ${entry.platformCode}, ${entry.at}, ${entry.certificateId}, ${entry.at})
    on conflict (enterprise_id, platform_code)
      do update set last_login_at = excluded.last_login_at, logins = platform_activation.logins + 1
    returning logins
  `.execute(tx);
  return rows[0]?.logins === 1;
}

/** A later login where the enterprise is active already: does nothing if that has ended meanwhile. */
export const entryAgain =
  ({ enterpriseId, platformCode, at }: Omit<Entry, 'certificateId'>): Fragment =>
  (bind) =>
    `
    update platform_activation set last_login_at = ${bind(at)}, logins = logins + 1
     where enterprise_id = ${bind(enterpriseId)} and platform_code = ${bind(platformCode)}`;
