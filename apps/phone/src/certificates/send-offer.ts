import {
  type PhoneCertificateDetail,
  type PhoneOffer,
  type PhoneParcel,
  type PhoneReceiver,
  phoneRoutes,
} from '@hufu/contracts';
import { fromBase64 } from '@hufu/kernel';
import type { PinEntry } from '@hufu/phone-key';
import { call } from '../api/client.ts';
import { openPhoneKey } from '../keys/phone-key.ts';
import { liveHalves } from './certificate-queries.ts';
import { wireParcel } from './parcel.ts';

type Offering = {
  readonly certificate: PhoneCertificateDetail;
  readonly receiver: PhoneReceiver;
  readonly pin: PinEntry;
};

/** Splits each half for the receiver's device and sends the parcels: the server carries them and can open none. */
export async function sendOffer({ certificate, receiver, pin }: Offering): Promise<PhoneOffer> {
  const engine = await openPhoneKey();
  const keys = {
    signingKey: fromBase64(receiver.signingKey),
    agreementKey: fromBase64(receiver.agreementKey),
  };
  const parcels: PhoneParcel[] = [];
  for (const { id: halfId } of liveHalves(certificate)) {
    parcels.push(wireParcel(await engine.offer({ halfId, pin, receiver: keys })));
  }
  return call(phoneRoutes.offer, {
    body: { certificateId: certificate.id, deviceId: receiver.deviceId, parcels },
  });
}
