export type Group = { readonly at: number; readonly text: string };

/** Cuts a code into the sizes of `pattern`, then into fours. A code that brings separators of its own stays whole. */
export function groupsOf(value: string, pattern: readonly number[] = []): readonly Group[] {
  if (/[^0-9A-Za-z]/.test(value)) return [{ at: 0, text: value }];
  const groups: Group[] = [];
  let at = 0;
  for (let index = 0; at < value.length; index++) {
    const size = pattern[index] ?? 4;
    groups.push({ at, text: value.slice(at, at + size) });
    at += size;
  }
  return groups;
}
