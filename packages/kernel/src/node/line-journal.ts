import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './durable-file.ts';

export type LineJournal = {
  /**
   * Resolves once the line is on the disk; lines that wait together are synced together. After a failure the end of
   * the file is not known: nothing more is accepted.
   */
  append(line: string): Promise<void>;
  close(): Promise<void>;
};

type Waiting = { readonly line: string; resolve(): void; reject(error: unknown): void };

const NEWLINE = 0x0a;

/** Whole lines only: what stands behind the last line break was never acknowledged, and is cut off. */
async function readLines(handle: FileHandle): Promise<string[]> {
  const bytes = await handle.readFile();
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end < bytes.length) await handle.truncate(end);
  return bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
}

/** A file of lines that only grows. @returns it, with the lines that it holds already */
export async function openLineJournal(path: string): Promise<{ journal: LineJournal; lines: string[] }> {
  const handle = await open(path, 'a+', 0o600);
  const lines = await readLines(handle).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  await syncFolder(dirname(path));
  const waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let broken: { readonly error: unknown } | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      try {
        if (broken !== undefined) throw broken.error;
        await handle.appendFile(batch.map(({ line }) => `${line}\n`).join(''));
        await handle.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        broken ??= { error };
        for (const { reject } of batch) reject(error);
      }
    }
    writing = undefined;
  }

  return {
    lines,
    journal: {
      append: (line) =>
        new Promise((resolve, reject) => {
          waiting.push({ line, resolve, reject });
          writing ??= writeAll();
        }),
      async close() {
        await writing;
        await handle.close();
      },
    },
  };
}
