import type { PhoneParcel } from '@hufu/contracts';
import { fromBase64, toBase64 } from '@hufu/kernel';
import type { Parcel } from '@hufu/phone-key';

/** As it travels. */
export const wireParcel = ({ senderKey, iv, sealed, ...rest }: Parcel): PhoneParcel => ({
  ...rest,
  senderKey: toBase64(senderKey),
  iv: toBase64(iv),
  sealed: toBase64(sealed),
});

/** As the engine takes it. */
export const openParcel = ({ senderKey, iv, sealed, ...rest }: PhoneParcel): Parcel => ({
  ...rest,
  senderKey: fromBase64(senderKey),
  iv: fromBase64(iv),
  sealed: fromBase64(sealed),
});
