import fs from 'node:fs';
import path from 'node:path';
import { fromUtf8, type RandomBytes, utf8 } from '@hufu/kernel';
import { passphraseBoxes } from '@hufu/kernel/node';
import { KEY_RING_ALGORITHMS, KEY_RING_STATES } from '@hufu/pki/node';
import { z } from 'zod';
import { infraError } from '../errors.ts';

const Contents = z.object({
  root: z.string(),
  keys: z.array(
    z.object({
      id: z.string(),
      purpose: z.string(),
      algorithm: z.enum(KEY_RING_ALGORITHMS),
      state: z.enum(KEY_RING_STATES),
      createdAt: z.number(),
      changedAt: z.number(),
      /** PKCS#8, DER, base64. */
      privateKey: z.string(),
    }),
  ),
});
type VaultContents = z.infer<typeof Contents>;

type VaultFile = {
  /** @throws VAULT_PASSPHRASE */
  read(): VaultContents | undefined;
  /** On disk when it returns: a key that has signed must not be lost. */
  write(contents: VaultContents): void;
};

export type VaultFileOptions = {
  readonly file: string;
  readonly passphrase: string;
  /** What a guess at the passphrase costs: a power of two. A file of another cost is rewritten with this one. */
  readonly scryptN: number;
  readonly random: RandomBytes;
};

/** The keys as JSON in a box under the passphrase. */
export function vaultFile({ file, ...options }: VaultFileOptions): VaultFile {
  const boxes = passphraseBoxes({ format: 'hufu-vault-1', ...options });
  return {
    read() {
      if (!fs.existsSync(file)) return undefined;
      try {
        return Contents.parse(JSON.parse(fromUtf8(boxes.open(fs.readFileSync(file, 'utf8')))));
      } catch (error) {
        throw infraError('VAULT_PASSPHRASE', {}, error);
      }
    },
    write: (contents) => writeDurably(file, JSON.stringify(boxes.seal(utf8(JSON.stringify(contents))))),
  };
}

function writeDurably(file: string, text: string): void {
  const directory = path.dirname(file);
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const aside = `${file}.new`;
  const descriptor = fs.openSync(aside, 'w', 0o600);
  try {
    fs.writeSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
  fs.renameSync(aside, file);
  const parent = fs.openSync(directory, 'r');
  try {
    fs.fsyncSync(parent);
  } finally {
    fs.closeSync(parent);
  }
}
