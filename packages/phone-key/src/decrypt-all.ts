import { DeviceDecryption, nobleSm2, sm3 } from '@hufu/gm';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { phoneKeyError } from './errors.ts';
import type { Opening } from './phone-key.ts';
import type { PhoneKeyDeps } from './ports.ts';
import { useHalf } from './use-half.ts';

export type DecryptUse = Opening & { readonly order: string; readonly ciphertexts: readonly Uint8Array[] };

/** Plaintexts in the order of the ciphertexts. @throws PHONE_CIPHERTEXT {index} */
export async function decryptAll(deps: PhoneKeyDeps, use: DecryptUse): Promise<Uint8Array[]> {
  // A ciphertext that is none is refused before the PIN is used.
  const openings = use.ciphertexts.map((ciphertext) => new DeviceDecryption(ciphertext, deps.random));
  const items = openings.map(({ request }, index) => ({
    ciphertextSm3: toBase64(sm3(use.ciphertexts[index] ?? new Uint8Array())),
    point: toBase64(request),
  }));
  const prepare = () => ({ op: 'decrypt' as const, order: use.order, items });
  return useHalf<'decrypt', Uint8Array[]>(deps, { ...use, prepare }, ({ answer, half }) =>
    openings.map((decryption, index) => {
      const item = answer.items[index];
      if (item === undefined) throw phoneKeyError('PHONE_VAULT_ANSWER', { reason: 'items' });
      try {
        return decryption.finish(fromBase64(item.point), half.secret);
      } catch (cause) {
        // Either the file is none of this key's or the vault lied, and nothing tells which. It is not counted as a
        // broken run: whoever makes files could have the key locked, and the vault learns nothing of d1 from it.
        throw phoneKeyError('PHONE_CIPHERTEXT', { index }, cause);
      }
    }),
  );
}

/** The same plaintexts for another key: what was encrypted to a certificate that is to end (OD-31). */
export async function rewrapAll(
  deps: PhoneKeyDeps,
  use: DecryptUse & { readonly recipient: Uint8Array },
): Promise<Uint8Array[]> {
  const engine = nobleSm2(deps.random);
  const plaintexts = await decryptAll(deps, use);
  return plaintexts.map((plaintext) => {
    const ciphertext = engine.encrypt(use.recipient, plaintext);
    plaintext.fill(0);
    return ciphertext;
  });
}
