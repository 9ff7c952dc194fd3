import fs from 'node:fs';
import path from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { infraError } from '../errors.ts';

/** The part of Emscripten's file system that we complete: a stream knows its native descriptor. */
type EmscriptenModule = {
  NODEFS: { stream_ops: { fsync?: (stream: { nfd?: number }) => number } };
};

/**
 * PGlite as shipped never calls fsync: it starts PostgreSQL with `-F`, and Emscripten's NODEFS has no fsync.
 * Killing the process is harmless then, a power cut is not: ten of eleven trials left an unusable database.
 */
class DurableNodeFS extends NodeFS {
  override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]): ReturnType<NodeFS['init']> {
    const result = await super.init(pg, options);
    const preRun = result.emscriptenOpts.preRun ?? [];
    const hooks = Array.isArray(preRun) ? preRun : [preRun];
    result.emscriptenOpts.preRun = [
      ...hooks,
      (module: unknown) => {
        (module as EmscriptenModule).NODEFS.stream_ops.fsync = (stream) => {
          if (stream.nfd !== undefined) fs.fsyncSync(stream.nfd);
          return 0;
        };
      },
    ];
    return result;
  }
}

/**
 * Opens, or makes, a database that keeps what it acknowledged through a power cut. Emscripten answers
 * fdatasync with a no-op of its own, hence `wal_sync_method=fsync`. Reaches into PGlite's inside: the version
 * is pinned exactly, and a test counts the synchronisations per commit.
 *
 * The caller holds the directory's lock.
 * @throws DATABASE_DIRECTORY_FOREIGN when the directory holds something else
 */
export async function openDurable(directory: string): Promise<PGlite> {
  if (!fs.existsSync(path.join(directory, 'PG_VERSION'))) await initialise(directory);
  return open(directory);
}

function open(directory: string): Promise<PGlite> {
  const options: PGliteOptions = {
    fs: new DurableNodeFS(directory),
    startParams: [
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
      '-c',
      'wal_sync_method=fsync',
    ],
  };
  return PGlite.create(options);
}

/** Builds aside and renames into place: a cut in between leaves nothing half made. */
async function initialise(directory: string): Promise<void> {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (fs.readdirSync(directory).length > 0) throw infraError('DATABASE_DIRECTORY_FOREIGN', { directory });
  const aside = `${directory}.init`;
  fs.rmSync(aside, { recursive: true, force: true });
  fs.mkdirSync(aside, { recursive: true, mode: 0o700 });
  // Made as PGlite makes it, without a thousand synchronisations: what counts is on the disk before it has its name.
  const database = await PGlite.create({ fs: new NodeFS(aside) });
  await database.close();
  syncTree(aside);
  fs.rmdirSync(directory);
  fs.renameSync(aside, directory);
  syncPath(path.dirname(directory));
}

function syncTree(directory: string): void {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const at = path.join(directory, entry.name);
    if (entry.isDirectory()) syncTree(at);
    else if (entry.isFile()) syncPath(at);
  }
  syncPath(directory);
}

function syncPath(at: string): void {
  const descriptor = fs.openSync(at, 'r');
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
}
