import fs from 'node:fs';
import path from 'node:path';
import { mediaTypeOf, SIGNATURE_LENGTH } from './media-type.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

/** A directory: the default of one machine. Each file is on disk, and its name too, when it counts as kept. */
export function directoryStore(directory: string): ObjectStore {
  const place = (key: string) => path.join(directory, ...key.split('/'));
  const settle = async (file: string) => {
    await syncDirectory(path.dirname(file));
    await syncDirectory(directory);
  };
  const prepare = (file: string) => fs.promises.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });

  return {
    async put(key, { file }) {
      const target = place(key);
      await prepare(target);
      const now = new Date();
      await fs.promises.utimes(file, now, now);
      // By a second name: the file itself stays with the spool, should it have to be put again.
      const aside = `${file}.put`;
      await fs.promises.link(file, aside);
      await fs.promises.rename(aside, target);
      await settle(target);
    },
    async create(key) {
      const target = place(key);
      await prepare(target);
      try {
        await (await fs.promises.open(target, 'wx', 0o600)).close();
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        throw error;
      }
      await settle(target);
      return true;
    },
    async head(key) {
      const stat = await unlessMissing(fs.promises.stat(place(key)));
      return stat && { size: stat.size, modifiedAt: stat.mtimeMs };
    },
    async get(key, span) {
      const handle = await unlessMissing(fs.promises.open(place(key), 'r'));
      if (handle === undefined) return undefined;
      try {
        const { size } = await handle.stat();
        const head = new Uint8Array(SIGNATURE_LENGTH);
        const { bytesRead } = await handle.read(head, 0, head.length, 0);
        const mediaType = mediaTypeOf(head.subarray(0, bytesRead));
        const range = span ? { start: span.first, end: span.last } : { start: 0 };
        return { stream: handle.createReadStream(range), size, mediaType };
      } catch (error) {
        await handle.close();
        throw error;
      }
    },
    async delete(key) {
      await fs.promises.rm(place(key), { force: true });
    },
    async *list(): AsyncIterable<StoredObject> {
      for (const folder of await fs.promises.readdir(directory, { withFileTypes: true })) {
        if (!folder.isDirectory()) continue;
        for (const name of await fs.promises.readdir(path.join(directory, folder.name))) {
          const stat = await unlessMissing(fs.promises.stat(path.join(directory, folder.name, name)));
          if (stat !== undefined) yield { key: `${folder.name}/${name}`, modifiedAt: stat.mtimeMs };
        }
      }
    },
    async ping() {
      await fs.promises.access(directory, fs.constants.W_OK);
    },
  };
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await fs.promises.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
