import type { LibrarySearchPage, SearchKind } from '@hufu/contracts';
import { maskName } from '@hufu/kernel';
import { recordType, titleOf } from '@hufu/library';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';
import { nameMarks, type Records } from '../../records/index.ts';
import { stateOf } from '../entities/entity-row.ts';
import type { CommonPairs } from './common-pairs.ts';
import { PERSON_TYPES } from './search-hook.ts';
import { wordsOf } from './words.ts';

const PAGE = 20;
/** Looked through for what merely contains the text; what is equal or begins so is always among the found. */
const MOST_PARTS = 500;
const MOST_BEGINNINGS = 200;
const MOST_EQUAL = 50;

type Part = RawBuilder<unknown>;

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
const all = (parts: readonly Part[]): Part => sql.join(parts, sql` and `);

const COLUMNS = sql.raw('entity_id, kind, record_id, shown, norm');

function branches(cipher: FieldCipher, text: string, common: ReadonlySet<string>): Part[] {
  const { whole, words, pairs: every } = wordsOf(text);
  const pairs = every.filter((pair) => !common.has(pair));
  const contains = all([
    sql`norm is not null`,
    ...(pairs.length === 0 ? [] : [sql`library_bigrams(norm) @> ${pairs}::text[]`]),
    ...words.map((word) => sql`norm like ${`%${escaped(word)}%`}`),
  ]);
  return [
    sql`(select ${COLUMNS}, 0 as match from library_search where norm = ${whole} limit ${MOST_EQUAL})`,
    sql`(select ${COLUMNS}, 1 as match from library_search where norm like ${`${escaped(whole)}%`} limit ${MOST_BEGINNINGS})`,
    sql`(select ${COLUMNS}, 2 as match from library_search where ${contains} limit ${MOST_PARTS})`,
    ...PERSON_TYPES.flatMap((name) => {
      // Keys of marks are a type's own. No marks would be those of everybody.
      const marks = nameMarks(cipher, recordType(name), whole);
      if (marks.length === 0) return [];
      return sql`(select ${COLUMNS}, 2 as match from library_search
                   where kind = 'PERSON' and norm is null and marks @> ${marks}::text[] limit ${MOST_BEGINNINGS})`;
    }),
  ];
}

type Row = {
  id: string;
  entity_kind: 'ORGANISATION' | 'NATURAL_PERSON';
  name_masked: string;
  uscc: string | null;
  state: 'REGISTERED_SIMPLE' | 'ACTIVE';
  frozen_at: Date | null;
  merged_into: string | null;
  kind: SearchKind;
  record_id: string;
  shown: string | null;
  match: 0 | 1 | 2;
  total: number;
  candidates: number;
};

const MATCHES = ['EXACT', 'PREFIX', 'PART'] as const;

type Searched = {
  readonly executor: Executor;
  readonly cipher: FieldCipher;
  readonly records: Pick<Records, 'read'>;
  readonly commonPairs: CommonPairs;
};

/** What is shown of what was found. A person's name is sealed in its record, and shown masked. */
async function shownOf({ executor, records }: Searched, row: Row): Promise<string | null> {
  if (row.kind !== 'PERSON') return row.shown;
  if (row.shown !== null) return maskName(row.shown);
  const type = recordType(row.entity_kind === 'NATURAL_PERSON' ? 'natural-person' : 'person');
  const { values } = await records.read(executor, { entityId: row.id, type: type.name, id: row.record_id });
  return maskName(titleOf(type, values));
}

/**
 * Entities by what they are called and were called, their code, projects and persons, each once under its best match:
 * equal before beginning before containing, then name before former name before code before project before person.
 */
export async function findEntities(
  searched: Searched,
  { q: text, page }: { readonly q: string; readonly page: number },
): Promise<LibrarySearchPage> {
  const { executor, cipher } = searched;
  const parts = branches(cipher, text, await searched.commonPairs(executor));
  const { rows } = await sql<Row>`
    with candidate as (${sql.join(parts, sql` union all `)}),
    ranked as (
      select *, array_position(array['NAME', 'FORMER_NAME', 'USCC', 'PROJECT', 'PERSON'], kind) as rank
        from candidate
    ),
    best as (
      select distinct on (entity_id) * from ranked order by entity_id, match, rank, length(norm), norm
    )
    select l.id, l.kind as entity_kind, l.name_masked, e.uscc, l.state, l.frozen_at, l.merged_into,
           b.kind, b.record_id, b.shown, b.match,
           (count(*) over ())::int as total, (select count(*) from candidate)::int as candidates
      from best b
      join library_entity l on l.id = b.entity_id
      join entity e on e.id = b.entity_id
     order by b.match, b.rank, length(b.norm), b.norm, l.id
     limit ${PAGE} offset ${(page - 1) * PAGE}`.execute(executor);
  // One after another: a search must not take all connections.
  const shown: (string | null)[] = [];
  for (const row of rows) shown.push(await shownOf(searched, row));
  return {
    items: rows.map((row, at) => ({
      entity: {
        id: row.id,
        kind: row.entity_kind,
        name: row.name_masked,
        uscc: row.uscc,
        state: stateOf(row),
        mergedInto: row.merged_into,
      },
      kind: row.kind,
      match: MATCHES[row.match],
      text: shown[at] ?? null,
      recordId: row.record_id === '' ? null : row.record_id,
    })),
    total: rows[0]?.total ?? 0,
    page,
    pageSize: PAGE,
    capped: (rows[0]?.candidates ?? 0) >= MOST_PARTS,
  };
}
