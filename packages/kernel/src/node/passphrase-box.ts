import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto';
import { fromBase64, toBase64 } from '../bytes/encoding.ts';
import { kernelError } from '../errors.ts';
import { drawRandom, type RandomBytes } from '../random.ts';

/** RFC 7914; about 100 ms and 64 MB for each guess at a passphrase. */
export const SCRYPT_N = 65_536;
const SCRYPT_MEMORY = 2 ** 31;
const MAX_SCRYPT_N = 2 ** 20;

/** A JSON envelope around AES-256-GCM under a key that scrypt makes of a passphrase. Bytes are Base64. */
export type PassphraseBox = {
  readonly format: string;
  readonly kdf: {
    readonly name: 'scrypt';
    readonly N: number;
    readonly r: number;
    readonly p: number;
    readonly salt: string;
  };
  readonly cipher: { readonly name: 'aes-256-gcm'; readonly nonce: string; readonly tag: string };
  readonly data: string;
};

export type PassphraseBoxOptions = {
  /** Bound into what is sealed: a box of one format is none of another. */
  readonly format: string;
  readonly passphrase: string;
  /** What a guess at the passphrase costs: a power of two. */
  readonly scryptN: number;
  readonly random: RandomBytes;
};

/** Seals and opens boxes under one passphrase; the key that it has derived is used again. */
export function passphraseBoxes({ format, passphrase, scryptN, random }: PassphraseBoxOptions) {
  const own = { N: scryptN, r: 8, p: 1 };
  const aad = Buffer.from(format, 'utf8');
  const derive = (salt: Uint8Array, cost: { N: number; r: number; p: number }) =>
    scryptSync(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem: SCRYPT_MEMORY });
  let sealing: { readonly salt: Uint8Array; readonly key: Buffer } | undefined;

  return {
    seal(plain: Uint8Array): PassphraseBox {
      if (!sealing) {
        const salt = drawRandom(random, 16);
        sealing = { salt, key: derive(salt, own) };
      }
      const nonce = drawRandom(random, 12);
      const sealer = createCipheriv('aes-256-gcm', sealing.key, nonce, { authTagLength: 16 });
      sealer.setAAD(aad);
      const data = Buffer.concat([sealer.update(plain), sealer.final()]);
      return {
        format,
        kdf: { name: 'scrypt', ...own, salt: toBase64(sealing.salt) },
        cipher: {
          name: 'aes-256-gcm',
          nonce: toBase64(nonce),
          tag: toBase64(new Uint8Array(sealer.getAuthTag())),
        },
        data: toBase64(new Uint8Array(data)),
      };
    },
    /** @param text JSON of a box @throws BOX_UNREADABLE for a wrong passphrase and a damaged box alike */
    open(text: string): Uint8Array {
      try {
        const box = JSON.parse(text) as PassphraseBox;
        if (box.format !== format || !(box.kdf.N <= MAX_SCRYPT_N)) throw new Error(`not a ${format}`);
        const salt = fromBase64(box.kdf.salt);
        const key = derive(salt, box.kdf);
        const opener = createDecipheriv('aes-256-gcm', key, fromBase64(box.cipher.nonce), {
          authTagLength: 16,
        });
        opener.setAAD(aad);
        opener.setAuthTag(fromBase64(box.cipher.tag));
        const plain = Buffer.concat([opener.update(fromBase64(box.data)), opener.final()]);
        if (box.kdf.N === own.N) sealing = { salt, key };
        return new Uint8Array(plain);
      } catch (cause) {
        throw kernelError('BOX_UNREADABLE', {}, cause);
      }
    },
  };
}
