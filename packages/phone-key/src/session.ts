import { sm3 } from '@hufu/gm';
import { concatBytes, utf8 } from '@hufu/kernel';

const PREFIX = utf8('HUFU-HALF-USE-V1');

export type ItemPlace = {
  /** unlock.ratchet of the request: the vault's part in the session's freshness. 32 bytes. */
  readonly ratchet: Uint8Array;
  /** The request's nonce: the device's part. 32 bytes. */
  readonly nonce: Uint8Array;
  /** Place in the list of items, from 0. */
  readonly index: number;
};

/** Session of one signature inside a request (`SignOrder.session`), computed by both sides. 32 bytes. */
export function itemSession({ ratchet, nonce, index }: ItemPlace): Uint8Array {
  const place = new Uint8Array(4);
  new DataView(place.buffer).setUint32(0, index);
  return sm3(concatBytes(PREFIX, ratchet, nonce, place));
}
