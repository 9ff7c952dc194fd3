import { invert } from '@noble/curves/abstract/modular.js';
import { gmError } from '../errors.ts';
import { SM2_CURVE } from '../sm2/curve.ts';
import { ELEMENT_BYTES, LIMB_BITS, LIMBS } from './field-code.ts';
import {
  MEMORY,
  POINT_BYTES,
  type PointFunctions,
  pointModule,
  TABLE_BYTES,
  TABLE_ENTRIES,
} from './point-code.ts';

const { n, p } = SM2_CURVE;
const MONTGOMERY_BITS = BigInt(LIMBS * LIMB_BITS);
const FROM_MONTGOMERY = invert(1n << MONTGOMERY_BITS, p);
const PLACES = 64;
const LOW_256 = (1n << 256n) - 1n;
const LIMB_MASK = (1n << BigInt(LIMB_BITS)) - 1n;

export type Affine = { readonly x: bigint; readonly y: bigint };

type Instance = { readonly exports: PointFunctions & { readonly memory: { readonly buffer: ArrayBuffer } } };
type WebAssemblyFace = {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => Instance;
};

/** Four bits each, the highest first; of `0` to `9` and `a` to `f` without telling them apart. */
function digitsOf(scalar: bigint): Uint8Array {
  const hex = scalar.toString(16).padStart(PLACES, '0');
  const digits = new Uint8Array(PLACES);
  for (let i = 0; i < PLACES; i++) {
    const character = hex.charCodeAt(i);
    digits[i] = (character & 15) + 9 * (character >> 6);
  }
  return digits;
}

const INVERSION = digitsOf(p - 2n);

/**
 * Points on the SM2 curve in WebAssembly. What a scalar decides is which entry of a table is taken, and every entry is
 * read each time; the number and order of operations is always the same.
 */
export class PointMachine {
  readonly #run: PointFunctions;
  readonly #limbs: Int32Array;

  /** @throws whatever keeps WebAssembly from being used here (an old engine, a content security policy) */
  constructor() {
    const found: unknown = Reflect.get(globalThis, 'WebAssembly');
    const face = found as WebAssemblyFace;
    const { exports } = new face.Instance(new face.Module(pointModule()));
    this.#run = exports;
    this.#limbs = new Int32Array(exports.memory.buffer);
    this.#putElement(MEMORY.b, SM2_CURVE.b);
    this.#makeBaseTable();
  }

  /** The accumulator becomes infinity. */
  clear(): void {
    this.#putInfinity(MEMORY.accumulator);
  }

  /** The accumulator becomes this point. */
  load(point: Affine): void {
    this.#putPoint(MEMORY.accumulator, point);
  }

  /** Adds [k]G to the accumulator. @param k from 0 to n - 1 */
  addBase(k: bigint): void {
    const digits = digitsOf(k);
    for (let i = 0; i < PLACES; i++) {
      const table = MEMORY.baseTable + (PLACES - 1 - i) * TABLE_BYTES;
      this.#run.addEntry(MEMORY.accumulator, table, digits[i]!);
    }
  }

  /**
   * Multiplies the accumulator. What is computed with is k + n or k + 2n, whichever has 257 bits: the first digit is 1
   * then, so that the accumulator is never at infinity while it is doubled.
   *
   * @param k from 1 to n - 1
   */
  multiply(k: bigint): void {
    this.#run.sum(MEMORY.table + POINT_BYTES, MEMORY.accumulator, this.#infinityAt(MEMORY.other));
    this.#fillTable(MEMORY.table);
    const raised = k + n;
    const long = [raised + n, raised][Number(raised >> 256n)]!;
    for (const digit of digitsOf(long & LOW_256)) this.#run.step(MEMORY.accumulator, MEMORY.table, digit);
  }

