import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { appError } from '../errors.ts';
import type { Biometric } from './biometric.ts';
import type { StoredHalf } from './half-store.ts';

type KeySchema = DBSchema & {
  halves: { key: string; value: StoredHalf };
  /** `wrap`: AES key of the halves; `sign`, `agree`: the device's own pairs. Non-extractable, all of them. */
  keys: { key: string; value: CryptoKey | CryptoKeyPair };
  /** By the salt of the PIN setting, base64. */
  biometrics: { key: string; value: Biometric };
};

let opened: Promise<IDBPDatabase<KeySchema>> | undefined;

/** @throws APP_STORAGE where the browser keeps nothing */
export function keyDatabase(): Promise<IDBPDatabase<KeySchema>> {
  opened ??= openDB<KeySchema>('hufu-phone-keys', 1, {
    upgrade(database) {
      database.createObjectStore('halves', { keyPath: 'halfId' });
      database.createObjectStore('keys');
      database.createObjectStore('biometrics');
    },
    terminated() {
      opened = undefined;
    },
  }).catch((cause: unknown) => {
    opened = undefined;
    throw appError('APP_STORAGE', {}, cause);
  });
  return opened;
}

/** Asks the browser not to clear the keys when space runs short; it may say no, and halves can be enrolled again. */
export async function keepStorage(): Promise<boolean> {
  return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}
