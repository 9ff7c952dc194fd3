import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { concatBytes, fromHex } from '@hufu/kernel';
import { ledgerError } from '../errors.ts';

/** RFC 8410: everything before the 32 bytes of the key. */
const SPKI_PREFIX = fromHex('302a300506032b6570032100');
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');

export function importSeed(seed: Uint8Array): KeyObject {
  if (seed.length !== 32) throw ledgerError('LEDGER_KEY');
  const der = Buffer.from(concatBytes(PKCS8_PREFIX, seed));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return key;
}

export function importPublic(publicKey: Uint8Array): KeyObject {
  const der = Buffer.from(concatBytes(SPKI_PREFIX, publicKey));
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

export function rawPublic(key: KeyObject): Uint8Array {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return new Uint8Array(der.subarray(SPKI_PREFIX.length));
}
