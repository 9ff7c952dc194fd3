import { generateKeyPairSync } from 'node:crypto';
import { vi } from 'vitest';

// Finding the primes of an RSA key takes seconds when the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

export type KeyChoice = 'sm2' | 'p256' | 'rsa';

/** A new private key as PKCS #8 DER. */
export function newPrivateKey(choice: KeyChoice, rsaBits = 2048): Uint8Array {
  const { privateKey } =
    choice === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: rsaBits })
      : generateKeyPairSync('ec', { namedCurve: choice === 'sm2' ? 'SM2' : 'prime256v1' });
  return new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
}
