import type { Option } from '../field.ts';

/** How names are compared in sheets. */
export const plain = (text: string): string => text.normalize('NFKC').trim();

/** Of several options that bear one name. */
export const AMBIGUOUS = Symbol('ambiguous');

type Names = ReadonlyMap<string, string | typeof AMBIGUOUS>;
const namesOf = new WeakMap<readonly Option[], Names>();

function optionNames(options: readonly Option[]): Names {
  const known = namesOf.get(options);
  if (known !== undefined) return known;
  const names = new Map<string, string | typeof AMBIGUOUS>();
  for (const { code, label } of options) {
    for (const name of new Set([plain(label.zh), plain(label.en).toLowerCase()])) {
      names.set(name, names.has(name) ? AMBIGUOUS : code);
    }
  }
  namesOf.set(options, names);
  return names;
}

/** The code of the option that is called so in either language; there may be none, or several. */
export function codeNamed(options: readonly Option[], name: string): string | typeof AMBIGUOUS | undefined {
  const names = optionNames(options);
  const word = plain(name);
  return names.get(word) ?? names.get(word.toLowerCase());
}
