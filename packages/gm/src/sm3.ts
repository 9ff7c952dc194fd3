import { hmac } from '@noble/hashes/hmac.js';
import { createHasher, type Hash } from '@noble/hashes/utils.js';

const BLOCK = 64;
const START = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
] as const;

const rotate = (x: number, n: number): number => (x << n) | (x >>> (32 - n));

/** T_j <<< (j mod 32), GB/T 32905 §4.2 and §5.3.3. */
const ROUND = Int32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));

/** SM3 (GB/T 32905-2016) as a stream, in the shape that noble's hmac, hkdf and pbkdf2 take. Use `sm3` to make one. */
export class Sm3 implements Hash<Sm3> {
  readonly blockLen = BLOCK;
  readonly outputLen = 32;
  readonly canXOF = false;
  #state = Int32Array.from(START);
  #buffer = new Uint8Array(BLOCK);
  #words = new Int32Array(68);
  #filled = 0;
  #length = 0;
  #finished = false;

  update(data: Uint8Array): this {
    this.#assertOpen();
    this.#length += data.length;
    let at = 0;
    if (this.#filled > 0) {
      at = Math.min(BLOCK - this.#filled, data.length);
      this.#buffer.set(data.subarray(0, at), this.#filled);
      this.#filled += at;
      if (this.#filled < BLOCK) return this;
      this.#compress(this.#buffer, 0);
      this.#filled = 0;
    }
    for (; at + BLOCK <= data.length; at += BLOCK) this.#compress(data, at);
    this.#buffer.set(data.subarray(at));
    this.#filled = data.length - at;
    return this;
  }

  digestInto(out: Uint8Array): void {
    this.#assertOpen();
    if (out.length < this.outputLen) throw new RangeError('SM3 needs 32 bytes of output');
    this.#finished = true;
    const buffer = this.#buffer;
    buffer[this.#filled] = 0x80;
    buffer.fill(0, this.#filled + 1);
    if (this.#filled >= BLOCK - 8) {
      this.#compress(buffer, 0);
      buffer.fill(0);
    }
    const view = new DataView(buffer.buffer);
    view.setUint32(56, Math.floor(this.#length / 0x2000_0000));
    view.setUint32(60, (this.#length << 3) >>> 0);
    this.#compress(buffer, 0);
    const result = new DataView(out.buffer, out.byteOffset, this.outputLen);
    this.#state.forEach((word, i) => {
      result.setInt32(4 * i, word);
    });
    this.#wipe();
  }

  digest(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.outputLen);
    this.digestInto(out);
    return out;
  }

  destroy(): void {
    this.#finished = true;
    this.#wipe();
  }

  clone(): Sm3 {
    return this._cloneInto();
  }

  _cloneInto(to: Sm3 = new Sm3()): Sm3 {
    to.#state.set(this.#state);
    to.#buffer.set(this.#buffer);
    to.#filled = this.#filled;
    to.#length = this.#length;
    to.#finished = this.#finished;
    return to;
  }

  #assertOpen(): void {
    if (this.#finished) throw new Error('This hash was already digested');
  }

  #wipe(): void {
    this.#state.fill(0);
    this.#buffer.fill(0);
    this.#words.fill(0);
  }

  /** GB/T 32905 §5.3.2 and §5.3.3. */
  #compress(data: Uint8Array, at: number): void {
    const w = this.#words;
    for (let j = 0, o = at; j < 16; j++, o += 4) {
      w[j] = (data[o]! << 24) | (data[o + 1]! << 16) | (data[o + 2]! << 8) | data[o + 3]!;
    }
    for (let j = 16; j < 68; j++) {
      const x = w[j - 16]! ^ w[j - 9]! ^ rotate(w[j - 3]!, 15);
      w[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[j - 13]!, 7) ^ w[j - 6]!;
    }
    const state = this.#state;
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    let f = state[5]!;
    let g = state[6]!;
    let h = state[7]!;
    for (let j = 0; j < 64; j++) {
      const a12 = rotate(a, 12);
      const ss1 = rotate((a12 + e + ROUND[j]!) | 0, 7);
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const tt1 = (ff + d + (ss1 ^ a12) + (w[j]! ^ w[j + 4]!)) | 0;
      const tt2 = (gg + h + ss1 + w[j]!) | 0;
      d = c;
      c = rotate(b, 9);
      b = a;
      a = tt1;
      h = g;
      g = rotate(f, 19);
      f = e;
      e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17);
    }
    state[0]! ^= a;
    state[1]! ^= b;
    state[2]! ^= c;
    state[3]! ^= d;
    state[4]! ^= e;
    state[5]! ^= f;
    state[6]! ^= g;
    state[7]! ^= h;
  }
}

/** SM3 digest, 32 bytes: `sm3(message)`, or `sm3.create().update(a).update(b).digest()`. */
export const sm3 = createHasher(() => new Sm3());

/** HMAC-SM3 (GB/T 15852.2), 32 bytes. */
export const hmacSm3 = (key: Uint8Array, message: Uint8Array): Uint8Array => hmac(sm3, key, message);
