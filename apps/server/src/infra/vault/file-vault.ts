import { hkdfSync } from 'node:crypto';
import { type Clock, fromBase64, type RandomBytes, toBase64 } from '@hufu/kernel';
import { SCRYPT_N } from '@hufu/kernel/node';
import { createKeyRing } from '@hufu/pki/node';
import type { KeyVault } from './key-vault.ts';
import { vaultFile } from './vault-file.ts';

export type FileVaultOptions = {
  readonly file: string;
  readonly passphrase: string;
  /** What a guess at the passphrase costs (scrypt, RFC 7914): 65 536 unless it is a test's, which nobody guesses at. */
  readonly scryptN?: number;
  readonly clock: Clock;
  readonly random: RandomBytes;
};

/** The vault in an encrypted file. Opened once, by one process; a new file is made with a fresh root secret. */
export function openFileVault(options: FileVaultOptions): KeyVault {
  const { file, passphrase, scryptN = SCRYPT_N, clock, random } = options;
  const store = vaultFile({ file, passphrase, scryptN, random });
  let contents = store.read();
  if (!contents) {
    contents = { root: toBase64(random(32)), keys: [] };
    store.write(contents);
  }
  const { root, keys } = contents;
  const listeners = new Set<() => void>();
  const ring = createKeyRing({
    keys,
    keep: (next) => store.write({ root, keys: [...next] }),
    changed: () => {
      for (const listener of listeners) listener();
    },
    clock,
    random,
  });

  return {
    ...ring,
    list: (purpose) => ring.all().filter((key) => key.purpose === purpose),
    secret: (name) =>
      new Uint8Array(hkdfSync('sha256', fromBase64(root), new Uint8Array(), `hufu ${name}`, 32)),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
