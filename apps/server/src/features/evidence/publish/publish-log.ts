import fs from 'node:fs/promises';
import path from 'node:path';
import { concatBytes } from '@hufu/kernel';
import {
  entriesPath,
  HASH_BYTES,
  newTiles,
  parseCheckpoint,
  type SignedCheckpoint,
  TILE_WIDTH,
  type TileId,
  tilePath,
} from '@hufu/ledger';
import type { Executor } from '../../../infra/database/database.ts';
import { evidenceError } from '../errors.ts';
import { readLeaves, readTiles } from '../store/tree.ts';
import { writeWhole } from './write-file.ts';

/** Tiles that are read and written at a time: bounded memory however far the files are behind. */
const AT_ONCE = 32;

export type LogFiles = {
  readonly directory: string;
  /** The published checkpoint; undefined while there is none. @throws LEDGER_NOTE, LEDGER_CHECKPOINT when it is damaged */
  published(): Promise<SignedCheckpoint | undefined>;
  /** Entries, tiles, and the checkpoint last: who has read it finds everything below it. */
  publish(executor: Executor, head: { readonly size: number; readonly note: string }): Promise<void>;
};

/** The log as static files (c2sp.org/tlog-tiles): any web server or bucket can serve a copy of the directory. */
export function logFiles(directory: string): LogFiles {
  const checkpointFile = path.join(directory, 'checkpoint');

  async function published(): Promise<SignedCheckpoint | undefined> {
    const note = await fs.readFile(checkpointFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return note === undefined ? undefined : parseCheckpoint(note);
  }

  return {
    directory,
    published,
    async publish(executor, { size, note }) {
      const before = (await published())?.size ?? 0;
      const tiles = newTiles(before, size);
      for (let at = 0; at < tiles.length; at += AT_ONCE) {
        await writeTiles(executor, directory, tiles.slice(at, at + AT_ONCE));
      }
      await writeWhole(checkpointFile, note);
      await dropPartials(directory, tiles);
    },
  };
}

async function writeTiles(executor: Executor, directory: string, wanted: readonly TileId[]): Promise<void> {
  const stored = await readTiles(executor, wanted);
  const files: [string, Uint8Array][] = [];
  for (const tile of wanted) {
    const known = stored.find(({ level, index }) => level === tile.level && index === tile.index);
    if (known === undefined || known.width < tile.width)
      throw evidenceError('EVIDENCE_LOG_DAMAGED', { level: tile.level, index: tile.index });
    files.push([tilePath(tile), known.hashes.subarray(0, tile.width * HASH_BYTES)]);
    if (tile.level === 0) files.push([entriesPath(tile), await bundleOf(executor, tile)]);
  }
  await Promise.all(files.map(([name, content]) => writeWhole(path.join(directory, name), content)));
}

/** Leaves with their lengths before them (c2sp.org/tlog-tiles, "Log entries"). */
async function bundleOf(executor: Executor, tile: TileId): Promise<Uint8Array> {
  const leaves = await readLeaves(executor, tile);
  if (leaves.length !== tile.width) throw evidenceError('EVIDENCE_LOG_DAMAGED', { index: tile.index });
  return concatBytes(
    ...leaves.flatMap((leaf) => [Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf]),
  );
}

/** Once a tile is full its narrower copies may go; readers of an older checkpoint fall back to the full one. */
async function dropPartials(directory: string, tiles: readonly TileId[]): Promise<void> {
  const full = tiles.filter(({ width }) => width === TILE_WIDTH);
  const names = full.flatMap((tile) => [tilePath(tile), ...(tile.level === 0 ? [entriesPath(tile)] : [])]);
  await Promise.all(
    names.map((name) => fs.rm(path.join(directory, `${name}.p`), { recursive: true, force: true })),
  );
}
