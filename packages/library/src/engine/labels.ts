import { isFilled } from './condition.ts';
import { groupThousands } from './decimal.ts';
import type { Field, FileValue, Option, RowValue, Value, Values } from './field.ts';
import { allOptions, hasOptions, optionByCode } from './options.ts';

export type Language = 'zh' | 'en';

const YES_NO = { zh: ['是', '否'], en: ['Yes', 'No'] } as const;
const BETWEEN = { zh: '、', en: ', ' } as const;

function optionLabel(
  field: Field,
  code: string,
  { values, language }: { values: Values; language: Language },
): string {
  const option: Option | undefined =
    optionByCode(field, code, values) ?? allOptions(field).find((one) => one.code === code);
  return option?.label[language] ?? code;
}

function countsText(field: Field, counts: Readonly<Record<string, number>>, language: Language): string {
  const options = hasOptions(field) && field.kind === 'counts' ? field.options : [];
  return options
    .filter((option) => counts[option.code] !== undefined)
    .map((option) => `${option.label[language]} ${counts[option.code]}`)
    .join(BETWEEN[language]);
}

const rowText = (row: RowValue): string =>
  Object.values(row)
    .filter((cell) => cell !== null && cell !== '')
    .join(' ');

function listText(
  field: Field,
  items: readonly unknown[],
  options: { values: Values; language: Language },
): string {
  const texts = items.map((item) => {
    if (typeof item === 'string') return optionLabel(field, item, options);
    return field.kind === 'files' ? (item as FileValue).name : rowText(item as RowValue);
  });
  return texts.join(BETWEEN[options.language]);
}

/**
 * A value as people read it: labels of options, 是/否, thousands grouped; '' where it is empty. A reference stays an id:
 * its title is the store's to tell. A unit is not added: `field.unit` has it.
 * @param values the record, where options depend on another field
 */
export function labelOf(
  field: Field,
  value: Value | undefined,
  { language, values = {} }: { readonly language: Language; readonly values?: Values },
): string {
  if (value === undefined || value === null || !isFilled(value)) return '';
  if (typeof value === 'boolean') return YES_NO[language][value ? 0 : 1];
  if (typeof value === 'number') return field.kind === 'year' ? String(value) : groupThousands(String(value));
  if (typeof value === 'string') {
    if (field.kind === 'decimal') return groupThousands(value);
    return field.kind === 'choice' ? optionLabel(field, value, { values, language }) : value;
  }
  if (Array.isArray(value)) return listText(field, value, { values, language });
  return countsText(field, value as Readonly<Record<string, number>>, language);
}
