import { DeviceKeyGeneration } from '@hufu/gm';
import { drawRandom, equalBytes, fromBase64, toBase64 } from '@hufu/kernel';
import { askVault, deviceText } from './ask-vault.ts';
import { phoneKeyError } from './errors.ts';
import type { HalfUsage } from './messages.ts';
import type { EnrolledHalf, PinEntry, PinSetting } from './phone-key.ts';
import { pinGroupOf, pinKeyOf, stretched } from './pin.ts';
import type { PhoneKeyDeps } from './ports.ts';
import { sealHalf } from './seal-half.ts';

export const freshSetting = ({ random, stretch }: PhoneKeyDeps): PinSetting => ({
  salt: drawRandom(random, 16),
  cost: stretch.cost,
});

/** Key generation and PIN in one run; nothing counts until the device has stored its half and said so. */
export async function enrol(
  deps: PhoneKeyDeps,
  options: { readonly pin: PinEntry; readonly usage: HalfUsage; readonly setting?: PinSetting },
): Promise<EnrolledHalf> {
  const { salt, cost } = options.setting ?? freshSetting(deps);
  const { device, random } = deps;
  // Before the vault is troubled: a PIN against the policy is refused here.
  const stretchedPin = await stretched(options.pin, { salt, cost }, deps.stretch);
  const session = drawRandom(random, 32);
  const generation = new DeviceKeyGeneration({ session, random });
  const share = await askVault(deps, {
    op: 'enrol-begin',
    session: toBase64(session),
    device: deviceText(device),
    usage: options.usage,
    commitment: toBase64(generation.commitment.digest),
    pinGroup: toBase64(pinGroupOf({ salt })),
  });
  const { opening, half } = generation.finish({
    point: fromBase64(share.point),
    proof: fromBase64(share.proof),
  });
  const answer = await askVault(deps, {
    op: 'enrol-finish',
    session: toBase64(session),
    point: toBase64(opening.point),
    proof: toBase64(opening.proof),
    salt: toBase64(opening.salt),
    pinKey: toBase64(pinKeyOf(stretchedPin, session)),
  });
  if (!equalBytes(fromBase64(answer.publicKey), half.publicKey)) {
    throw phoneKeyError('PHONE_VAULT_ANSWER', { reason: 'public-key' });
  }
  const { halfId, epoch } = answer;
  const wrap = { stretched: stretchedPin, share: fromBase64(answer.share), context: session, epoch };
  await deps.store.put({
    halfId,
    usage: options.usage,
    publicKey: half.publicKey,
    salt,
    cost,
    context: session,
    ratchet: fromBase64(answer.ratchet),
    epochs: [sealHalf(half, wrap, random)],
    aborts: 0,
  });
  half.secret.fill(0);
  await askVault(deps, { op: 'confirm', halfId, epoch });
  return { halfId, publicKey: half.publicKey };
}
