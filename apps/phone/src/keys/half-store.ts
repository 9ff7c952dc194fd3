import { fromBase64, fromUtf8, toBase64, utf8 } from '@hufu/kernel';
import type { HalfRecord, HalfStore } from '@hufu/phone-key';
import { appError } from '../errors.ts';
import { keyDatabase } from './key-database.ts';
import { plainBytes } from './plain-bytes.ts';

/** What lies in the database: ciphertext under the browser's own key, which scripts can use and not read. */
export type StoredHalf = { readonly halfId: string; readonly iv: Uint8Array; readonly sealed: ArrayBuffer };

const BYTES = 'base64:';

/** The record's bytes as text; nothing else in it is a string that begins so. */
const encode = (record: HalfRecord): string =>
  JSON.stringify(record, (_name, value: unknown) =>
    value instanceof Uint8Array ? BYTES + toBase64(value) : value,
  );

const decode = (text: string): HalfRecord =>
  JSON.parse(text, (_name, value: unknown) =>
    typeof value === 'string' && value.startsWith(BYTES) ? fromBase64(value.slice(BYTES.length)) : value,
  ) as HalfRecord;

/**
 * The halves of this device. The non-extractable key beside them keeps scripts and backups of the database's files
 * from reading them in passing; a copy of the whole profile holds both, and is still worth nothing without the PIN
 * and the vault's share.
 */
export const halfStore: HalfStore = {
  async get(halfId) {
    const database = await keyDatabase();
    const [stored, key] = await Promise.all([database.get('halves', halfId), database.get('keys', 'wrap')]);
    if (stored === undefined || !(key instanceof CryptoKey)) return undefined;
    const algorithm = {
      name: 'AES-GCM',
      iv: plainBytes(stored.iv),
      additionalData: plainBytes(utf8(halfId)),
    };
    const plain = await crypto.subtle.decrypt(algorithm, key, stored.sealed);
    return decode(fromUtf8(new Uint8Array(plain)));
  },
  async put(record) {
    const key = await wrapKey();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const algorithm = { name: 'AES-GCM', iv, additionalData: plainBytes(utf8(record.halfId)) };
    const sealed = await crypto.subtle.encrypt(algorithm, key, plainBytes(utf8(encode(record))));
    const database = await keyDatabase();
    try {
      const work = database.transaction('halves', 'readwrite', { durability: 'strict' });
      await work.store.put({ halfId: record.halfId, iv, sealed });
      await work.done;
    } catch (cause) {
      throw appError('APP_STORAGE', {}, cause);
    }
  },
  async remove(halfId) {
    const database = await keyDatabase();
    await database.delete('halves', halfId);
  },
  exclusive: (halfId, work) =>
    'locks' in navigator ? navigator.locks.request(`hufu.half.${halfId}`, work) : work(),
};

async function wrapKey(): Promise<CryptoKey> {
  const database = await keyDatabase();
  const kept = await database.get('keys', 'wrap');
  if (kept instanceof CryptoKey) return kept;
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  // Two pages at once: the first one's key stays.
  const work = database.transaction('keys', 'readwrite');
  const other = await work.store.get('wrap');
  if (other === undefined) await work.store.put(fresh, 'wrap');
  await work.done;
  return other instanceof CryptoKey ? other : fresh;
}
