import { phoneRoutes } from '@hufu/contracts';
import { fromBase64, toBase64 } from '@hufu/kernel';
import type { PinEntry } from '@hufu/phone-key';
import { parseCertificate } from '@hufu/pki';
import { call } from '../api/client.ts';
import { openPhoneKey } from '../keys/phone-key.ts';

type Rewrapping = {
  /** The former certificate. */
  readonly certificateId: string;
  readonly envelopes: readonly string[];
  readonly pin: PinEntry;
};

/** OD-31: the content keys are opened by both halves here, and encrypted to the certificate of now as well. */
export async function rewrapFiles({ certificateId: id, envelopes, pin }: Rewrapping): Promise<void> {
  const engine = await openPhoneKey();
  const begun = await call(phoneRoutes.rewrap, { params: { id }, body: { envelopes: [...envelopes] } });
  const ciphertexts = await engine.rewrap({
    halfId: begun.halfId,
    pin,
    order: begun.order,
    ciphertexts: begun.ciphertexts.map(fromBase64),
    recipient: parseCertificate(fromBase64(begun.recipient)).spki.publicKey,
  });
  await call(phoneRoutes.rewrapped, {
    params: { id: begun.id },
    body: { ciphertexts: ciphertexts.map(toBase64) },
  });
}
