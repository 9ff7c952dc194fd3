import { type DeviceHalf, sm4Gcm } from '@hufu/gm';
import { concatBytes, drawRandom, type RandomBytes } from '@hufu/kernel';
import { phoneKeyError } from './errors.ts';
import { derive } from './pin.ts';
import type { HalfRecord, SealedHalf } from './ports.ts';

export type Wrap = {
  readonly stretched: Uint8Array;
  /** The vault's part, of this epoch. */
  readonly share: Uint8Array;
  readonly context: Uint8Array;
  readonly epoch: number;
};

export function sealHalf(half: DeviceHalf, wrap: Wrap, random: RandomBytes): SealedHalf {
  const iv = drawRandom(random, 12);
  const sealed = sm4Gcm(wrapKey(wrap), iv, bindingOf(wrap)).encrypt(half.secret);
  return { epoch: wrap.epoch, iv, sealed, vaultPoint: half.vaultPoint };
}

/** @throws PHONE_KEY_DAMAGED when this device has no such epoch, or its bytes are not what was stored */
export function openHalf(record: HalfRecord, wrap: Wrap): DeviceHalf {
  const found = record.epochs.find(({ epoch }) => epoch === wrap.epoch);
  if (found === undefined) throw phoneKeyError('PHONE_KEY_DAMAGED', { reason: 'epoch' });
  try {
    const secret = sm4Gcm(wrapKey(wrap), found.iv, bindingOf(wrap)).decrypt(found.sealed);
    return { secret, publicKey: record.publicKey, vaultPoint: found.vaultPoint };
  } catch (cause) {
    throw phoneKeyError('PHONE_KEY_DAMAGED', { reason: 'wrap' }, cause);
  }
}

const wrapKey = ({ stretched, share, context }: Wrap): Uint8Array =>
  derive(concatBytes(stretched, share), context, 'HUFU-PHONE-HALF-V1').subarray(0, 16);

function bindingOf({ context, epoch }: Wrap): Uint8Array {
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, epoch);
  return concatBytes(context, number);
}
