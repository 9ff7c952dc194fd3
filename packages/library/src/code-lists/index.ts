import { libraryError } from '../errors.ts';
import type { CodeList } from './code-list.ts';

export type { CodeList } from './code-list.ts';

/** Each list is a module of its own, so that a browser fetches those that a form needs. */
const LOADERS: Readonly<Record<string, () => Promise<CodeList>>> = {
  regions: async () => (await import('./regions.ts')).REGIONS,
  countries: async () => (await import('./countries.ts')).COUNTRIES,
  currencies: async () => (await import('./currencies.ts')).CURRENCIES,
  industries: async () => (await import('./industries.ts')).INDUSTRIES,
};

/** Names of the lists that fields refer to (`codeList`). Short lists are options of their fields. */
export const CODE_LIST_NAMES: readonly string[] = Object.keys(LOADERS);

/** A server loads every list before it serves and keeps it (`keepCodeList`). @throws LIB_CODE_LIST */
export function loadCodeList(name: string): Promise<CodeList> {
  const load = Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  return load === undefined ? Promise.reject(libraryError('LIB_CODE_LIST')) : load();
}
