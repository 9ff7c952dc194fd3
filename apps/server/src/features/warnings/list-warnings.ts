import type { LibraryWarning, UnreadWarnings, WarningKind } from '@hufu/contracts';
import { MODULES } from '@hufu/library';
import { type SelectQueryBuilder, sql } from 'kysely';
import { type Executor, withTransaction } from '../../infra/database/database.ts';
import type { InfraTables } from '../../infra/database/tables.ts';
import type { Member } from '../access/index.ts';
import type { WarningDeps } from './deps.ts';
import { type Language, linkOf, textOf, toneOf } from './domain/messages.ts';
import type { Told } from './face.ts';
import { type WarningTables, warningTables } from './tables.ts';

/** A key reads for itself; so does a person without one. */
const readerOf = ({ keyId, entityId, standing, fingerprint }: Member): string =>
  keyId ?? `${entityId}/${standing}/${fingerprint ?? ''}`;

/** A delegate sees what concerns the records of the delegation. */
const typesOf = ({ modules }: Member): readonly string[] | undefined =>
  modules === 'all'
    ? undefined
    : MODULES.filter(({ name }) => modules.includes(name)).flatMap(({ types }) =>
        types.map(({ name }) => name),
      );

type Seen = SelectQueryBuilder<InfraTables & WarningTables, 'library_warning', { [name: string]: never }>;

function seenBy(executor: Executor, member: Member): Seen {
  const query = warningTables(executor)
    .selectFrom('library_warning')
    .where('library_warning.entity_id', '=', member.entityId);
  const types = typesOf(member);
  if (types === undefined) return query as Seen;
  return query.where(sql<string>`library_warning.facts ->> 'type'`, 'in', [...types, '']) as Seen;
}

const hasRead = (member: Member) =>
  sql<boolean>`exists (select 1 from library_warning_read r
                        where r.reader = ${readerOf(member)} and r.warning_id = library_warning.id)`;

export type WarningsAsked = {
  readonly kind?: WarningKind | undefined;
  readonly unread?: boolean | undefined;
  readonly page: number;
  readonly pageSize: number;
  readonly language: Language;
};

export async function listWarnings(
  deps: WarningDeps,
  member: Member,
  asked: WarningsAsked,
): Promise<{ items: LibraryWarning[]; total: number; page: number; pageSize: number }> {
  const { kind, unread, page, pageSize, language } = asked;
  let query = seenBy(deps.database.db, member);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (unread === true) query = query.where(hasRead(member), '=', false);
  if (unread === false) query = query.where(hasRead(member), '=', true);
  const rows = await query
    .select(['id', 'kind', 'facts', 'at'])
    .select(hasRead(member).as('read'))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const counted = await query.select(sql<string>`count(*)`.as('total')).executeTakeFirstOrThrow();
  const now = deps.clock.now();
  const items = rows.map((row): LibraryWarning => {
    const told = { kind: row.kind, facts: row.facts } as Told;
    return {
      id: row.id,
      kind: row.kind,
      tone: toneOf(told, now),
      text: textOf(told, { language, now }),
      facts: row.facts,
      link: linkOf(told),
      at: row.at.toISOString(),
      read: row.read,
    };
  });
  return { items, total: Number(counted.total), page, pageSize };
}

export async function countUnread(executor: Executor, member: Member): Promise<UnreadWarnings> {
  const rows = await seenBy(executor, member)
    .where(hasRead(member), '=', false)
    .select(['kind', sql<string>`count(*)`.as('count')])
    .groupBy('kind')
    .execute();
  const byKind = Object.fromEntries(rows.map(({ kind, count }) => [kind, Number(count)]));
  return { unread: rows.reduce((sum, { count }) => sum + Number(count), 0), byKind };
}

/** @param ids those that were read; all where they are absent */
export async function markRead(
  deps: WarningDeps,
  member: Member,
  ids: readonly string[] | undefined,
): Promise<UnreadWarnings> {
  const at = new Date(deps.clock.now());
  return withTransaction(deps.database, async (tx) => {
    const seen = seenBy(tx, member).where(hasRead(member), '=', false);
    await warningTables(tx)
      .insertInto('library_warning_read')
      .columns(['reader', 'warning_id', 'at'])
      .expression(
        (ids === undefined ? seen : seen.where('id', 'in', ids)).select([
          sql<string>`${readerOf(member)}::text`.as('reader'),
          'id',
          sql<Date>`${at}::timestamptz`.as('at'),
        ]),
      )
      .onConflict((conflict) => conflict.columns(['reader', 'warning_id']).doNothing())
      .execute();
    return countUnread(tx, member);
  });
}
