import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fromHex, toHex } from '@hufu/kernel';
import type { TreeHead } from '@hufu/ledger';
import { z } from 'zod';
import { witnessError } from './errors.ts';

const Head = z.strictObject({
  origin: z.string(),
  size: z.int().min(0),
  root: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The largest tree of each log that this witness has cosigned: all that it has to remember, and must never forget. */
export type WitnessState = {
  /** @throws WITNESS_STATE */
  seen(origin: string): Promise<TreeHead | undefined>;
  /** Durable when it resolves. */
  remember(origin: string, head: TreeHead): Promise<void>;
};

/** One file for each log below the directory. */
export function fileState(directory: string): WitnessState {
  const fileOf = (origin: string) =>
    path.join(directory, `${createHash('sha256').update(origin).digest('hex')}.json`);

  return {
    async seen(origin) {
      const text = await fs.readFile(fileOf(origin), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (text === undefined) return undefined;
      const { size, root } = readHead(text, origin);
      return { size, root: fromHex(root) };
    },
    async remember(origin, { size, root }) {
      await fs.mkdir(directory, { recursive: true, mode: 0o700 });
      const file = fileOf(origin);
      await writeSynced(`${file}.new`, `${JSON.stringify({ origin, size, root: toHex(root) })}\n`);
      await fs.rename(`${file}.new`, file);
      await syncDirectory(directory);
    },
  };
}

function readHead(text: string, origin: string): z.infer<typeof Head> {
  try {
    const head = Head.parse(JSON.parse(text));
    if (head.origin === origin) return head;
  } catch (error) {
    throw witnessError('WITNESS_STATE', {}, error);
  }
  throw witnessError('WITNESS_STATE');
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await fs.open(file, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Without it a power cut may undo the renaming: the witness would forget what it has signed. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await fs.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
