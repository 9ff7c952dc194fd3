import { concatBytes, equalBytes } from '@hufu/kernel';
import { hmac } from '@noble/hashes/hmac.js';
import type { DerReader } from '../der/reader.ts';
import { TAG } from '../der/tags.ts';
import { gmError } from '../errors.ts';
import { HASHES, type HashName } from './hashes.ts';
import { KEY_OID } from './oids.ts';
import { assertBearableWork } from './pbes2.ts';

const DIGESTS: Readonly<Record<string, HashName>> = {
  [KEY_OID.sha1]: 'sha1',
  [KEY_OID.sha256]: 'sha256',
  [KEY_OID.sha384]: 'sha384',
  [KEY_OID.sha512]: 'sha512',
  [KEY_OID.sm3]: 'sm3',
};

export type MacData = {
  readonly hash: HashName;
  readonly value: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
};

/** MacData (RFC 7292 §4). @throws GM_KEY_UNSUPPORTED, GM_KEY_WORK, DER_* */
export function readMacData(reader: DerReader): MacData {
  return reader.within(TAG.sequence, (fields) => {
    const { hash, value } = fields.within(TAG.sequence, (info) => ({
      hash: info.within(TAG.sequence, (algorithm) => {
        const oid = algorithm.oid();
        algorithm.optional(TAG.null, (r) => r.null());
        const name = DIGESTS[oid];
        if (name === undefined) throw gmError('GM_KEY_UNSUPPORTED', { oid });
        return name;
      }),
      value: info.octetString(),
    }));
    const salt = fields.octetString();
    const iterations = fields.optional(TAG.integer, (r) => r.smallInteger()) ?? 1;
    assertBearableWork(iterations, salt);
    return { hash, value, salt, iterations };
  });
}

/** BMPString with two zero octets at the end (RFC 7292 §B.1). */
function bmpPassword(password: string): Uint8Array {
  const out = new Uint8Array(2 * password.length + 2);
  for (let i = 0; i < password.length; i++) {
    out[2 * i] = password.charCodeAt(i) >> 8;
    out[2 * i + 1] = password.charCodeAt(i) & 255;
  }
  return out;
}

/** Repeats to whole blocks; nothing stays nothing. */
function repeat(bytes: Uint8Array, block: number): Uint8Array {
  const length = block * Math.ceil(bytes.length / block);
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]!);
}

const MAC_KEY = 3;

/** Key for the MAC (RFC 7292 §B.2, ID 3). It is as long as the digest, so one block of output is enough. */
function macKey({ hash: name, salt, iterations }: MacData, password: string): Uint8Array {
  const hash = HASHES[name];
  const diversifier = new Uint8Array(hash.blockLen).fill(MAC_KEY);
  const input = concatBytes(repeat(salt, hash.blockLen), repeat(bmpPassword(password), hash.blockLen));
  let key: Uint8Array = hash(concatBytes(diversifier, input));
  for (let i = 1; i < iterations; i++) key = hash(key);
  return key;
}

export function isMacRight(mac: MacData, password: string, content: Uint8Array): boolean {
  return equalBytes(hmac(HASHES[mac.hash], macKey(mac, password), content), mac.value);
}
