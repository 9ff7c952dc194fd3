import type { CodeList } from '../code-lists/code-list.ts';
import type { Option } from './field.ts';

export type LoadedList = CodeList & { readonly byCode: ReadonlyMap<string, Option> };

const loaded = new Map<string, LoadedList>();

/**
 * Makes a code list known to validation, options and labels. A server keeps every list before it serves; a browser
 * those that a form needs. While a list is not kept, a code of it is checked for its form alone.
 */
export function keepCodeList(list: CodeList): void {
  loaded.set(list.name, { ...list, byCode: new Map(list.entries.map((entry) => [entry.code, entry])) });
}

export const keptCodeList = (name: string): LoadedList | undefined => loaded.get(name);
