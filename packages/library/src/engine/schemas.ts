import { z } from 'zod';
import type { Field } from './field.ts';
import { fieldsOf, userFields } from './fields.ts';
import { filterParameters } from './filters.ts';
import { allOptions } from './options.ts';
import type { RecordType } from './record-type.ts';

const FILE = z
  .object({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    name: z.string().min(1).max(255),
    size: z.int().positive(),
    mediaType: z.string().max(255),
  })
  .meta({ description: '附件 / An attachment, by content' });

/** Of canonical values: `regex` as JSON Schema has it too. */
const DECIMAL = /^-?\d{1,18}(?:\.\d{1,12})?$/;

function codeSchema(field: Field): z.ZodType {
  const codes = allOptions(field).map((option) => option.code);
  const isClosed = 'options' in field || 'optionsOf' in field;
  return isClosed && codes.length > 0 ? z.enum(codes as [string, ...string[]]) : z.string().max(32);
}

function rowSchema(field: Field & { readonly kind: 'rows' }): z.ZodType {
  const cells = field.columns.map((column) => {
    const cell = column.kind === 'date' ? z.iso.date() : z.string().max(200);
    const described = cell.meta({ description: `${column.label.zh} / ${column.label.en}` });
    return [column.name, column.required ? described : described.nullish()];
  });
  return z.array(z.object(Object.fromEntries(cells))).max(field.max);
}

function shapeSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case 'text':
      return z.string().max(field.max);
    case 'uscc':
      return z.string().regex(/^[0-9A-Z]{18}$/);
    case 'date':
      return z.iso.date();
    case 'year':
      return z.int().min(1850).max(2199);
    case 'decimal':
      return z.string().regex(DECIMAL);
    case 'integer':
      return z
        .int()
        .min(field.min ?? Number.MIN_SAFE_INTEGER)
        .max(field.max ?? Number.MAX_SAFE_INTEGER);
    case 'boolean':
      return z.boolean();
    case 'choice':
      return codeSchema(field);
    case 'choices':
      return z.array(codeSchema(field));
    case 'counts':
      return z.record(z.string(), z.int().min(0));
    case 'files':
      return z.array(FILE).max(field.max ?? 20);
    case 'rows':
      return rowSchema(field);
    default:
      return z.string().max(2000);
  }
}

function unitText(field: Field): string {
  return 'unit' in field && field.unit !== undefined ? `（${field.unit.zh}）` : '';
}

const described = (schema: z.ZodType, field: Field): z.ZodType =>
  schema.meta({ description: `${field.label.zh}${unitText(field)} / ${field.label.en}` });

const members = (fields: readonly Field[], schemaOf: (field: Field) => z.ZodType) =>
  Object.fromEntries(fields.map((field) => [field.name, described(schemaOf(field), field).optional()]));

/** bank-account → BankAccount. */
export const pascalCase = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** A masked value is text, whatever it masks. */
const shownSchema = (field: Field): z.ZodType =>
  field.privacy === 'personal' ? z.union([shapeSchema(field), z.string()]) : shapeSchema(field);

export type RecordSchemas = {
  /** Canonical values, empty fields absent. Presence is the life cycle's matter, so that every field is optional. */
  readonly values: z.ZodObject;
  /**
   * What a caller sends as values: anything passes, so that `readValues` can tell all faults at once; documented as
   * `values`.
   */
  readonly input: z.ZodType<unknown>;
  /** A record as it is given out. Personal values may be masked. */
  readonly record: z.ZodObject;
  /** Query of a list. */
  readonly query: z.ZodObject;
};

function makeSchemas(type: RecordType): RecordSchemas {
  const name = pascalCase(type.name);
  const title = `${type.label.zh} / ${type.label.en}`;
  const user = userFields(type);
  const system = fieldsOf(type).filter((field) => field.source === 'system');
  const values = z.object(members(user, shapeSchema)).meta({ id: `${name}Values`, title });
  const {
    $schema: _dialect,
    id: _id,
    ...documented
  } = z.toJSONSchema(z.object(members(user, shapeSchema)), {
    reused: 'inline',
  });
  const states = type.lifeCycle.states.map((state) => state.name) as [string, ...string[]];
  const sortable = [...type.list.columns, 'createdAt', 'updatedAt'].flatMap((column) => [
    column,
    `-${column}`,
  ]);
  return {
    values,
    input: z.unknown().meta({ ...documented, title }),
    record: z
      .object({
        id: z.string(),
        type: z.literal(type.name),
        entityId: z.string(),
        parentId: z.string().nullable(),
        state: z.enum(states),
        version: z.int().positive(),
        title: z.string(),
        values: z.looseObject(members(user, shownSchema)),
        system: z.looseObject(members(system, shownSchema)),
        locked: z
          .array(z.string())
          .meta({ description: '来自项目信息库、不可修改的数据项 / Fields that cannot change' }),
        createdAt: z.iso.datetime({ offset: true }),
        updatedAt: z.iso.datetime({ offset: true }),
      })
      .meta({ id: `${name}Record`, title }),
    query: z.object({
      ...filterParameters(type),
      state: z.enum(states).optional(),
      q: z.string().min(1).max(100).optional(),
      sort: z.enum(sortable as [string, ...string[]]).optional(),
      cursor: z.string().max(512).optional(),
      limit: z.coerce.number().int().min(1).max(200).optional(),
    }),
  };
}

const made = new WeakMap<RecordType, RecordSchemas>();

/** The schemas of a type for interfaces and OpenAPI 3.1; made once, as their ids may be registered once. */
export function schemasOf(type: RecordType): RecordSchemas {
  const known = made.get(type);
  if (known !== undefined) return known;
  const schemas = makeSchemas(type);
  made.set(type, schemas);
  return schemas;
}
