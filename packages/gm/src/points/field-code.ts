import { type Code, get, loadInt, long, OP, set, storeInt, type WasmFunction } from './assembler.ts';

/**
 * Arithmetic mod p = 2^256 - 2^224 - 2^96 + 2^64 - 1 (sm2p256v1) without a branch. An element stands in memory as nine
 * limbs of 29 bits, 32 bits each, the lowest first: x · 2^261 mod p (Montgomery's form), not always below p. A limb
 * may be a little above 29 bits, the highest may be negative.
 */
export const LIMBS = 9;
export const LIMB_BITS = 29;
export const ELEMENT_BYTES = 4 * LIMBS;

const MASK = 2 ** LIMB_BITS - 1;
/** Bits of the highest limb below 2^256. */
const TOP_BITS = 256 - LIMB_BITS * (LIMBS - 1);

const FIRST_LOCAL = 3;
const [OUT, LEFT, RIGHT] = [0, 1, 2];
const places = Array.from({ length: LIMBS }, (_, i) => i);

const load = (from: number, limb: number): Code => [...get(from), ...loadInt(4 * limb)];
const shifted = (value: Code, bits: number, operation: Code): Code => [...value, ...long(bits), ...operation];
const masked = (value: Code, mask: number): Code => [...value, ...long(mask), ...OP.andLong];

/** Where a multiple m of 2^(29 · i) is added so that m · p is: -1, 2^64, -2^96, -2^224 and 2^256 from there. */
const MULTIPLE_OF_P = [
  { limb: 2, bits: 6, operation: OP.addLong },
  { limb: 3, bits: 9, operation: OP.subLong },
  { limb: 7, bits: 21, operation: OP.subLong },
  { limb: 8, bits: 24, operation: OP.addLong },
] as const;

/**
 * Montgomery's product, column by column. Because p ends in 64 ones, the multiple of p that clears a column is the
 * column's own lowest limb, and adding it takes shifts alone. Columns stay below 2^63: nine products of 2^58.
 */
function multiplication(): WasmFunction {
  const a = (i: number) => FIRST_LOCAL + i;
  const b = (i: number) => FIRST_LOCAL + LIMBS + i;
  const m = (i: number) => FIRST_LOCAL + 2 * LIMBS + i;
  const sum = FIRST_LOCAL + 3 * LIMBS;
  const code: number[] = [];
  for (const i of places) code.push(...load(LEFT, i), ...set(a(i)), ...load(RIGHT, i), ...set(b(i)));
  for (let column = 0; column < 2 * LIMBS - 1; column++) {
    const terms: Code[] = [];
    for (const i of places) {
      const j = column - i;
      if (j >= 0 && j < LIMBS) terms.push([...get(a(i)), ...get(b(j)), ...OP.mulLong]);
    }
    code.push(...terms.flatMap((term, i) => (i === 0 ? term : [...term, ...OP.addLong])));
    for (const { limb, bits, operation } of MULTIPLE_OF_P) {
      const i = column - limb;
      if (i >= 0 && i < LIMBS) code.push(...shifted(get(m(i)), bits, OP.shlLong), ...operation);
    }
    if (column > 0) code.push(...shifted(get(sum), LIMB_BITS, OP.shrLong), ...OP.addLong);
    code.push(...set(sum));
    if (column < LIMBS) code.push(...masked(get(sum), MASK), ...set(m(column)));
    else code.push(...get(OUT), ...masked(get(sum), MASK), ...storeInt(4 * (column - LIMBS)));
  }
  code.push(...get(OUT), ...shifted(get(sum), LIMB_BITS, OP.shrLong), ...storeInt(4 * (LIMBS - 1)));
  return { name: 'multiply', longs: 3 * LIMBS + 1, code };
}

/** Sum or difference; what lies above 2^256 is folded back by 2^256 = 2^224 + 2^96 - 2^64 + 1 mod p. */
function combination(name: 'add' | 'subtract'): WasmFunction {
  const s = (i: number) => FIRST_LOCAL + i;
  const excess = FIRST_LOCAL + LIMBS;
  const operation = name === 'add' ? OP.addLong : OP.subLong;
  const top = LIMBS - 1;
  const fold = (limb: number, bits: number, how: Code): Code => [
    ...get(s(limb)),
    ...shifted(get(excess), bits, OP.shlLong),
    ...how,
    ...set(s(limb)),
  ];
  const code: number[] = [];
  for (const i of places) code.push(...load(LEFT, i), ...load(RIGHT, i), ...operation, ...set(s(i)));
  code.push(...shifted(get(s(top)), TOP_BITS, OP.shrLong), ...set(excess));
  code.push(...masked(get(s(top)), 2 ** TOP_BITS - 1), ...set(s(top)));
  code.push(...fold(0, 0, OP.addLong), ...fold(2, 6, OP.subLong));
  code.push(...fold(3, 9, OP.addLong), ...fold(7, 21, OP.addLong));
  for (const i of places) {
    const own = i === top ? get(s(i)) : masked(get(s(i)), MASK);
    const carry = i === 0 ? [] : [...shifted(get(s(i - 1)), LIMB_BITS, OP.shrLong), ...OP.addLong];
    code.push(...get(OUT), ...own, ...carry, ...storeInt(4 * i));
  }
  return { name, longs: LIMBS + 1, code };
}

/** By their places in the module. */
export const FIELD_FUNCTIONS: readonly WasmFunction[] = [
  multiplication(),
  combination('add'),
  combination('subtract'),
];
