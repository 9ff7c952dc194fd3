import { addDays, shanghaiInstant } from '@hufu/kernel';
import { type Filter, fieldOf, filtersOf, optionByCode, type RecordType, sortOf } from '@hufu/library';
import { type RawBuilder, sql } from 'kysely';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { recordError } from '../errors.ts';
import { isId } from './record-store.ts';
import { marksSought } from './rows.ts';

/** What a list is asked for, as the contract has it. */
export type ListAsked = {
  readonly entityId: string;
  readonly state?: string | undefined;
  readonly q?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly expiring?: number | undefined;
  readonly parent?: string | undefined;
  readonly sort?: string | undefined;
  /** `f.<parameter>` → text. */
  readonly others: Readonly<Record<string, string>>;
};

type Part = RawBuilder<unknown>;

const FILTER = 'f.';
const MOST_CODES = 50;
const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Everything that narrows the list but the state: its counts are told for all states. */
export function conditionsOf(deps: RecordsDeps, kind: Kind, asked: ListAsked): Part {
  const { type, storage } = kind;
  const parts: Part[] = [sql`entity_id = ${asked.entityId}`];
  if (asked.parent !== undefined) {
    parts.push(isId(asked.parent) ? sql`parent_id = ${asked.parent}` : sql`false`);
  }
  if (asked.from !== undefined) parts.push(sql`updated_at >= ${new Date(shanghaiInstant(asked.from))}`);
  if (asked.to !== undefined) {
    parts.push(sql`updated_at < ${new Date(shanghaiInstant(addDays(asked.to, 1)))}`);
  }
  if (asked.q !== undefined && asked.q !== '') parts.push(searchOf(deps, type, asked.q));
  if (asked.expiring !== undefined) {
    const column = storage.columns.find(({ field }) => field === type.expires)?.name;
    if (column === undefined) throw refusal('expiring');
    parts.push(sql`${sql.ref(column)} <= ${addDays(deps.today(), asked.expiring)}::date`);
    parts.push(sql`state = any(${usableStates(type)}::text[])`);
  }
  const filters = new Map(filtersOf(type).flatMap((one) => one.parameters.map((name) => [name, one])));
  for (const [key, text] of Object.entries(asked.others)) {
    const filter = key.startsWith(FILTER) ? filters.get(key.slice(FILTER.length)) : undefined;
    if (filter === undefined) throw refusal(key.slice(0, 60));
    parts.push(filterPart(deps, kind, { filter, parameter: key.slice(FILTER.length), text }));
  }
  return sql.join(parts, sql` and `);
}

export const usableStates = (type: RecordType): string[] =>
  type.lifeCycle.states.filter(({ usable }) => usable === true).map(({ name }) => name);

const refusal = (filter: string) => recordError('RECORD_FILTER', { filter });

export function statesOf(type: RecordType, asked: ListAsked): Part {
  if (asked.state === undefined) return sql`true`;
  const states = asked.state.split(',');
  const known = new Set(type.lifeCycle.states.map(({ name }) => name));
  if (!states.every((state) => known.has(state))) throw refusal('state');
  return sql`state = any(${states}::text[])`;
}

/** In the title and the text columns of the list; a personal number is found whole, a personal name by its parts. */
function searchOf(deps: RecordsDeps, type: RecordType, text: string): Part {
  const { storage } = deps.catalogue.kind(type.name);
  const parts: Part[] = [];
  const marks = marksSought(deps, type, text);
  if (marks === undefined) parts.push(sql`title ilike ${like(text)}`);
  else parts.push(sql`marks @> ${marks}::text[]`);
  for (const name of type.list.columns) {
    const column = storage.columns.find(({ field }) => field === name);
    if (column?.holds === 'value' && column.sqlType === 'text' && isFreeText(type, name)) {
      parts.push(sql`${sql.ref(column.name)} ilike ${like(text)}`);
    }
  }
  for (const column of storage.columns.filter(({ holds }) => holds === 'hash')) {
    parts.push(sql`${sql.ref(column.name)} = ${deps.sealing.hash(type, column.field, text.trim())}`);
  }
  return sql`(${sql.join(parts, sql` or `)})`;
}

const isFreeText = (type: RecordType, name: string): boolean => {
  const field = fieldOf(type, name);
  return field !== undefined && !('options' in field) && !('codeList' in field) && field.kind !== 'reference';
};

type Narrowing = { readonly filter: Filter; readonly parameter: string; readonly text: string };

function filterPart(
  deps: RecordsDeps,
  { type, storage }: Kind,
  { filter, parameter, text }: Narrowing,
): Part {
  const { field, by } = filter;
  const column = storage.columns.find((one) => one.field === field.name);
  if (column === undefined) throw refusal(field.name);
  const name = sql.ref(column.name);
  if (column.holds === 'hash') return sql`${name} = ${deps.sealing.hash(type, field.name, text.trim())}`;
  const codes = text.split(',').slice(0, MOST_CODES);
  if (column.holds === 'codes') return sql`${name} ?| ${codes}::text[]`;
  if (by === 'contains') return sql`${name} ilike ${like(text)}`;
  if (by === 'range') {
    if (!RANGE[column.sqlType]?.test(text)) throw refusal(parameter);
    const bound = sql`${text}::${sql.raw(column.sqlType)}`;
    return parameter.endsWith('From') ? sql`${name} >= ${bound}` : sql`${name} <= ${bound}`;
  }
  if (column.sqlType === 'boolean') return sql`coalesce(${name}, false) = ${text === 'true'}`;
  const known =
    'options' in field ? codes.every((code) => optionByCode(field, code, {}) !== undefined) : true;
  if (!known) throw refusal(parameter);
  return sql`${name} = any(${codes}::text[])`;
}

const RANGE: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  numeric: /^-?\d{1,18}(\.\d{1,12})?$/,
  bigint: /^-?\d{1,15}$/,
};

const OWN: Readonly<Record<string, string>> = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  state: 'state',
  title: 'title',
};

/** The id makes the order whole. @throws RECORD_FILTER for what has no order, such as sealed names */
export function orderOf({ type, storage }: Kind, sort: string | undefined): Part {
  const declared = sortOf(type);
  const wanted =
    sort === undefined ? declared : { name: sort.replace(/^-/, ''), descending: sort.startsWith('-') };
  const column =
    OWN[wanted.name] ??
    storage.columns.find(({ field, holds }) => field === wanted.name && holds === 'value')?.name;
  if (column === undefined) {
    if (sort !== undefined) throw refusal('sort');
    return sql`updated_at desc nulls last, id desc`;
  }
  return wanted.descending
    ? sql`${sql.ref(column)} desc nulls last, id desc`
    : sql`${sql.ref(column)} asc nulls last, id asc`;
}
