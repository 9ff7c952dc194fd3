import { createECDH, createPublicKey, createVerify } from 'node:crypto';
import type { RandomBytes } from '@hufu/kernel';
import { encodeSm2Spki } from '../keys/spki.ts';
import { toBigInt } from '../sm2/curve.ts';
import { encodeSm2Signature } from '../sm2/signature.ts';
import { portableTwoPartyGroup, type TwoPartyGroup } from '../two-party/group.ts';

/**
 * The vault's arithmetic on Node's own OpenSSL. From Node 24 on its ECDH refuses this curve: that one operation then
 * falls back to the portable arithmetic.
 */
export function nativeTwoPartyGroup(random: RandomBytes): TwoPartyGroup {
  const portable = portableTwoPartyGroup(random);
  return {
    ephemeral() {
      const pair = createECDH('SM2');
      const point = new Uint8Array(pair.generateKeys());
      return { scalar: toBigInt(pair.getPrivateKey()), point };
    },
    multiplyByFresh: ecdhWorks() ? multiplyByFresh : portable.multiplyByFresh,
    verifyRaw(point, message, signature) {
      const key = createPublicKey({ key: Buffer.from(encodeSm2Spki(point)), format: 'der', type: 'spki' });
      return createVerify('sm3').update(message).verify(key, encodeSm2Signature(signature));
    },
  };
}

function multiplyByFresh(point: Uint8Array): { scalar: bigint; x: bigint } {
  const pair = createECDH('SM2');
  pair.generateKeys();
  return { scalar: toBigInt(pair.getPrivateKey()), x: toBigInt(pair.computeSecret(point)) };
}

function ecdhWorks(): boolean {
  try {
    const other = createECDH('SM2');
    multiplyByFresh(new Uint8Array(other.generateKeys()));
    return true;
  } catch {
    return false;
  }
}