  /** Takes the accumulator out, undefined for infinity, and forgets what led to it. */
  take(): Affine | undefined {
    const [x, y, z] = [0, 1, 2].map((i) => MEMORY.accumulator + i * ELEMENT_BYTES) as [
      number,
      number,
      number,
    ];
    const inverse = this.#invert(z);
    const isAtInfinity = this.#element(inverse) === 0n;
    this.#run.multiply(x, x, inverse);
    this.#run.multiply(y, y, inverse);
    const point = { x: this.#element(x), y: this.#element(y) };
    this.#limbs.fill(0, MEMORY.scratch / 4, MEMORY.baseTable / 4);
    return isAtInfinity ? undefined : point;
  }

  /** By Fermat: z^(p - 2); 0 for 0. @returns where the result stands */
  #invert(z: number): number {
    const power = (i: number) => MEMORY.elements + i * ELEMENT_BYTES;
    const result = power(TABLE_ENTRIES);
    this.#putElement(power(0), 1n);
    for (let i = 1; i < TABLE_ENTRIES; i++) this.#run.multiply(power(i), power(i - 1), z);
    this.#putElement(result, 1n);
    for (const digit of INVERSION) {
      for (let i = 0; i < 4; i++) this.#run.multiply(result, result, result);
      this.#run.multiply(result, result, power(digit));
    }
    return result;
  }

  #makeBaseTable(): void {
    this.#putPoint(MEMORY.accumulator, { x: SM2_CURVE.Gx, y: SM2_CURVE.Gy });
    const infinity = this.#infinityAt(MEMORY.other);
    for (let place = 0; place < PLACES; place++) {
      const table = MEMORY.baseTable + place * TABLE_BYTES;
      this.#run.sum(table + POINT_BYTES, MEMORY.accumulator, infinity);
      this.#fillTable(table);
      this.#run.shift(MEMORY.accumulator, 0, 0);
    }
  }

  /** Entry 1 is there; makes the others of it. */
  #fillTable(table: number): void {
    const entry = (i: number) => table + i * POINT_BYTES;
    this.#putInfinity(entry(0));
    for (let i = 2; i < TABLE_ENTRIES; i++) this.#run.sum(entry(i), entry(i - 1), entry(1));
  }

  #infinityAt(address: number): number {
    this.#putInfinity(address);
    return address;
  }

  #putInfinity(address: number): void {
    this.#limbs.fill(0, address / 4, (address + POINT_BYTES) / 4);
    this.#putElement(address + ELEMENT_BYTES, 1n);
  }

  #putPoint(address: number, { x, y }: Affine): void {
    this.#putElement(address, x);
    this.#putElement(address + ELEMENT_BYTES, y);
    this.#putElement(address + 2 * ELEMENT_BYTES, 1n);
  }

  #putElement(address: number, value: bigint): void {
    let rest = (value << MONTGOMERY_BITS) % p;
    for (let i = 0; i < LIMBS; i++) {
      this.#limbs[address / 4 + i] = Number(rest & LIMB_MASK);
      rest >>= BigInt(LIMB_BITS);
    }
  }

  #element(address: number): bigint {
    let value = 0n;
    for (let i = LIMBS - 1; i >= 0; i--) {
      value = (value << BigInt(LIMB_BITS)) + BigInt(this.#limbs[address / 4 + i]!);
    }
    const reduced = (value * FROM_MONTGOMERY) % p;
    return reduced < 0n ? reduced + p : reduced;
  }
}

/** GB/T 32918.5-2017 annex A.2: a private key and its public key, by both ways to multiply. @throws GM_SELF_TEST */
export function assertMachine(machine: PointMachine): void {
  const d = 0x3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8n;
  const x = 0x09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020n;
  const y = 0xccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13n;
  const isKey = (point: Affine | undefined) => point?.x === x && point.y === y;
  machine.clear();
  machine.addBase(d);
  const byTable = machine.take();
  machine.load({ x: SM2_CURVE.Gx, y: SM2_CURVE.Gy });
  machine.multiply(d);
  if (!isKey(byTable) || !isKey(machine.take())) throw gmError('GM_SELF_TEST');
}
