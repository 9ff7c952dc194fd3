import { fromHex } from '@hufu/kernel';
import { gmError } from './errors.ts';

export const SM4_BLOCK = 16;

/** GB/T 32907 §6.2. */
const SBOX = fromHex(
  [
    'd690e9fecce13db716b614c228fb2c052b679a762abe04c3aa44132649860699',
    '9c4250f491ef987a33540b43edcfac62e4b31ca9c908e89580df94fa758f3fa6',
    '4707a7fcf37317ba83593c19e6854fa8686b81b27164da8bf8eb0f4b70569d35',
    '1e240e5e6358d1a225227c3b01217887d40046579fd327524c3602e7a0c4c89e',
    'eabf8ad240c738b5a3f7f2cef96115a1e0ae5da49b341a55ad933230f58cb1e3',
    '1df6e22e8266ca60c02923ab0d534e6fd5db3745defd8e2f03ff6a726d6c5b51',
    '8d1baf92bbddbc7f11d95c411f105ad80ac13188a5cd7bbd2d74d012b8e5b4b0',
    '8969974a0c96777e65b9f109c56ec68418f07dec3adc4d2079ee5f3ed7cb3948',
  ].join(''),
);

const rotate = (x: number, n: number): number => (x << n) | (x >>> (32 - n));

const linear = (x: number): number => x ^ rotate(x, 2) ^ rotate(x, 10) ^ rotate(x, 18) ^ rotate(x, 24);
const keyLinear = (x: number): number => x ^ rotate(x, 13) ^ rotate(x, 23);

/** The round transformation of one byte in the top position; the other three are rotations of it. */
const ROUND = Int32Array.from(SBOX, (s) => linear(s << 24));
const ROUND_8 = ROUND.map((x) => rotate(x, 24));
const ROUND_16 = ROUND.map((x) => rotate(x, 16));
const ROUND_24 = ROUND.map((x) => rotate(x, 8));

const FK = [0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc] as const;

const substitute = (x: number): number =>
  (SBOX[x >>> 24]! << 24) | (SBOX[(x >>> 16) & 255]! << 16) | (SBOX[(x >>> 8) & 255]! << 8) | SBOX[x & 255]!;

/** CK_i, GB/T 32907 §7.3: bytes (4i + j) · 7 mod 256. */
const roundConstant = (i: number): number =>
  [0, 1, 2, 3].reduce((word, j) => (word << 8) | (((4 * i + j) * 7) & 255), 0);

/** Round keys of SM4 (GB/T 32907-2016), encryption order. */
export type Sm4Schedule = Int32Array;

/** @param key 16 bytes @throws GM_SM4_KEY */
export function sm4Schedule(key: Uint8Array, direction: 'encrypt' | 'decrypt'): Sm4Schedule {
  if (key.length !== 16) throw gmError('GM_SM4_KEY');
  const view = new DataView(key.buffer, key.byteOffset, 16);
  const k = FK.map((fk, i) => view.getInt32(4 * i) ^ fk);
  const schedule = new Int32Array(32);
  for (let i = 0; i < 32; i++) {
    const next = k[0]! ^ keyLinear(substitute(k[1]! ^ k[2]! ^ k[3]! ^ roundConstant(i)));
    schedule[i] = next;
    k.push(next);
    k.shift();
  }
  return direction === 'encrypt' ? schedule : schedule.reverse();
}

export type BlockPlace = {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  /** Offset of the 16 bytes in both. */
  readonly at: number;
};

/** One block, in place or from one array to another. */
export function sm4Block(schedule: Sm4Schedule, { from, to, at }: BlockPlace): void {
  let a = (from[at]! << 24) | (from[at + 1]! << 16) | (from[at + 2]! << 8) | from[at + 3]!;
  let b = (from[at + 4]! << 24) | (from[at + 5]! << 16) | (from[at + 6]! << 8) | from[at + 7]!;
  let c = (from[at + 8]! << 24) | (from[at + 9]! << 16) | (from[at + 10]! << 8) | from[at + 11]!;
  let d = (from[at + 12]! << 24) | (from[at + 13]! << 16) | (from[at + 14]! << 8) | from[at + 15]!;
  for (let i = 0; i < 32; i++) {
    const x = b ^ c ^ d ^ schedule[i]!;
    const next =
      a ^ ROUND[x >>> 24]! ^ ROUND_8[(x >>> 16) & 255]! ^ ROUND_16[(x >>> 8) & 255]! ^ ROUND_24[x & 255]!;
    a = b;
    b = c;
    c = d;
    d = next;
  }
  writeWord(to, at, d);
  writeWord(to, at + 4, c);
  writeWord(to, at + 8, b);
  writeWord(to, at + 12, a);
}

function writeWord(to: Uint8Array, at: number, word: number): void {
  to[at] = word >>> 24;
  to[at + 1] = word >>> 16;
  to[at + 2] = word >>> 8;
  to[at + 3] = word;
}
