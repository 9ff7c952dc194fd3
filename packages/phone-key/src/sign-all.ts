import { DeviceSigning, encodeSm2Signature, sm2Digest } from '@hufu/gm';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { phoneKeyError } from './errors.ts';
import type { Opening } from './phone-key.ts';
import type { PhoneKeyDeps } from './ports.ts';
import { itemSession } from './session.ts';
import { abortUse, type Preparation, useHalf } from './use-half.ts';

export type SignUse = Opening & { readonly order: string; readonly messages: readonly Uint8Array[] };

/** Each message under its own session; a signature that does not verify ends the whole use. */
export async function signAll(deps: PhoneKeyDeps, use: SignUse): Promise<Uint8Array[]> {
  let signings: readonly DeviceSigning[] = [];
  const prepare = ({ record, nonce }: Preparation) => {
    signings = use.messages.map((message, index) => {
      const session = itemSession({ ratchet: record.ratchet, nonce, index });
      const order = { session, digest: sm2Digest(record.publicKey, message) };
      return new DeviceSigning(record.publicKey, order, deps.random);
    });
    const items = signings.map(({ request }, index) => ({
      message: toBase64(use.messages[index] ?? new Uint8Array()),
      point: toBase64(request.point),
      proof: toBase64(request.proof),
    }));
    return { op: 'sign' as const, order: use.order, items };
  };
  return useHalf<'sign', Uint8Array[]>(deps, { ...use, prepare }, async (opened) => {
    const { half, answer } = opened;
    try {
      return signings.map((signing, index) => {
        const item = answer.items[index];
        if (item === undefined) throw phoneKeyError('PHONE_VAULT_ANSWER', { reason: 'items' });
        const numbers = { r: fromBase64(item.r), s2: fromBase64(item.s2), s3: fromBase64(item.s3) };
        return encodeSm2Signature(signing.finish(numbers, half.secret));
      });
    } catch (cause) {
      return abortUse(deps, opened, cause);
    }
  });
}
