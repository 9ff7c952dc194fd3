import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, fromUtf8, utf8 } from '@hufu/kernel';
import { describeSoftToken, type SoftTokenInfo } from '@hufu/soft-token';
import { z } from 'zod';
import { isFsError, readIfPresent, writeDurably } from '../../storage/durable-file.ts';
import { withFileLock } from '../../storage/file-lock.ts';

const SUFFIX = '.hufutoken';
const PULLED_FILE = 'pulled.json';

const pulledSchema = z.array(z.string());

export type StoredToken = {
  readonly info: SoftTokenInfo;
  /** A software token is always on the disk; whether it counts as plugged in is the user's choice. */
  readonly inserted: boolean;
};

/** Software tokens as files in one folder, and which of them are plugged in. */
export type TokenFolder = {
  readonly path: string;
  list(): Promise<readonly StoredToken[]>;
  /** Files that carry the suffix but cannot be read, by name. */
  damaged(): Promise<readonly string[]>;
  /** Undefined when there is no such token. */
  read(tokenId: string): Promise<Uint8Array | undefined>;
  /** Stores a token under its own identifier, durably. */
  write(bytes: Uint8Array): Promise<SoftTokenInfo>;
  /** Runs work while nobody else changes this token. */
  exclusively<T>(tokenId: string, work: () => Promise<T>): Promise<T>;
  setInserted(tokenId: string, inserted: boolean): Promise<void>;
};

export async function openTokenFolder(path: string): Promise<TokenFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const fileOf = (tokenId: string): string => join(path, `${tokenId}${SUFFIX}`);
  const pulledFile = join(path, PULLED_FILE);

  async function readPulled(): Promise<readonly string[]> {
    const bytes = await readIfPresent(pulledFile);
    return bytes === undefined ? [] : pulledSchema.parse(JSON.parse(fromUtf8(bytes)));
  }

  /** A folder that the user removed while the assistant runs holds no tokens. */
  async function tokenFiles(): Promise<readonly string[]> {
    try {
      return (await readdir(path)).filter((name) => name.endsWith(SUFFIX)).sort();
    } catch (error) {
      if (isFsError(error, 'ENOENT')) return [];
      throw error;
    }
  }

  async function scan(): Promise<{ tokens: SoftTokenInfo[]; damaged: string[] }> {
    const tokens: SoftTokenInfo[] = [];
    const damaged: string[] = [];
    for (const name of await tokenFiles()) {
      const bytes = await readIfPresent(join(path, name));
      if (bytes === undefined) continue;
      try {
        tokens.push(describeSoftToken(bytes));
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        damaged.push(name);
      }
    }
    return { tokens, damaged };
  }

  return {
    path,
    async list() {
      const pulled = new Set(await readPulled());
      return (await scan()).tokens.map((info) => ({ info, inserted: !pulled.has(info.tokenId) }));
    },
    damaged: async () => (await scan()).damaged,
    read: (tokenId) => readIfPresent(fileOf(tokenId)),
    async write(bytes) {
      const info = describeSoftToken(bytes);
      await writeDurably(fileOf(info.tokenId), bytes);
      return info;
    },
    exclusively: (tokenId, work) => withFileLock(fileOf(tokenId), work),
    setInserted: (tokenId, inserted) =>
      withFileLock(pulledFile, async () => {
        const others = (await readPulled()).filter((id) => id !== tokenId);
        const next = inserted ? others : [...others, tokenId];
        await writeDurably(pulledFile, utf8(`${JSON.stringify(next)}\n`));
      }),
  };
}
