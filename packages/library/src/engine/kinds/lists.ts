import type { FieldShape, FileValue, RowValue } from '../field.ts';
import { readDay } from './days.ts';
import { type Desk, isEmptyRaw, isPlainObject, ownMember, type Reader, refuse } from './reader.ts';
import { readText } from './text.ts';

type Shape<K extends FieldShape['kind']> = Extract<FieldShape, { kind: K }>;

/** Files at one field where the declaration says nothing else. */
export const MAX_FILES = 20;
/** One tebibyte: what an upload may be is decided where it is stored. */
const MAX_SIZE = 2 ** 40;
const SHA256 = /^[0-9a-f]{64}$/;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;
const MEMBERS = new Set(['sha256', 'name', 'size', 'mediaType']);

/** A name, and no path. */
const isName = (name: string): boolean => !/[/\\]/.test(name) && name !== '.' && name !== '..';

function readFile(raw: unknown, path: string, desk: Desk): FileValue | undefined {
  if (!isPlainObject(raw) || Object.keys(raw).some((member) => !MEMBERS.has(member))) {
    return refuse(desk, path, 'LIB_FILES');
  }
  const [sha256, size, mediaType] = ['sha256', 'size', 'mediaType'].map((member) => ownMember(raw, member));
  const quiet: Desk = { ...desk, issues: [] };
  const name = readText(ownMember(raw, 'name'), path, quiet, { max: 255 });
  const isSound =
    typeof sha256 === 'string' &&
    SHA256.test(sha256) &&
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size > 0 &&
    size <= MAX_SIZE &&
    typeof mediaType === 'string' &&
    MEDIA_TYPE.test(mediaType) &&
    name !== undefined &&
    isName(name);
  return isSound ? { sha256, name, size, mediaType } : refuse(desk, path, 'LIB_FILES');
}

/** The shape of attachments. Whether they are stored, and the owner's, the store tells. */
export function filesReader(shape: Shape<'files'>): Reader {
  const max = shape.max ?? MAX_FILES;
  return (raw, path, desk) => {
    if (!Array.isArray(raw)) return refuse(desk, path, 'LIB_FILES');
    if (raw.length === 0) return undefined;
    if (raw.length > max) return refuse(desk, path, 'LIB_MANY', max);
    const before = desk.issues.length;
    const seen = new Set<string>();
    const files: FileValue[] = [];
    for (const [i, item] of (raw as readonly unknown[]).entries()) {
      const at = `${path}.${i}`;
      const file = readFile(item, at, desk);
      if (file === undefined) continue;
      if (seen.has(file.sha256)) refuse(desk, at, 'LIB_TWICE');
      else if (shape.mediaTypes?.includes(file.mediaType) === false) refuse(desk, at, 'LIB_FILE_KIND');
      seen.add(file.sha256);
      files.push(file);
    }
    if (desk.issues.length > before) return undefined;
    return shape.min !== undefined && files.length < shape.min
      ? refuse(desk, path, 'LIB_FEW', shape.min)
      : files;
  };
}

type Column = Shape<'rows'>['columns'][number];

/** Of one cell of a row. */
export const MAX_CELL = 200;

function readCell(column: Column, raw: unknown, path: string, desk: Desk): string | undefined {
  if (isEmptyRaw(raw)) return undefined;
  return column.kind === 'date' ? readDay(raw, path, desk) : readText(raw, path, desk, { max: MAX_CELL });
}

function readRowValue(
  columns: readonly Column[],
  raw: unknown,
  path: string,
  desk: Desk,
): RowValue | undefined {
  const names = new Set(columns.map((column) => column.name));
  if (!isPlainObject(raw) || Object.keys(raw).some((name) => !names.has(name))) {
    return refuse(desk, path, 'LIB_ROWS');
  }
  if (columns.every((column) => isEmptyRaw(ownMember(raw, column.name)))) return undefined;
  const row: Record<string, string> = {};
  for (const column of columns) {
    const at = `${path}.${column.name}`;
    const before = desk.issues.length;
    const cell = readCell(column, ownMember(raw, column.name), at, desk);
    if (cell !== undefined) row[column.name] = cell;
    else if (column.required && desk.issues.length === before) refuse(desk, at, 'LIB_REQUIRED');
  }
  return row;
}

/** Short rows; rows without any entry are left out. */
export const rowsReader =
  (shape: Shape<'rows'>): Reader =>
  (raw, path, desk) => {
    if (!Array.isArray(raw)) return refuse(desk, path, 'LIB_ROWS');
    if (raw.length > shape.max) return refuse(desk, path, 'LIB_MANY', shape.max);
    const before = desk.issues.length;
    const rows = (raw as readonly unknown[])
      .map((item, i) => readRowValue(shape.columns, item, `${path}.${i}`, desk))
      .filter((row) => row !== undefined);
    return desk.issues.length > before || rows.length === 0 ? undefined : rows;
  };
