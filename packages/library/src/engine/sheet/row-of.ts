import type { Field, FileValue, RowValue, Value, Values } from '../field.ts';
import { type Language, labelOf } from '../labels.ts';
import { optionsOf } from '../options.ts';
import type { RecordType } from '../record-type.ts';
import { type SheetColumn, sheetOf } from './columns.ts';
import { AMBIGUOUS, codeNamed } from './option-names.ts';

export type RowOptions = {
  readonly language?: Language;
  /** The title of a referenced record; its id stands where it is unknown. */
  readonly titleOf?: (id: string) => string | undefined;
};

type Reading = { readonly language: Language; readonly values: Values };

const rowsText = (
  field: SheetColumn['field'] & { readonly kind: 'rows' },
  rows: readonly RowValue[],
): string => rows.map((row) => field.columns.map(({ name }) => row[name] ?? '').join('|')).join('\n');

/** An option by its name; one that shares its name with another has its code before it, by which it is read again. */
function optionText(field: Field, code: string, { language, values }: Reading): string {
  const label = labelOf(field, [code], { language, values });
  return codeNamed(optionsOf(field, values), label) === AMBIGUOUS ? `${code} ${label}` : label;
}

function cellOf(column: SheetColumn, values: Values, options: RowOptions): string | number {
  const { field, option } = column;
  const value: Value | undefined = values[field.name];
  if (value === undefined || value === null) return '';
  if (option !== undefined) return (value as Readonly<Record<string, number>>)[option] ?? '';
  if (typeof value === 'number') return value;
  if (field.kind === 'decimal') return String(value);
  if (field.kind === 'files') return (value as readonly FileValue[]).map((file) => file.name).join('；');
  if (field.kind === 'rows') return rowsText(field, value as readonly RowValue[]);
  if (field.kind === 'reference') return options.titleOf?.(String(value)) ?? String(value);
  const reading = { language: options.language ?? 'zh', values };
  if (field.kind === 'choice') return optionText(field, String(value), reading);
  if (field.kind === 'choices') {
    return (value as readonly string[]).map((code) => optionText(field, code, reading)).join('、');
  }
  return labelOf(field, value, reading);
}

/**
 * The cells of a record, in the order of `sheetOf(type, 'export')`. Decimals stay text, so that no digit is lost. A
 * writer of CSV must keep programs from taking a text for a formula.
 * @param values those of the user and of the system together
 */
export const rowOf = (
  type: RecordType,
  values: Values,
  options: RowOptions = {},
): readonly (string | number)[] =>
  sheetOf(type, 'export').columns.map((column) => cellOf(column, values, options));
