import { type Insertable, type Selectable, sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type HubTables, hubTables } from '../tables.ts';
import type { Scan } from './receive-scans.ts';

export type ApplicationRow = Selectable<HubTables['unbind_application']>;
export type FileRow = Selectable<HubTables['unbind_file']>;

export async function insertApplication(
  tx: Tx,
  row: Insertable<HubTables['unbind_application']>,
): Promise<boolean> {
  const inserted = await hubTables(tx)
    .insertInto('unbind_application')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('enterprise_id') // literals: a partial index is not inferred from parameters
        .where(sql<boolean>`state in ('SUBMITTED', 'CHECKED', 'OBJECTED')`)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export type ApplicationChange = Partial<
  Omit<Insertable<HubTables['unbind_application']>, 'id' | 'reference' | 'token_sha256' | 'enterprise_id'>
>;

type Update = { readonly row: ApplicationRow; readonly change: ApplicationChange };

export async function updateApplication(tx: Tx, { row, change }: Update): Promise<void> {
  await hubTables(tx)
    .updateTable('unbind_application')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute();
}

const UNIQUE_VIOLATION = '23505';

/** The same for a closed one that opens. @returns false when another is open: the transaction cannot go on then */
export async function reopenApplication(tx: Tx, update: Update): Promise<boolean> {
  try {
    await updateApplication(tx, update);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

export async function applicationById(executor: Executor, id: string): Promise<ApplicationRow | undefined> {
  return hubTables(executor)
    .selectFrom('unbind_application')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function lockApplication(tx: Tx, id: string): Promise<ApplicationRow | undefined> {
  return hubTables(tx)
    .selectFrom('unbind_application')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function applicationByToken(
  executor: Executor,
  tokenSha256: string,
): Promise<ApplicationRow | undefined> {
  return hubTables(executor)
    .selectFrom('unbind_application')
    .selectAll()
    .where('token_sha256', '=', tokenSha256)
    .executeTakeFirst();
}

export type Filed = {
  readonly applicationId: string;
  readonly round: number;
  readonly scans: readonly Scan[];
};

export async function insertFiles(tx: Tx, { applicationId, round, scans }: Filed): Promise<void> {
  await hubTables(tx)
    .insertInto('unbind_file')
    .values(
      scans.map((scan) => ({
        application_id: applicationId,
        round,
        field: scan.field,
        attachment_id: scan.attachmentId,
        name: scan.name,
        size: scan.size,
        type: scan.type,
        warnings: JSON.stringify(scan.warnings),
      })),
    )
    .execute();
}

/** Those among the attachments that an application of any round has. */
export async function attachedAmong(executor: Executor, attachments: readonly string[]): Promise<string[]> {
  const rows = await hubTables(executor)
    .selectFrom('unbind_file')
    .select('attachment_id')
    .distinct()
    .where('attachment_id', 'in', attachments)
    .execute();
  return rows.map(({ attachment_id }) => attachment_id);
}

export async function filesOf(
  executor: Executor,
  { id, round }: Pick<ApplicationRow, 'id' | 'round'>,
): Promise<FileRow[]> {
  return hubTables(executor)
    .selectFrom('unbind_file')
    .selectAll()
    .where('application_id', '=', id)
    .where('round', '=', round)
    .orderBy('field', 'desc')
    .execute();
}

export type Happened = {
  readonly applicationId: string;
  readonly at: Date;
  readonly state: string;
  readonly note: string | null;
};

export async function insertEvent(tx: Tx, happened: Happened): Promise<void> {
  await hubTables(tx)
    .insertInto('unbind_event')
    .values({
      application_id: happened.applicationId,
      at: happened.at,
      state: happened.state,
      note: happened.note,
    })
    .execute();
}

export async function eventsOf(executor: Executor, applicationId: string) {
  return hubTables(executor)
    .selectFrom('unbind_event')
    .select(['at', 'state', 'note'])
    .where('application_id', '=', applicationId)
    .orderBy('id')
    .execute();
}

export type Wanted = {
  readonly state?: ApplicationRow['state'];
  readonly overdueAt?: Date;
  readonly text?: string;
  readonly limit: number;
  readonly offset: number;
};

const OPEN: readonly ApplicationRow['state'][] = ['SUBMITTED', 'CHECKED', 'OBJECTED'];

/** The most urgent first: open ones by due date, then the closed ones, newest first. */
export async function pageOfApplications(executor: Executor, wanted: Wanted) {
  let chosen = hubTables(executor).selectFrom('unbind_application');
  const { state, overdueAt, text } = wanted;
  if (state !== undefined) chosen = chosen.where('state', '=', state);
  if (overdueAt !== undefined) chosen = chosen.where('due_at', '<', overdueAt).where('state', 'in', OPEN);
  if (text !== undefined && text !== '') {
    const like = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    chosen = chosen.where((eb) =>
      eb.or([eb('unit_name', 'like', like), eb('uscc', 'like', like), eb('reference', 'like', like)]),
    );
  }
  const [items, { total }] = await Promise.all([
    chosen
      .selectAll()
      .orderBy((eb) => eb.case().when('state', 'in', OPEN).then(0).else(1).end())
      .orderBy('due_at')
      .orderBy('received_at', 'desc')
      .limit(wanted.limit)
      .offset(wanted.offset)
      .execute(),
    chosen.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { items, total: Number(total) };
}

export async function countOpenApplications(executor: Executor): Promise<number> {
  const { n } = await hubTables(executor)
    .selectFrom('unbind_application')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', 'in', OPEN)
    .executeTakeFirstOrThrow();
  return Number(n);
}
