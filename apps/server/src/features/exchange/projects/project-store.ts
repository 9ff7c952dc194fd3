import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type ExchangeTables, exchangeTables } from '../tables.ts';

export type ProjectRow = Selectable<ExchangeTables['exchange_project']>;
export type ProjectName = { readonly tradeNo: string; readonly section: string };

export const lockProject = (tx: Tx, { tradeNo, section }: ProjectName): Promise<ProjectRow | undefined> =>
  exchangeTables(tx)
    .selectFrom('exchange_project')
    .selectAll()
    .where('trade_no', '=', tradeNo)
    .where('section', '=', section)
    .forUpdate()
    .executeTakeFirst();

export type KeptProject = ProjectName & {
  readonly platformCode: string;
  readonly uscc: string;
  readonly recordType: string;
  readonly statement: string;
  readonly issuedAt: Date;
  readonly at: Date;
};

/** The newest statement of a project; its place in an enterprise's list is written by `enterProject`. */
export async function keepProject(tx: Tx, project: KeptProject): Promise<void> {
  const told = {
    uscc: project.uscc,
    record_type: project.recordType,
    statement: project.statement,
    issued_at: project.issuedAt,
    updated_at: project.at,
  };
  await exchangeTables(tx)
    .insertInto('exchange_project')
    .values({
      trade_no: project.tradeNo,
      section: project.section,
      platform_code: project.platformCode,
      ...told,
      state: 'WAITING',
      entity_id: null,
      record_id: null,
      received_at: project.at,
    })
    .onConflict((conflict) => conflict.columns(['trade_no', 'section']).doUpdateSet(told))
    .execute();
}

type Entered = ProjectName & { readonly entityId: string; readonly recordId: string; readonly at: Date };

export async function enterProject(
  tx: Tx,
  { tradeNo, section, entityId, recordId, at }: Entered,
): Promise<void> {
  await exchangeTables(tx)
    .updateTable('exchange_project')
    .set({ state: 'ENTERED', entity_id: entityId, record_id: recordId, updated_at: at })
    .where('trade_no', '=', tradeNo)
    .where('section', '=', section)
    .execute();
}

/** Projects that wait for an enterprise, the oldest first. */
export const waitingProjects = (
  executor: Executor,
  { uscc, limit }: { readonly uscc: string; readonly limit: number },
): Promise<ProjectRow[]> =>
  exchangeTables(executor)
    .selectFrom('exchange_project')
    .selectAll()
    .where('state', '=', 'WAITING')
    .where('uscc', '=', uscc)
    .orderBy('received_at')
    .limit(limit)
    .execute();

/** Enterprises whose projects wait, after one of them in the order of their codes. */
export async function waitingEnterprises(
  executor: Executor,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await exchangeTables(executor)
    .selectFrom('exchange_project')
    .select('uscc')
    .distinct()
    .where('state', '=', 'WAITING')
    .where('uscc', '>', after)
    .orderBy('uscc')
    .limit(limit)
    .execute();
  return rows.map(({ uscc }) => uscc);
}
