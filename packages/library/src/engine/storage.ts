import type { Condition, Field } from './field.ts';
import { fieldOf, fieldsOf } from './fields.ts';
import type { RecordType, Unique } from './record-type.ts';

/**
 * SQL functions that the generated columns use: run once, before the first table. The casts of PostgreSQL from text to
 * date depend on a setting of the session and so may not stand in a generated column; this one does not.
 */
export const STORAGE_FUNCTIONS: readonly string[] = [
  `CREATE OR REPLACE FUNCTION library_date(day text) RETURNS date
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN make_date(substr(day, 1, 4)::integer, substr(day, 6, 2)::integer, substr(day, 9, 2)::integer)`,
];

export type StorageColumn = {
  /** `f_` and the field's name in snake_case: no field can collide with the columns that every table has. */
  readonly name: string;
  readonly field: string;
  /** `text`, `date`, `numeric`, `bigint`, `boolean` or `jsonb`. */
  readonly sqlType: string;
  /** For `GENERATED ALWAYS AS (expression) STORED`. */
  readonly expression: string;
  /**
   * `value`: to filter, compare and sort by. `codes`: a list of codes, asked with `@> '["CODE"]'`. `hash`: of a personal
   * value; it can be asked for equality alone.
   */
  readonly holds: 'value' | 'codes' | 'hash';
};

export type StorageIndex = {
  readonly name: string;
  readonly sql: string;
  /** Of a unique one: the rule that a violation breaks. */
  readonly unique?: Unique;
};

export type Storage = {
  readonly table: string;
  readonly columns: readonly StorageColumn[];
  readonly indexes: readonly StorageIndex[];
};

/** PostgreSQL cuts longer names, silently. */
const LONGEST_NAME = 63;

