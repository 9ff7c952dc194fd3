import { z } from 'zod';
import type { Field } from './field.ts';
import { fieldOf } from './fields.ts';
import { allOptions } from './options.ts';
import type { RecordType } from './record-type.ts';

/**
 * How a list is narrowed by a field. `equal`: the value itself. `contains`: part of a text. `includes`: one of several
 * codes. `range`: two parameters, `…From` and `…To`, both inclusive, either alone.
 */
export type Filter = {
  readonly field: Field;
  readonly by: 'equal' | 'contains' | 'includes' | 'range';
  /** Names of its query parameters. */
  readonly parameters: readonly string[];
};

function wayOf(field: Field): Filter['by'] {
  if (field.privacy === 'personal') return 'equal';
  switch (field.kind) {
    case 'date':
    case 'year':
    case 'integer':
    case 'decimal':
      return 'range';
    case 'choices':
      return 'includes';
    case 'text':
    case 'email':
    case 'url':
      return 'contains';
    default:
      return 'equal';
  }
}

function filterOf(field: Field): Filter {
  const by = wayOf(field);
  return {
    field,
    by,
    parameters: by === 'range' ? [`${field.name}From`, `${field.name}To`] : [field.name],
  };
}

/** The filters of a list, beside its state. */
export const filtersOf = (type: RecordType): readonly Filter[] =>
  type.list.filters
    .map((name) => fieldOf(type, name))
    .filter((field) => field !== undefined)
    .map(filterOf);

const LONGEST_SEARCH = 100;

function parameterSchema({ field, by }: Filter): z.ZodType<string | undefined> {
  const codes = allOptions(field).map((option) => option.code);
  const isClosed = 'options' in field || 'optionsOf' in field;
  if (field.kind === 'boolean') return z.enum(['true', 'false']).optional();
  if (field.kind === 'date') return z.iso.date().optional();
  if (by === 'range')
    return z
      .string()
      .regex(/^-?\d{1,18}(?:\.\d{1,12})?$/)
      .optional();
  if (isClosed && codes.length > 0) return z.enum(codes as [string, ...string[]]).optional();
  return z.string().min(1).max(LONGEST_SEARCH).optional();
}

/** The query parameters of the filters, by their names. */
export const filterParameters = (type: RecordType): Readonly<Record<string, z.ZodType<string | undefined>>> =>
  Object.fromEntries(
    filtersOf(type).flatMap((filter) =>
      filter.parameters.map((name) => [
        name,
        parameterSchema(filter).meta({ description: `${filter.field.label.zh} / ${filter.field.label.en}` }),
      ]),
    ),
  );
