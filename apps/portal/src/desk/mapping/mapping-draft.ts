import type { Mapping } from '@hufu/contracts';
import { useState } from 'react';

export type Row = Mapping['rows'][number];

const PREFIX = 'hufu.desk.mapping.';

const placeOf = ({ platform, version }: Mapping): string => `${PREFIX}${platform}.${version}`;

function kept(mapping: Mapping): readonly Row[] | undefined {
  try {
    const rows: unknown = JSON.parse(localStorage.getItem(placeOf(mapping)) ?? 'null');
    return Array.isArray(rows) ? (rows as Row[]) : undefined;
  } catch {
    return undefined;
  }
}

function keep(mapping: Mapping, rows: readonly Row[] | undefined): void {
  try {
    if (rows === undefined) localStorage.removeItem(placeOf(mapping));
    else localStorage.setItem(placeOf(mapping), JSON.stringify(rows));
  } catch {
    // Without storage the draft lives as long as the page.
  }
}

const isSame = (one: Row | undefined, other: Row | undefined): boolean =>
  one?.platformNode === other?.platformNode && one?.required === other?.required && one?.hint === other?.hint;

/** Directories that differ, by name. */
export function changedNodes(before: readonly Row[], after: readonly Row[]): ReadonlySet<string> {
  const old = new Map(before.map((row) => [row.libNode, row]));
  return new Set(after.filter((row) => !isSame(row, old.get(row.libNode))).map(({ libNode }) => libNode));
}

/** What is edited of one version of a mapping, kept in this browser until it was sent. */
export function useMappingDraft(mapping: Mapping) {
  const [rows, set] = useState<readonly Row[]>(() => kept(mapping) ?? mapping.rows);
  const replace = (next: readonly Row[]) => {
    keep(mapping, next);
    set(next);
  };
  return {
    rows,
    changed: changedNodes(mapping.rows, rows),
    change: (libNode: string, to: Partial<Row>) =>
      replace(rows.map((row) => (row.libNode === libNode ? { ...row, ...to } : row))),
    replace,
    reset: () => {
      keep(mapping, undefined);
      set(mapping.rows);
    },
    /** It was sent. */
    forget: () => keep(mapping, undefined),
  };
}