export const snakeCase = (name: string): string =>
  name.replaceAll('-', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** FNV-1a: keeps names apart that are equal once they are cut. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

const fitting = (name: string): string =>
  name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 9)}_${shortHash(name)}`;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const tableOf = (type: RecordType): string => fitting(`library_${snakeCase(type.name)}`);

const columnName = (field: string): string => fitting(`f_${snakeCase(field)}`);

/** Values lie in `"values"`, the system's fields in `"system"`. */
const holder = (field: Field): string => (field.source === 'system' ? '"system"' : '"values"');
const asText = (field: Field): string => `(${holder(field)} ->> ${literal(field.name)})`;

type Typed = Pick<StorageColumn, 'sqlType' | 'expression' | 'holds'>;

function typed(field: Field): Typed {
  const text = asText(field);
  if (field.privacy === 'personal') {
    return {
      sqlType: 'text',
      expression: `(${holder(field)} -> ${literal(field.name)} ->> 'hash')`,
      holds: 'hash',
    };
  }
  switch (field.kind) {
    case 'date':
      return { sqlType: 'date', expression: `library_date${text}`, holds: 'value' };
    case 'decimal':
      return { sqlType: 'numeric', expression: `${text}::numeric`, holds: 'value' };
    case 'integer':
    case 'year':
      return { sqlType: 'bigint', expression: `${text}::bigint`, holds: 'value' };
    case 'boolean':
      return { sqlType: 'boolean', expression: `${text}::boolean`, holds: 'value' };
    case 'account-number':
      // Hyphens are a matter of writing: with or without, it is the same account.
      return { sqlType: 'text', expression: `replace(${text}, '-', '')`, holds: 'value' };
    case 'choices':
      return { sqlType: 'jsonb', expression: `(${holder(field)} -> ${literal(field.name)})`, holds: 'codes' };
    default:
      return { sqlType: 'text', expression: text, holds: 'value' };
  }
}

const columnOf = (field: Field): StorageColumn => ({
  name: columnName(field.name),
  field: field.name,
  ...typed(field),
});

const SORTED_BY = /^-?(.+)$/;
/** Sorting may also name a column that every table has. */
const OWN_COLUMNS: Readonly<Record<string, string>> = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  title: 'title',
  state: 'state',
};

/** What a list is sorted by. */
export function sortOf(type: RecordType): { readonly name: string; readonly descending: boolean } {
  const sort = type.list.sort ?? '-updatedAt';
  return { name: SORTED_BY.exec(sort)?.[1] ?? 'updatedAt', descending: sort.startsWith('-') };
}

/** The column of a field, or of a name that every table has. */
export const columnFor = (type: RecordType, name: string): string =>
  fieldOf(type, name) === undefined ? (OWN_COLUMNS[name] ?? columnName(name)) : columnName(name);

/** The names of the fields that a condition of uniqueness, a list, a filter or a reminder asks about. */
function askedFields(type: RecordType): ReadonlySet<string> {
  const references = fieldsOf(type).filter((field) => field.kind === 'reference');
  return new Set([
    ...type.list.columns,
    ...type.list.filters,
    ...(type.unique ?? []).flatMap((unique) => unique.fields),
    ...(type.expires === undefined ? [] : [type.expires]),
    ...references.map((field) => field.name),
    sortOf(type).name,
  ]);
}

/** A personal field shown in a list is opened by the server: a column of its hash serves filters and uniqueness alone. */
function needsColumn(type: RecordType, field: Field): boolean {
  if (field.kind === 'files' || field.kind === 'rows' || field.kind === 'counts') return false;
  const isCompared =
    type.list.filters.includes(field.name) ||
    (type.unique ?? []).some((unique) => unique.fields.includes(field.name));
  return field.privacy !== 'personal' || isCompared;
}

/** Empty fields are absent, so that what is there is filled. */
const isFilledSql = (field: Field): string => `(${holder(field)} ? ${literal(field.name)})`;

function sqlOfCondition(type: RecordType, condition: Condition): string {
  if ('all' in condition) return `(${condition.all.map((one) => sqlOfCondition(type, one)).join(' AND ')})`;
  if ('any' in condition) return `(${condition.any.map((one) => sqlOfCondition(type, one)).join(' OR ')})`;
  if ('not' in condition) return `(NOT ${sqlOfCondition(type, condition.not)})`;
  const field = fieldOf(type, condition.field);
  if (field === undefined) return 'false';
  if ('filled' in condition) return `(${isFilledSql(field)} = ${condition.filled})`;
  if ('is' in condition && typeof condition.is === 'boolean') {
    return `(coalesce(${asText(field)}::boolean, false) = ${condition.is})`;
  }
  const codes = 'in' in condition ? condition.in : [String(condition.is)];
  return field.kind === 'choices'
    ? `(${codes.map((code) => `coalesce(${holder(field)} -> ${literal(field.name)} ? ${literal(code)}, false)`).join(' OR ')})`
    : `(coalesce(${asText(field)}, '') IN (${codes.map(literal).join(', ')}))`;
}

function uniqueIndex(type: RecordType, unique: Unique): StorageIndex {
  const table = tableOf(type);
  const ended = type.lifeCycle.states
    .filter((state) => state.ended === true)
    .map((state) => literal(state.name));
  const columns = unique.fields.map(columnName);
  const conditions = [
    ...(ended.length === 0 ? [] : [`state NOT IN (${ended.join(', ')})`]),
    ...(unique.when === undefined ? [] : [sqlOfCondition(type, unique.when)]),
  ];
  const rule = `${unique.fields.join(',')}|${conditions.join(' AND ')}`;
  const name = fitting(`${table}_u_${unique.fields.map(snakeCase).join('_')}_${shortHash(rule)}`);
  const owner = type.parent === undefined ? 'entity_id' : 'entity_id, parent_id';
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return {
    name,
    sql: `CREATE UNIQUE INDEX IF NOT EXISTS ${name} ON ${table} (${owner}, ${columns.join(', ')})${where}`,
    unique,
  };
}

function plainIndex(type: RecordType, role: string, on: string): StorageIndex {
  const table = tableOf(type);
  const name = fitting(`${table}_${role}`);
  return { name, sql: `CREATE INDEX IF NOT EXISTS ${name} ON ${table} ${on}` };
}

/** Two requests at once must not give an owner two records of a kind that has one. */
function onlyOne(type: RecordType): StorageIndex {
  const name = fitting(`${tableOf(type)}_one`);
  return { name, sql: `CREATE UNIQUE INDEX IF NOT EXISTS ${name} ON ${tableOf(type)} (entity_id)` };
}

/**
 * Few on purpose: a list is one entity's, some hundred rows at most times, and each index more is paid at every write.
 * So there is one in the order of the list, one for each reference (who leads which project), one for what expires.
 */
function indexesOf(type: RecordType): readonly StorageIndex[] {
  const sort = sortOf(type);
  const direction = sort.descending ? ' DESC NULLS LAST' : '';
  const owner = type.parent === undefined ? 'entity_id' : 'parent_id';
  const references = fieldsOf(type).filter((field) => field.kind === 'reference');
  const expiry = type.expires;
  return [
    plainIndex(type, 'list', `(${owner}, ${columnFor(type, sort.name)}${direction}, id DESC)`),
    ...(type.parent === undefined ? [] : [plainIndex(type, 'entity', '(entity_id, state)')]),
    ...(type.single === true ? [onlyOne(type)] : []),
    ...(type.unique ?? []).map((unique) => uniqueIndex(type, unique)),
    ...references.map(({ name }) =>
      plainIndex(type, `r_${snakeCase(name)}`, `(${columnName(name)}) WHERE ${columnName(name)} IS NOT NULL`),
    ),
    ...(expiry === undefined
      ? []
      : [plainIndex(type, 'expiry', `(${columnName(expiry)}) WHERE ${columnName(expiry)} IS NOT NULL`)]),
  ];
}

/**
 * What a type needs of the store beside the columns that every record table has: `id`, `entity_id`, `parent_id`,
 * `state`, `version`, `"values"` and `"system"` (jsonb, empty fields absent), `locked`, `title`, `created_at`,
 * `updated_at`. A personal value lies in `"values"` as `{"sealed": …, "hash": …}`, the hash keyed and deterministic.
 * Every expression is immutable; `STORAGE_FUNCTIONS` must be there first. Columns and indexes only ever come to it.
 */
export function storageOf(type: RecordType): Storage {
  const asked = askedFields(type);
  const fields = fieldsOf(type).filter((field) => asked.has(field.name) && needsColumn(type, field));
  return { table: tableOf(type), columns: fields.map(columnOf), indexes: indexesOf(type) };
}
