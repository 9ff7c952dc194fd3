import type { DeviceKey } from '@hufu/phone-key';
import { appError } from '../errors.ts';
import { keyDatabase } from './key-database.ts';
import { plainBytes } from './plain-bytes.ts';

const SIGN = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const AGREE = { name: 'ECDH', namedCurve: 'P-256' } as const;

let loaded: Promise<DeviceKey> | undefined;

/**
 * The device's own P-256 pairs, made at first use; the private keys cannot be exported.
 *
 * @throws APP_STORAGE, APP_CRYPTO
 */
export function deviceKey(): Promise<DeviceKey> {
  loaded ??= load().catch((cause: unknown) => {
    loaded = undefined;
    throw cause;
  });
  return loaded;
}

async function load(): Promise<DeviceKey> {
  if (crypto.subtle === undefined) throw appError('APP_CRYPTO');
  const signing = await pair('sign', () => crypto.subtle.generateKey(SIGN, false, ['sign', 'verify']));
  const agreement = await pair('agree', () => crypto.subtle.generateKey(AGREE, false, ['deriveBits']));
  return {
    signingKey: await point(signing.publicKey),
    agreementKey: await point(agreement.publicKey),
    async sign(message) {
      const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
      return new Uint8Array(await crypto.subtle.sign(algorithm, signing.privateKey, plainBytes(message)));
    },
    agree: (publicKey) => agreeWith(agreement.privateKey, publicKey),
    async agreeFresh(publicKey) {
      const fresh = await crypto.subtle.generateKey(AGREE, false, ['deriveBits']);
      return {
        publicKey: await point(fresh.publicKey),
        secret: await agreeWith(fresh.privateKey, publicKey),
      };
    },
  };
}

async function pair(name: 'sign' | 'agree', make: () => Promise<CryptoKeyPair>): Promise<CryptoKeyPair> {
  const database = await keyDatabase();
  const kept = await database.get('keys', name);
  if (isPair(kept)) return kept;
  const fresh = await make();
  const work = database.transaction('keys', 'readwrite');
  // Two pages at once: the first one's pair stays.
  const other = await work.store.get(name);
  if (other === undefined) await work.store.put(fresh, name);
  await work.done;
  return isPair(other) ? other : fresh;
}

const isPair = (value: CryptoKey | CryptoKeyPair | undefined): value is CryptoKeyPair =>
  value !== undefined && 'privateKey' in value;

async function point(key: CryptoKey): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', key));
}

async function agreeWith(privateKey: CryptoKey, publicKey: Uint8Array): Promise<Uint8Array> {
  const other = await crypto.subtle.importKey('raw', plainBytes(publicKey), AGREE, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, privateKey, 256));
}
