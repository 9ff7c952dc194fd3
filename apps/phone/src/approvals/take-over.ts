import { type PhoneOffer, phoneRoutes } from '@hufu/contracts';
import { call } from '../api/client.ts';
import { openParcel } from '../certificates/parcel.ts';
import { halfStore } from '../keys/half-store.ts';
import { keepStorage } from '../keys/key-database.ts';
import { openPhoneKey } from '../keys/phone-key.ts';

/** Every half of the offer lies on this device already: only the answer got lost. */
export async function isTakenOver({ parcels }: PhoneOffer): Promise<boolean> {
  const held = await Promise.all(parcels.map(({ halfId }) => halfStore.get(halfId)));
  return held.length > 0 && held.every((record) => record !== undefined);
}

/** Opens the parcels under one PIN of this device; all of them, or none. */
export async function takeOver(offer: PhoneOffer, pin: string): Promise<void> {
  const engine = await openPhoneKey();
  void keepStorage();
  const setting = engine.newSetting();
  const entry = await engine.stretchPin(pin, setting);
  const taken: string[] = [];
  try {
    for (const parcel of offer.parcels) {
      const { halfId } = await engine.accept({ parcel: openParcel(parcel), pin: entry, setting });
      taken.push(halfId);
    }
  } catch (error) {
    // One half without the other would be of no use, and would look as if it were.
    for (const halfId of taken) await engine.forget(halfId).catch(() => undefined);
    throw error;
  }
  await confirmTakeOver(offer);
}

/** Tells the sender that the halves are here. */
export async function confirmTakeOver({ id }: PhoneOffer): Promise<void> {
  await call(phoneRoutes.answerOffer, { params: { id }, body: { accept: true } });
}
