import { randomBytes } from 'node:crypto';
import { encodeSm2Spki, nobleSm2, sm2PublicKey } from '@hufu/gm';
import type { Sm2Signer } from '../../src/index.ts';

export function newSm2Signer(privateKey: Uint8Array): Sm2Signer {
  const engine = nobleSm2(randomBytes);
  return {
    publicKey: encodeSm2Spki(sm2PublicKey(privateKey)),
    sign: async (message) => engine.sign(privateKey, message),
  };
}
