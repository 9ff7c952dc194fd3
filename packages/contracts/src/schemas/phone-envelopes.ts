import { z } from 'zod';
import { Base64, CertificateDer, Id } from './common.ts';
import { RaEnvelope } from './ra.ts';

/** Sealed files that only a former certificate opens (OD-31). */
export const PhoneEnvelopes = z
  .object({
    envelopes: z.array(RaEnvelope),
    /** The certificate in force that has taken the former one's place, to which they can be re-wrapped. */
    to: Id.nullable(),
  })
  .meta({ id: 'PhoneEnvelopes' });
export type PhoneEnvelopes = z.infer<typeof PhoneEnvelopes>;

export const PhoneRewrapForm = z.object({ envelopes: z.array(z.string().min(1).max(100)).min(1).max(200) });

/** What the device opens and encrypts again, under one PIN: `rewrap` of the phone-key package. */
export const PhoneRewrap = z
  .object({
    id: Id,
    /** `order` of the request to the vault. */
    order: z.string(),
    halfId: z.string(),
    /** SM2Cipher, DER, in the order of the form. */
    ciphertexts: z.array(z.base64()),
    /** To whose key they go. */
    recipient: CertificateDer,
  })
  .meta({ id: 'PhoneRewrap' });
export type PhoneRewrap = z.infer<typeof PhoneRewrap>;

/** SM2Cipher, DER, in the order of the ciphertexts. */
export const PhoneRewrapped = z.object({ ciphertexts: z.array(Base64(2048).min(1)).min(1).max(200) });
