import type { MappingFault, MappingRow, MappingTrial } from '@hufu/contracts';
import { exchangeError } from '../errors.ts';
import { libraryNode } from './library-nodes.ts';

type Fault = MappingTrial['faults'][number];
type Change = MappingTrial['changes'][number];

const RULES: readonly {
  readonly fault: MappingFault;
  readonly breaks: (row: MappingRow, at: number, rows: readonly MappingRow[]) => boolean;
}[] = [
  { fault: 'UNKNOWN_DIRECTORY', breaks: ({ libNode }) => libraryNode(libNode) === undefined },
  {
    fault: 'TWICE',
    breaks: ({ libNode }, at, rows) => rows.findIndex((other) => other.libNode === libNode) !== at,
  },
  // F-DIRMAP: whoever loses a file is told where it could go.
  { fault: 'NO_HINT', breaks: ({ platformNode, hint }) => platformNode === null && hint === null },
  { fault: 'REQUIRED_NOWHERE', breaks: ({ platformNode, required }) => platformNode === null && required },
];

/** What speaks against a mapping (F-DIRMAP). */
export const faultsOf = (rows: readonly MappingRow[]): Fault[] =>
  rows.flatMap((row, at) =>
    RULES.filter(({ breaks }) => breaks(row, at, rows)).map(({ fault }) => ({
      libNode: row.libNode,
      fault,
    })),
  );

/** @throws EXCHANGE_MAPPING */
export function mustHold(rows: readonly MappingRow[]): void {
  const faults = faultsOf(rows);
  if (faults.length === 0) return;
  throw exchangeError('EXCHANGE_MAPPING', { nodes: [...new Set(faults.map(({ libNode }) => libNode))] });
}

const bare = ({ libNode, platformNode, required, hint }: MappingRow): MappingRow => ({
  libNode,
  platformNode,
  required,
  hint,
});

/** Directories that would be treated in another way, in the library's order. */
export function changesOf(before: readonly MappingRow[], after: readonly MappingRow[]): Change[] {
  const old = new Map(before.map((row) => [row.libNode, bare(row)]));
  const fresh = new Map(after.map((row) => [row.libNode, bare(row)]));
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((libNode) => ({
      libNode,
      label: libraryNode(libNode)?.label ?? libNode,
      before: old.get(libNode) ?? null,
      after: fresh.get(libNode) ?? null,
    }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}
