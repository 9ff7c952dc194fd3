import type { Field } from '../field.ts';
import { keptCodeList } from '../loaded-lists.ts';
import { optionByCode, optionsOf } from '../options.ts';
import { type Desk, type Reader, refuse } from './reader.ts';

/** What codes of published lists look like: for a list that is not loaded. */
const CODE = /^[\w.-]{1,32}$/;

function isOption(field: Field, code: string, desk: Desk): boolean {
  if ('codeList' in field && keptCodeList(field.codeList) === undefined) return CODE.test(code);
  return optionByCode(field, code, desk.values) !== undefined;
}

export const choiceReader =
  (field: Field): Reader =>
  (raw, path, desk) => {
    const code = typeof raw === 'string' && raw.length <= 64 ? raw.trim() : undefined;
    return code !== undefined && isOption(field, code, desk) ? code : refuse(desk, path, 'LIB_CHOICE');
  };

/** More than any list of options has that one would tick. */
const MOST = 500;

function inOrder(field: Field, codes: ReadonlySet<string>, desk: Desk): readonly string[] {
  const listed = optionsOf(field, desk.values).filter((option) => codes.has(option.code));
  return listed.length === codes.size ? listed.map((option) => option.code) : [...codes].sort();
}

/** Several options, in the order of the declaration: the order of ticking says nothing. */
export const choicesReader =
  (field: Field & { readonly kind: 'choices' }): Reader =>
  (raw, path, desk) => {
    if (!Array.isArray(raw)) return refuse(desk, path, 'LIB_CHOICES');
    if (raw.length > MOST) return refuse(desk, path, 'LIB_MANY', MOST);
    const items: readonly unknown[] = raw;
    if (
      !items.every((item) => typeof item === 'string' && item.length <= 64 && isOption(field, item, desk))
    ) {
      return refuse(desk, path, 'LIB_CHOICES');
    }
    const codes = new Set(items as readonly string[]);
    if (codes.size < items.length) return refuse(desk, path, 'LIB_TWICE');
    if (codes.size === 0) return undefined;
    if (field.min !== undefined && codes.size < field.min) return refuse(desk, path, 'LIB_FEW', field.min);
    return inOrder(field, codes, desk);
  };

/** Ids as this system makes them. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Whether the record exists, whose it is and in which state, the store tells. */
export const referenceReader: Reader = (raw, path, desk) =>
  typeof raw === 'string' && ID.test(raw) ? raw : refuse(desk, path, 'LIB_REFERENCE');
