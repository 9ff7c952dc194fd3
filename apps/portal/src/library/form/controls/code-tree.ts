import type { Option } from '@hufu/library';

type Entry = Option & { readonly parent?: string };

export type CodeTree = {
  readonly byCode: ReadonlyMap<string, Entry>;
  /** Entries under each code; those of the top under undefined. */
  readonly below: ReadonlyMap<string | undefined, readonly Entry[]>;
  /** Codes above one, from the top. */
  readonly above: (code: string) => readonly string[];
};

export function treeOf(entries: readonly Entry[]): CodeTree {
  const byCode = new Map(entries.map((entry) => [entry.code, entry]));
  const below = new Map<string | undefined, Entry[]>();
  for (const entry of entries) {
    const parent = entry.parent !== undefined && byCode.has(entry.parent) ? entry.parent : undefined;
    const list = below.get(parent);
    if (list === undefined) below.set(parent, [entry]);
    else list.push(entry);
  }
  const above = (code: string): readonly string[] => {
    const parent = byCode.get(code)?.parent;
    return parent === undefined || !byCode.has(parent) ? [] : [...above(parent), parent];
  };
  return { byCode, below, above };
}

const SHOWN = 50;

/** Entries whose name or code holds every word typed; a word may be that of a level above. Names that begin with it come first. */
export function searchTree(tree: CodeTree, query: string): readonly Entry[] {
  const words = query
    .toLowerCase()
    .split(/[\s/]+/)
    .filter(Boolean);
  if (words.length === 0) return [];
  const text = ({ code, label }: Entry) => `${label.zh} ${label.en} ${code}`.toLowerCase();
  const first = words.at(-1) ?? '';
  const hits: { entry: Entry; rank: number }[] = [];
  for (const entry of tree.byCode.values()) {
    const own = text(entry);
    if (!words.some((word) => own.includes(word))) continue;
    const whole = [...tree.above(entry.code).map((code) => text(tree.byCode.get(code) ?? entry)), own].join(
      ' ',
    );
    if (!words.every((word) => whole.includes(word))) continue;
    hits.push({ entry, rank: own.startsWith(first) || entry.code.startsWith(first) ? 0 : 1 });
  }
  return hits
    .sort((one, other) => one.rank - other.rank || one.entry.code.localeCompare(other.entry.code))
    .slice(0, SHOWN)
    .map(({ entry }) => entry);
}
