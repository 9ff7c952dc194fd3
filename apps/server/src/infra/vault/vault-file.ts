import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { RandomBytes } from '@hufu/kernel';
import { fromBase64, toBase64, utf8 } from '@hufu/kernel';
import { KEY_RING_ALGORITHMS, KEY_RING_STATES } from '@hufu/pki/node';
import { z } from 'zod';
import { infraError } from '../errors.ts';

/** RFC 7914; about 100 ms and 64 MB, once at start. */
export const SCRYPT_N = 65_536;
const SCRYPT_MEMORY = 128 * 1024 * 1024;

const Envelope = z.object({
  format: z.literal('hufu-vault-1'),
  kdf: z.object({
    name: z.literal('scrypt'),
    N: z
      .number()
      .int()
      .max(1 << 20),
    r: z.number(),
    p: z.number(),
    salt: z.string(),
  }),
  cipher: z.object({ name: z.literal('aes-256-gcm'), nonce: z.string(), tag: z.string() }),
  data: z.string(),
});

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
export type VaultContents = z.infer<typeof Contents>;

export type VaultFile = {
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

/** A JSON envelope around AES-256-GCM; the key comes from a passphrase by scrypt. @throws VAULT_PASSPHRASE on read */
export function vaultFile({ file, passphrase, scryptN, random }: VaultFileOptions): VaultFile {
  const own = { N: scryptN, r: 8, p: 1 };
  const deriveKey = (salt: Uint8Array, cost: { N: number; r: number; p: number }) =>
    scryptSync(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem: SCRYPT_MEMORY });
  let sealing: { readonly salt: Uint8Array; readonly key: Buffer } | undefined;
  return {
    read() {
      if (!fs.existsSync(file)) return undefined;
      try {
        const envelope = Envelope.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
        const salt = fromBase64(envelope.kdf.salt);
        const key = deriveKey(salt, envelope.kdf);
        const opener = createDecipheriv('aes-256-gcm', key, fromBase64(envelope.cipher.nonce), {
          authTagLength: 16,
        });
        opener.setAAD(utf8(envelope.format));
        opener.setAuthTag(fromBase64(envelope.cipher.tag));
        const plain = Buffer.concat([opener.update(fromBase64(envelope.data)), opener.final()]);
        const contents = Contents.parse(JSON.parse(plain.toString('utf8')));
        if (envelope.kdf.N === own.N) sealing = { salt, key };
        return contents;
      } catch (error) {
        throw infraError('VAULT_PASSPHRASE', {}, error);
      }
    },
    write(contents) {
      if (!sealing) {
        const salt = random(16);
        sealing = { salt, key: deriveKey(salt, own) };
      }
      const nonce = random(12);
      const sealer = createCipheriv('aes-256-gcm', sealing.key, nonce, { authTagLength: 16 });
      sealer.setAAD(utf8('hufu-vault-1'));
      const data = Buffer.concat([sealer.update(JSON.stringify(contents), 'utf8'), sealer.final()]);
      const envelope: z.infer<typeof Envelope> = {
        format: 'hufu-vault-1',
        kdf: { name: 'scrypt', ...own, salt: toBase64(sealing.salt) },
        cipher: {
          name: 'aes-256-gcm',
          nonce: toBase64(nonce),
          tag: toBase64(new Uint8Array(sealer.getAuthTag())),
        },
        data: toBase64(new Uint8Array(data)),
      };
      writeDurably(file, JSON.stringify(envelope));
    },
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
