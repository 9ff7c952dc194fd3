import { expiryOf, personalFields, type RecordType, titleOf, type Values } from '@hufu/library';
import type { RecordsDeps } from '../deps.ts';
import type { RecordRow } from '../face.ts';
import type { StoredRow } from './tables.ts';

/** A stored record with its values in clear. */
export function openRow(
  { sealing }: Pick<RecordsDeps, 'sealing'>,
  type: RecordType,
  row: StoredRow,
): RecordRow {
  const values = sealing.open(type, row.id, row.values);
  return {
    id: row.id,
    type: type.name,
    entityId: row.entity_id,
    parentId: row.parent_id,
    state: row.state,
    version: row.version,
    values,
    system: sealing.open(type, row.id, row.system),
    locked: row.locked,
    title: row.title ?? titleOf(type, values),
    expiresOn: expiryOf(type, values),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const hasPersonalTitle = (type: RecordType): boolean =>
  personalFields(type).some(({ name }) => name === type.title);

/** Hashes of the characters and pairs of characters of a text, in their order. */
function gramsOf(text: string): { readonly ones: readonly string[]; readonly pairs: readonly string[] } {
  const letters = [...text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()];
  return { ones: letters, pairs: letters.slice(1).map((letter, at) => letters[at]! + letter) };
}

const MARK_LENGTH = 12;

/** Title and marks of a record. What is personal does not stand in the title: it is found by keyed marks alone. */
export function namesOf(
  { sealing }: Pick<RecordsDeps, 'sealing'>,
  type: RecordType,
  values: Values,
): { readonly title: string | null; readonly marks: readonly string[] } {
  const title = titleOf(type, values);
  if (!hasPersonalTitle(type)) return { title, marks: [] };
  const { ones, pairs } = gramsOf(title);
  return { title: null, marks: marksOf({ sealing }, type, [...ones, ...pairs]) };
}

const marksOf = (
  { sealing }: Pick<RecordsDeps, 'sealing'>,
  type: RecordType,
  grams: readonly string[],
): string[] => [...new Set(grams.map((gram) => sealing.hash(type, 'marks', gram).slice(0, MARK_LENGTH)))];

/** The marks that a record has if its title contains the text; undefined where titles are not personal. */
export function marksSought(
  deps: Pick<RecordsDeps, 'sealing'>,
  type: RecordType,
  text: string,
): string[] | undefined {
  if (!hasPersonalTitle(type)) return undefined;
  const { ones, pairs } = gramsOf(text);
  return marksOf(deps, type, pairs.length === 0 ? ones : pairs);
}
