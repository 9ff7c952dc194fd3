import fs from 'node:fs';
import path from 'node:path';
import { fromHex, toHex } from '@hufu/kernel';
import { EMPTY_EDGE, type SubjectChains, type TreeEdge, type TreeHead } from '@hufu/ledger';
import { z } from 'zod';

const Hex = z.string().regex(/^([0-9a-f]{2})*$/);

const Memory = z.strictObject({
  origin: z.string(),
  size: z.int(),
  root: Hex,
  /** When that checkpoint's quorum was full, ms; null without one. */
  confirmedAt: z.number().nullable(),
  edge: z.array(z.strictObject({ level: z.int(), index: z.int(), width: z.int(), hashes: Hex })),
  audited: z.int(),
  chains: z.record(z.string(), z.strictObject({ seq: z.int(), digest: Hex })),
});

/** What the monitor believes: its own, kept apart from everything that it watches. */
export type MonitorMemory = {
  readonly origin: string;
  readonly head: TreeHead;
  readonly confirmedAt: number | undefined;
  /** The tree as it was rebuilt from the leaves. */
  readonly edge: TreeEdge;
  /** Statements below this index have been held against their leaves. */
  readonly audited: number;
  readonly chains: SubjectChains;
};

/** @returns undefined on the first visit @throws when the file is damaged: somebody has to look */
export function recall(file: string): MonitorMemory | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { origin, size, root, confirmedAt, edge, audited, chains } = Memory.parse(
    JSON.parse(fs.readFileSync(file, 'utf8')),
  );
  const tiles = edge.map(({ hashes, ...tile }) => ({ ...tile, hashes: fromHex(hashes) }));
  return {
    origin,
    head: { size, root: fromHex(root) },
    confirmedAt: confirmedAt ?? undefined,
    edge: size === 0 ? EMPTY_EDGE : { size, tiles },
    audited,
    chains: new Map(
      Object.entries(chains).map(([key, { seq, digest }]) => [key, { seq, digest: fromHex(digest) }]),
    ),
  };
}

/** Whole or not at all. */
export function remember(
  file: string,
  { origin, head, confirmedAt, edge, audited, chains }: MonitorMemory,
): void {
  const memory: z.input<typeof Memory> = {
    origin,
    size: head.size,
    root: toHex(head.root),
    confirmedAt: confirmedAt ?? null,
    edge: edge.tiles.map(({ hashes, ...tile }) => ({ ...tile, hashes: toHex(hashes) })),
    audited,
    chains: Object.fromEntries(
      [...chains].map(([key, { seq, digest }]) => [key, { seq, digest: toHex(digest) }]),
    ),
  };
  fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(memory)}\n`, { mode: 0o600, flush: true });
  fs.renameSync(`${file}.new`, file);
}
