import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { fromBase64Url, fromUtf8, type RandomBytes, toBase64Url, utf8 } from '@hufu/kernel';
import { infraError } from '../errors.ts';
import type { KeyVault } from '../vault/key-vault.ts';

/**
 * Personal data at rest. `seal` binds the text to its column and record, so that a sealed value cannot be moved
 * to another row; `index` lets equal values be found without being read.
 */
export type FieldCipher = {
  /** @param place where it is kept: `table.column:record` */
  seal(text: string, place: string): string;
  /** @throws PRIVACY_UNREADABLE */
  open(sealed: string, place: string): string;
  /** Keyed hash of a normalised value, for lookups and unique indexes. @param column `table.column` */
  index(text: string, column: string): string;
};

const VERSION = 'v1';
const NONCE = 12;
const TAG = 16;

/** AES-256-GCM and HMAC-SHA-256 with keys of the vault. */
export function createFieldCipher(vault: KeyVault, random: RandomBytes): FieldCipher {
  const key = vault.secret('personal data, encryption');
  const indexKey = vault.secret('personal data, index');
  return {
    seal(text, place) {
      const nonce = random(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
      cipher.setAAD(utf8(place));
      const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${toBase64Url(new Uint8Array(body))}`;
    },
    open(sealed, place) {
      try {
        const [version, encoded = ''] = sealed.split('.');
        if (version !== VERSION) throw infraError('PRIVACY_UNREADABLE');
        const body = fromBase64Url(encoded);
        const cipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE), { authTagLength: TAG });
        cipher.setAAD(utf8(place));
        cipher.setAuthTag(body.subarray(body.length - TAG));
        const text = Buffer.concat([cipher.update(body.subarray(NONCE, body.length - TAG)), cipher.final()]);
        return fromUtf8(new Uint8Array(text));
      } catch (error) {
        throw infraError('PRIVACY_UNREADABLE', {}, error);
      }
    },
    index: (text, column) =>
      createHmac('sha256', indexKey)
        .update(`${column}\0${text.normalize('NFKC')}`)
        .digest('base64url'),
  };
}
