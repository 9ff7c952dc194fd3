import { concatBytes, equalBytes } from '@hufu/kernel';
import { ghash } from '@noble/ciphers/_polyval.js';
import { gmError } from './errors.ts';
import { SM4_BLOCK, type Sm4Schedule, sm4Block, sm4Schedule } from './sm4.ts';

/** A cipher with its key and nonce set; each direction may be used once per nonce. */
export type Cipher = {
  encrypt(plaintext: Uint8Array): Uint8Array;
  decrypt(ciphertext: Uint8Array): Uint8Array;
};

function wholeBlocks(data: Uint8Array): Uint8Array {
  if (data.length % SM4_BLOCK !== 0) throw gmError('GM_SM4_LENGTH');
  return data;
}

function eachBlock(schedule: Sm4Schedule, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(wholeBlocks(data).length);
  for (let at = 0; at < data.length; at += SM4_BLOCK) sm4Block(schedule, { from: data, to: out, at });
  return out;
}

/** SM4-ECB without padding, for whole blocks of key material only (GB/T 35276 §7.4). @throws GM_SM4_KEY, GM_SM4_LENGTH */
export function sm4Ecb(key: Uint8Array): Cipher {
  return {
    encrypt: (plaintext) => eachBlock(sm4Schedule(key, 'encrypt'), plaintext),
    decrypt: (ciphertext) => eachBlock(sm4Schedule(key, 'decrypt'), ciphertext),
  };
}

function pad(data: Uint8Array): Uint8Array {
  const count = SM4_BLOCK - (data.length % SM4_BLOCK);
  return concatBytes(data, new Uint8Array(count).fill(count));
}

function unpad(data: Uint8Array): Uint8Array {
  const count = data[data.length - 1] ?? 0;
  const valid = count >= 1 && count <= SM4_BLOCK && data.subarray(-count).every((byte) => byte === count);
  if (!valid) throw gmError('GM_SM4_DECRYPT');
  return data.subarray(0, data.length - count);
}

/**
 * SM4-CBC with PKCS#7 padding. It does not authenticate: only for formats that fix it.
 * @param iv 16 bytes @throws GM_SM4_KEY, GM_SM4_LENGTH, GM_SM4_DECRYPT
 */
export function sm4Cbc(key: Uint8Array, iv: Uint8Array): Cipher {
  if (iv.length !== SM4_BLOCK) throw gmError('GM_SM4_KEY');
  return {
    encrypt(plaintext) {
      const schedule = sm4Schedule(key, 'encrypt');
      const out = pad(plaintext);
      for (let at = 0, before = iv, beforeAt = 0; at < out.length; at += SM4_BLOCK) {
        for (let i = 0; i < SM4_BLOCK; i++) out[at + i]! ^= before[beforeAt + i]!;
        sm4Block(schedule, { from: out, to: out, at });
        before = out;
        beforeAt = at;
      }
      return out;
    },
    decrypt(ciphertext) {
      if (ciphertext.length === 0) throw gmError('GM_SM4_LENGTH');
      const out = eachBlock(sm4Schedule(key, 'decrypt'), ciphertext);
      for (let i = 0; i < out.length; i++) out[i]! ^= i < SM4_BLOCK ? iv[i]! : ciphertext[i - SM4_BLOCK]!;
      return unpad(out);
    },
  };
}

/** Adds one to the last `width` bytes, big-endian. */
function increment(counter: Uint8Array, width: number): void {
  for (let i = SM4_BLOCK - 1; i >= SM4_BLOCK - width; i--) {
    counter[i] = (counter[i]! + 1) & 255;
    if (counter[i] !== 0) return;
  }
}

type KeyStream = {
  readonly schedule: Sm4Schedule;
  readonly start: Uint8Array;
  readonly counterWidth: number;
};

function applyStream({ schedule, start, counterWidth }: KeyStream, data: Uint8Array): Uint8Array {
  const counter = start.slice();
  const block = new Uint8Array(SM4_BLOCK);
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += SM4_BLOCK) {
    sm4Block(schedule, { from: counter, to: block, at: 0 });
    const stop = Math.min(SM4_BLOCK, data.length - at);
    for (let i = 0; i < stop; i++) out[at + i] = data[at + i]! ^ block[i]!;
    increment(counter, counterWidth);
  }
  return out;
}

/** SM4-CTR; `counter` is the first counter block, 16 bytes, counted as one big-endian number. @throws GM_SM4_KEY */
export function sm4Ctr(key: Uint8Array, counter: Uint8Array): Cipher {
  if (counter.length !== SM4_BLOCK) throw gmError('GM_SM4_KEY');
  const stream = { schedule: sm4Schedule(key, 'encrypt'), start: counter, counterWidth: SM4_BLOCK };
  const apply = (data: Uint8Array) => applyStream(stream, data);
  return { encrypt: apply, decrypt: apply };
}

function lengths(aad: number, text: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(SM4_BLOCK));
  view.setBigUint64(0, 8n * BigInt(aad));
  view.setBigUint64(8, 8n * BigInt(text));
  return new Uint8Array(view.buffer);
}

/**
 * SM4-GCM (RFC 8998 §2.3, NIST SP 800-38D): the ciphertext ends with the tag of 16 bytes.
 * @param nonce 12 bytes, never twice under one key @throws GM_SM4_KEY, GM_SM4_DECRYPT
 */
export function sm4Gcm(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array = new Uint8Array()): Cipher {
  if (nonce.length !== 12) throw gmError('GM_SM4_KEY');
  const schedule = sm4Schedule(key, 'encrypt');
  const first = concatBytes(nonce, Uint8Array.of(0, 0, 0, 1));
  const start = concatBytes(nonce, Uint8Array.of(0, 0, 0, 2));
  const encryptBlock = (block: Uint8Array) => eachBlock(schedule, block);

  /** SP 800-38D §7.1 step 5 pads each part to whole blocks; so does each `update` of this GHASH. */
  function tag(ciphertext: Uint8Array): Uint8Array {
    const mac = ghash
      .create(encryptBlock(new Uint8Array(SM4_BLOCK)))
      .update(aad)
      .update(ciphertext)
      .update(lengths(aad.length, ciphertext.length))
      .digest();
    const mask = encryptBlock(first);
    return mac.map((byte, i) => byte ^ mask[i]!);
  }

  return {
    encrypt(plaintext) {
      const ciphertext = applyStream({ schedule, start, counterWidth: 4 }, plaintext);
      return concatBytes(ciphertext, tag(ciphertext));
    },
    decrypt(sealed) {
      if (sealed.length < SM4_BLOCK) throw gmError('GM_SM4_DECRYPT');
      const ciphertext = sealed.subarray(0, sealed.length - SM4_BLOCK);
      if (!equalBytes(tag(ciphertext), sealed.subarray(-SM4_BLOCK))) throw gmError('GM_SM4_DECRYPT');
      return applyStream({ schedule, start, counterWidth: 4 }, ciphertext);
    },
  };
}
