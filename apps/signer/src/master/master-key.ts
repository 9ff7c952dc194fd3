import { join } from 'node:path';
import { drawRandom, fromUtf8, type RandomBytes, utf8 } from '@hufu/kernel';
import { passphraseBoxes, readIfPresent, writeDurably } from '@hufu/kernel/node';
import { signerError } from '../errors.ts';

/** What keeps the master key: it goes in when the vault is founded, and comes out at every start. */
export type MasterWrap = {
  wrap(masterKey: Uint8Array): Promise<string>;
  /** @throws SIGNER_MASTER_KEY, SIGNER_PKCS11 */
  unwrap(text: string): Promise<Uint8Array>;
};

const FILE = 'master.json';
const LENGTH = 32;

/** The master key of the vault in this folder; makes it in a folder without one. @throws SIGNER_MASTER_KEY, SIGNER_PKCS11 */
export async function openMasterKey(
  folder: string,
  wrap: MasterWrap,
  random: RandomBytes,
): Promise<Uint8Array> {
  const file = await readIfPresent(join(folder, FILE));
  if (file !== undefined) {
    const masterKey = await wrap.unwrap(fromUtf8(file));
    if (masterKey.length !== LENGTH) throw signerError('SIGNER_MASTER_KEY');
    return masterKey;
  }
  const masterKey = drawRandom(random, LENGTH);
  await keepMasterKey(folder, wrap, masterKey);
  return masterKey;
}

/** Wraps the same key anew: another passphrase, or a token instead of one. */
export async function keepMasterKey(folder: string, wrap: MasterWrap, masterKey: Uint8Array): Promise<void> {
  await writeDurably(join(folder, FILE), utf8(await wrap.wrap(masterKey)));
}

export type PassphraseWrapOptions = {
  readonly passphrase: string;
  readonly scryptN: number;
  readonly random: RandomBytes;
};

/** The default: scrypt (RFC 7914) and AES-256-GCM. */
export function passphraseWrap(options: PassphraseWrapOptions): MasterWrap {
  const boxes = passphraseBoxes({ format: 'hufu-signer-master-1', ...options });
  return {
    wrap: async (masterKey) => `${JSON.stringify(boxes.seal(masterKey))}\n`,
    async unwrap(text) {
      try {
        return boxes.open(text);
      } catch (cause) {
        throw signerError('SIGNER_MASTER_KEY', {}, cause);
      }
    },
  };
}
