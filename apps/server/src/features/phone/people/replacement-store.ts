import type { PhoneAdminReplacement } from '@hufu/contracts';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { PhoneDeps } from '../deps.ts';
import { phoneTables } from '../tables.ts';
import { enterpriseById } from './enterprises.ts';

const replacements = (executor: Executor) =>
  phoneTables(executor)
    .selectFrom('phone_admin_replacement as r')
    .innerJoin('phone_user as f', 'f.id', 'r.former_user')
    .innerJoin('phone_user as c', 'c.id', 'r.candidate_user')
    .leftJoin('phone_transfer as t', 't.id', 'r.transfer_id')
    .selectAll('r')
    .select(['f.name_masked as former_name', 'f.phone_masked as former_phone'])
    .select(['c.name_masked as candidate_name', 'c.phone_masked as candidate_phone'])
    .select(['t.state as transfer_state', 't.expires_at']);

type Row = Awaited<ReturnType<ReturnType<typeof replacements>['execute']>>[number];

export const replacementById = (executor: Executor, id: string): Promise<Row | undefined> =>
  replacements(executor).where('r.id', '=', id).executeTakeFirst();

/** After the second person's yes it is the new one's to answer. */
function stateOf({ state, transfer_state: answered, expires_at: until }: Row, now: number) {
  if (state !== 'OFFERED' || answered === null) return state;
  if (answered === 'OFFERED') return until !== null && until.getTime() <= now ? 'EXPIRED' : 'OFFERED';
  return answered === 'WITHDRAWN' ? 'ENDED' : answered;
}

export async function replacementView(
  deps: Pick<PhoneDeps, 'database' | 'clock'>,
  row: Row,
): Promise<PhoneAdminReplacement> {
  return {
    id: row.id,
    enterprise: (await enterpriseById(deps.database.db, row.entity_id))!,
    former: row.former_name ?? row.former_phone,
    candidate: row.candidate_name ?? row.candidate_phone,
    reason: row.reason,
    state: stateOf(row, deps.clock.now()),
    at: row.at.toISOString(),
  };
}

type Page = { readonly page: number; readonly pageSize: number };

export async function listReplacements(
  deps: Pick<PhoneDeps, 'database' | 'clock'>,
  { page, pageSize }: Page,
) {
  const rows = await replacements(deps.database.db)
    .select(sql<number>`count(*) over ()::int`.as('total'))
    .orderBy('r.at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const items = await Promise.all(rows.map((row) => replacementView(deps, row)));
  return { items, total: rows[0]?.total ?? 0, page, pageSize };
}

/** Of these contents, those that are somebody's letter. */
export async function lettersAmong(executor: Executor, sha256: readonly string[]): Promise<string[]> {
  const rows = await phoneTables(executor)
    .selectFrom('phone_admin_replacement')
    .select('letter_sha256')
    .distinct()
    .where('letter_sha256', 'in', sha256)
    .execute();
  return rows.map((row) => row.letter_sha256);
}
