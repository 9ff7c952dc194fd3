import { encodeSm2Spki } from '@hufu/gm';
import type { PinEntry } from '@hufu/phone-key';
import { buildCertificationRequest, buildName } from '@hufu/pki';
import { openPhoneKey } from './phone-key.ts';

const COMMON_NAME = '2.5.4.3';

type RequestOptions = {
  readonly halfId: string;
  /** 04 ‖ x ‖ y. */
  readonly publicKey: Uint8Array;
  readonly pin: PinEntry;
  readonly orderId: string;
  /** The authority writes the certificate's name by the order; this one only has to be there. */
  readonly commonName: string;
};

/** PKCS #10 (RFC 2986) in DER, signed by both halves of its own key: proof that the device can use it. */
export async function certificateRequest(options: RequestOptions): Promise<Uint8Array> {
  const { halfId, publicKey, pin, orderId, commonName } = options;
  const engine = await openPhoneKey();
  return buildCertificationRequest(
    { subject: buildName([{ oid: COMMON_NAME, text: commonName }]) },
    {
      algorithm: 'sm2-sm3',
      publicKey: encodeSm2Spki(publicKey),
      async sign(message) {
        const [signature] = await engine.signAll({
          halfId,
          pin,
          order: `order:${orderId}`,
          messages: [message],
        });
        if (signature === undefined) throw new Error('One message, one signature');
        return signature;
      },
    },
  );
}
