import type { Field, Label } from '../field.ts';
import { fieldsOf } from '../fields.ts';
import { fault, type Issue } from '../issue.ts';
import { allOptions } from '../options.ts';
import type { RecordType } from '../record-type.ts';

export type SheetColumn = {
  /** The field's name; with `.CODE` for one kind of `counts`. */
  readonly key: string;
  readonly field: Field;
  /** Of a column that holds one kind of `counts`. */
  readonly option?: string;
  /** Text of the head: the label, its unit, and `*` where it is always required. */
  readonly header: string;
  readonly required: boolean;
  /** What to write, in one sentence. */
  readonly note: Label;
  /** Chinese labels for a drop-down, where there are few enough. */
  readonly allowed?: readonly string[];
  /** How a sheet shows it. Long numbers are text: sheets keep 15 digits. */
  readonly format: 'text' | 'date' | 'number' | 'integer';
  /** In characters. */
  readonly width: number;
};

export type Sheet = { readonly title: string; readonly columns: readonly SheetColumn[] };

const MOST_ALLOWED = 200;

const NOTES: Readonly<Partial<Record<Field['kind'], Label>>> = {
  date: { zh: '日期，例如 2026-01-31', en: 'A day, e.g. 2026-01-31' },
  year: { zh: '4位年份', en: 'A year of four digits' },
  decimal: { zh: '数字', en: 'A number' },
  integer: { zh: '整数', en: 'A whole number' },
  counts: { zh: '整数', en: 'A whole number' },
  boolean: { zh: '填“是”或“否”', en: 'Yes or no' },
  choice: { zh: '填选项名称或代码', en: 'The name of the option or its code' },
  choices: { zh: '可填多项，用“、”分隔', en: 'One or more, separated by “、” or a comma' },
  files: {
    zh: '填已上传附件的文件名，多个用“；”分隔',
    en: 'Names of uploaded files, separated by semicolons',
  },
  reference: { zh: '填已有信息的名称或编号', en: 'The title of a record that exists, or its id' },
  rows: {
    zh: '每行一条，各栏用“|”分隔',
    en: 'One entry a line, its parts separated by “|”',
  },
};
const TEXT: Label = { zh: '文字', en: 'Text' };

function formatOf(field: Field): SheetColumn['format'] {
  if (field.kind === 'date') return 'date';
  if (field.kind === 'decimal') return 'number';
  return field.kind === 'integer' || field.kind === 'year' || field.kind === 'counts' ? 'integer' : 'text';
}

function noteOf(field: Field): Label {
  const form = NOTES[field.kind] ?? TEXT;
  const { hint } = field;
  return hint === undefined ? form : { zh: `${form.zh}。${hint.zh}`, en: `${form.en}. ${hint.en}` };
}

const unitOf = (field: Field): string =>
  'unit' in field && field.unit !== undefined && !field.label.zh.includes(field.unit.zh)
    ? `（${field.unit.zh}）`
    : '';

function columnOf(field: Field, part?: { readonly code: string; readonly label: Label }): SheetColumn {
  const name = `${field.label.zh}${part === undefined ? '' : `-${part.label.zh}`}${unitOf(field)}`;
  const required = field.required === 'always' && field.visible === undefined && field.at === undefined;
  const labels = field.kind === 'boolean' ? ['是', '否'] : allOptions(field).map((option) => option.label.zh);
  const isOne = field.kind === 'choice' || field.kind === 'boolean';
  return {
    key: part === undefined ? field.name : `${field.name}.${part.code}`,
    field,
    ...(part === undefined ? {} : { option: part.code }),
    header: required ? `${name}*` : name,
    required,
    note: noteOf(field),
    ...(isOne && labels.length > 0 && labels.length <= MOST_ALLOWED ? { allowed: labels } : {}),
    format: formatOf(field),
    width: Math.min(40, Math.max(10, name.length * 2 + 4)),
  };
}

const columnsOf = (field: Field): readonly SheetColumn[] =>
  field.kind === 'counts' ? field.options.map((option) => columnOf(field, option)) : [columnOf(field)];

const isTyped = (field: Field): boolean => field.source === undefined || field.source === 'user';

/** Computed only sometimes: then people type it at other times. */
const isSometimesTyped = (field: Field): boolean =>
  field.source === 'derived' && field.derivedWhen !== undefined;

const sheets = { import: new WeakMap<RecordType, Sheet>(), export: new WeakMap<RecordType, Sheet>() };

/**
 * The columns of a type in a sheet: for `import` what people type, in the order of the form; for `export` every field,
 * the system's too.
 */
export function sheetOf(type: RecordType, purpose: 'import' | 'export' = 'import'): Sheet {
  const known = sheets[purpose].get(type);
  if (known !== undefined) return known;
  const fields = fieldsOf(type).filter(
    (field) => purpose === 'export' || isTyped(field) || isSometimesTyped(field),
  );
  const sheet = { title: type.label.zh, columns: fields.flatMap(columnsOf) };
  sheets[purpose].set(type, sheet);
  return sheet;
}

/** Without what differs between writers of heads: the star, the unit, space and width of brackets. */
const plainHeader = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\([^()]*\)|[*\s]/g, '')
    .toLowerCase();

export type HeaderResult = {
  /** For each column of the sheet, from the left; undefined for one without a head. */
  readonly columns: readonly (SheetColumn | undefined)[];
  readonly issues: readonly Issue[];
};

/**
 * Finds the columns by their heads, which may be the label, its English or the key, in any order. The path of an issue
 * is the head as it stands, or the key of a column that is missing.
 * @param heads untrusted
 */
export function readHeader(type: RecordType, heads: readonly unknown[]): HeaderResult {
  const { columns } = sheetOf(type);
  const known = new Map<string, SheetColumn>();
  for (const column of [...columns].reverse()) {
    known.set(column.key.toLowerCase(), column);
    if (column.option === undefined) known.set(plainHeader(column.field.label.en), column);
    known.set(plainHeader(column.header), column);
  }
  const issues: Issue[] = [];
  const found = new Set<string>();
  const result = heads.map((head) => {
    const text = typeof head === 'string' ? head.slice(0, 200) : '';
    if (text.trim() === '') return undefined;
    const column = known.get(plainHeader(text)) ?? known.get(text.trim().toLowerCase());
    if (column === undefined) issues.push(fault(text.slice(0, 64), 'LIB_COLUMN'));
    else if (found.has(column.key)) issues.push(fault(text.slice(0, 64), 'LIB_COLUMN_TWICE'));
    if (column !== undefined) found.add(column.key);
    return column;
  });
  const missing = columns.filter((column) => column.required && !found.has(column.key));
  return {
    columns: result,
    issues: [...issues, ...missing.map(({ key }) => fault(key, 'LIB_COLUMN_MISSING'))],
  };
}
