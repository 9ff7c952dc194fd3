import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { Catalogue, Kind } from '../catalogue.ts';
import { tableOf } from '../storage/record-store.ts';

type Asked = { readonly catalogue: Catalogue; readonly entityId: string; readonly ids: readonly string[] };
/** Ids among those asked for of which the answer is yes. */
type Question = (asked: Asked) => RawBuilder<unknown>;

const PROJECTS = 'project-';
const PERFORMANCES = 'performance-';
const NOBODY = sql`select null::text as id where false`;

const among = <T>(some: readonly T[], one: (of: T) => RawBuilder<unknown>): RawBuilder<unknown> =>
  some.length === 0 ? NOBODY : sql.join(some.map(one), sql` union all `);

/** The typed column of a field: references have one, with an index of its own. */
const columnOf = ({ storage }: Kind, field: string): RawBuilder<unknown> =>
  sql.ref(storage.columns.find((column) => column.field === field)?.name ?? field);

/** Persons in one of these roles of a project under construction. */
const onProject =
  (roles: readonly string[]): Question =>
  ({ catalogue, entityId, ids }) =>
    among(
      catalogue.beginning(PROJECTS).flatMap((kind) => roles.map((role) => ({ kind, role }))),
      ({ kind, role }) => sql`
        select ${columnOf(kind, role)} as id from ${tableOf(kind)}
         where ${columnOf(kind, role)} = any(${[...ids]}::text[]) and entity_id = ${entityId}
           and system->>'stage' = 'UNDER_CONSTRUCTION'`,
    );

/** What an event of a declaration may ask the store. Every question is one subquery. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  'has-normal-performance': ({ catalogue, entityId, ids }) =>
    among(
      catalogue.beginning(PERFORMANCES),
      (kind) => sql`
        select ${columnOf(kind, 'projectId')} as id from ${tableOf(kind)}
         where ${columnOf(kind, 'projectId')} = any(${[...ids]}::text[]) and entity_id = ${entityId}
           and state = 'normal'`,
    ),
  'leads-ongoing-project': onProject(['leaderId']),
  'on-ongoing-project': onProject(['leaderId', 'techLeaderId']),
};

/** Question → ids of which it is true. One round trip, none where nothing is asked. */
export async function answer(
  executor: Executor,
  names: readonly string[],
  asked: Asked,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  if (names.length === 0 || asked.ids.length === 0) return new Map();
  const parts = names.map((name) => {
    const question = QUESTIONS[name];
    if (question === undefined) throw new Error(`no question is called ${name}`);
    return sql`select ${name}::text as question, q.id from (${question(asked)}) q`;
  });
  const { rows } = await sql<{ question: string; id: string }>`${sql.join(parts, sql` union all `)}`.execute(
    executor,
  );
  const answers = new Map(names.map((name) => [name, new Set<string>()]));
  for (const { question, id } of rows) answers.get(question)?.add(id);
  return answers;
}

/** As guards read it. */
export const answersFor = (
  answers: ReadonlyMap<string, ReadonlySet<string>>,
  id: string,
): Readonly<Record<string, boolean>> =>
  Object.fromEntries([...answers].map(([name, ids]) => [name, ids.has(id)]));
