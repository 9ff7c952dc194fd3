import { type DeviceHalf, refreshContribution, refreshDevice, sm4Gcm, toBytes32 } from '@hufu/gm';
import { concatBytes, drawRandom, equalBytes, fromBase64, toBase64, utf8 } from '@hufu/kernel';
import { askVault, handedContext } from './ask-vault.ts';
import { freshSetting } from './enrol.ts';
import { phoneKeyError } from './errors.ts';
import type { EnrolledHalf, Opening, Parcel, PinEntry, PinSetting, ReceiverKeys } from './phone-key.ts';
import { derive, pinGroupOf, pinKeyOf, stretched } from './pin.ts';
import type { PhoneKeyDeps } from './ports.ts';
import { sealHalf } from './seal-half.ts';
import { useHalf } from './use-half.ts';

/** Beside a factor that one side chose alone. */
const ONE = toBytes32(1n);

/**
 * d1 · a for the other device, sealed to its agreement key; the vault makes d2 · a^-1 of its own. The vault learns a,
 * which says nothing of d1; the receiver learns nothing of the sender's half, which stays as it is.
 */
export async function offer(
  deps: PhoneKeyDeps,
  opening: Opening & { readonly receiver: ReceiverKeys },
): Promise<Parcel> {
  const factor = refreshContribution(deps.random);
  const receiver = toBase64(opening.receiver.signingKey);
  const prepare = () => ({ op: 'split' as const, factor: toBase64(factor), receiver });
  return useHalf<'split', Parcel>(deps, { ...opening, prepare }, async ({ record, half, answer }) => {
    const given = refreshDevice(half, { device: factor, vault: ONE });
    const agreed = await deps.device.agreeFresh(opening.receiver.agreementKey);
    const iv = drawRandom(deps.random, 12);
    const key = parcelKey(agreed.secret, agreed.publicKey, opening.receiver);
    const plain = concatBytes(given.secret, given.publicKey, given.vaultPoint);
    const sealed = sm4Gcm(key, iv, utf8(answer.newHalfId)).encrypt(plain);
    plain.fill(0);
    given.secret.fill(0);
    return { halfId: answer.newHalfId, usage: record.usage, senderKey: agreed.publicKey, iv, sealed };
  });
}

/** Takes a parcel over under a PIN of this device's own. @throws PHONE_PARCEL_INVALID, PHONE_PIN_POLICY */
export async function accept(
  deps: PhoneKeyDeps,
  options: { readonly parcel: Parcel; readonly pin: PinEntry; readonly setting?: PinSetting },
): Promise<EnrolledHalf> {
  const { parcel } = options;
  const { salt, cost } = options.setting ?? freshSetting(deps);
  const stretchedPin = await stretched(options.pin, { salt, cost }, deps.stretch);
  const half = await unpack(deps, parcel);
  const context = handedContext(parcel.halfId);
  const pinKey = toBase64(pinKeyOf(stretchedPin, context));
  const answer = await askVault(deps, {
    op: 'accept',
    halfId: parcel.halfId,
    pinKey,
    pinGroup: toBase64(pinGroupOf({ salt })),
  });
  if (!equalBytes(fromBase64(answer.publicKey), half.publicKey)) {
    throw phoneKeyError('PHONE_VAULT_ANSWER', { reason: 'public-key' });
  }
  const { epoch } = answer;
  const wrap = { stretched: stretchedPin, share: fromBase64(answer.share), context, epoch };
  await deps.store.put({
    halfId: parcel.halfId,
    usage: parcel.usage,
    publicKey: half.publicKey,
    salt,
    cost,
    context,
    ratchet: fromBase64(answer.ratchet),
    epochs: [sealHalf(half, wrap, deps.random)],
    aborts: 0,
  });
  half.secret.fill(0);
  await askVault(deps, { op: 'confirm', halfId: parcel.halfId, epoch });
  return { halfId: parcel.halfId, publicKey: half.publicKey };
}

/** Opens a parcel and proves that its half belongs to its public key. */
async function unpack({ device }: PhoneKeyDeps, parcel: Parcel): Promise<DeviceHalf> {
  try {
    const secret = await device.agree(parcel.senderKey);
    const key = parcelKey(secret, parcel.senderKey, device);
    const plain = sm4Gcm(key, parcel.iv, utf8(parcel.halfId)).decrypt(parcel.sealed);
    if (plain.length !== 162) throw phoneKeyError('PHONE_PARCEL_INVALID', { reason: 'length' });
    const half = {
      secret: plain.slice(0, 32),
      publicKey: plain.slice(32, 97),
      vaultPoint: plain.slice(97),
    };
    return refreshDevice(half, { device: ONE, vault: ONE });
  } catch (cause) {
    throw phoneKeyError('PHONE_PARCEL_INVALID', {}, cause);
  }
}

const parcelKey = (secret: Uint8Array, senderKey: Uint8Array, receiver: ReceiverKeys): Uint8Array => {
  const parties = concatBytes(senderKey, receiver.agreementKey, receiver.signingKey);
  return derive(secret, parties, 'HUFU-PHONE-PARCEL-V1').subarray(0, 16);
};
