import { fromUtf8, type RandomBytes } from '@hufu/kernel';
import { passphraseBoxes, SCRYPT_N } from '@hufu/kernel/node';
import { KEY_RING_ALGORITHMS, KEY_RING_STATES } from '@hufu/pki/node';
import { z } from 'zod';
import { signerError } from './errors.ts';
import type { VaultStore } from './store/vault-store.ts';

/** The encrypted file in which a server without a vault process keeps its keys. */
const Contents = z.object({
  root: z.base64(),
  keys: z.array(
    z.object({
      id: z.string(),
      purpose: z.string(),
      algorithm: z.enum(KEY_RING_ALGORITHMS),
      state: z.enum(KEY_RING_STATES),
      createdAt: z.number(),
      changedAt: z.number(),
      privateKey: z.base64(),
    }),
  ),
});

export type KeyFile = {
  /** JSON of the file. */
  readonly text: string;
  readonly passphrase: string;
  readonly random: RandomBytes;
};

/**
 * Takes over the keys and the root secret of a file vault: tokens, log and trust list go on under the same keys, and
 * personal data stay readable. Into a vault without keys alone.
 *
 * @returns how many keys @throws BOX_UNREADABLE, SIGNER_INPUT, SIGNER_NOT_EMPTY
 */
export async function importKeys(store: VaultStore, { text, passphrase, random }: KeyFile): Promise<number> {
  if (store.state.keys.length > 0) throw signerError('SIGNER_NOT_EMPTY');
  const boxes = passphraseBoxes({ format: 'hufu-vault-1', passphrase, scryptN: SCRYPT_N, random });
  const parsed = Contents.safeParse(JSON.parse(fromUtf8(boxes.open(text))));
  if (!parsed.success) throw signerError('SIGNER_INPUT', { wrong: ['contents'] });
  const { root, keys } = parsed.data;
  await store.commit({ type: 'founded', root });
  await store.commit({ type: 'keys', keys });
  return keys.length;
}
