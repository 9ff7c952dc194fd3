import {
  assemble,
  type Code,
  call,
  get,
  int,
  loadLong,
  long,
  OP,
  repeat,
  set,
  storeLong,
  type WasmFunction,
} from './assembler.ts';
import { ELEMENT_BYTES, FIELD_FUNCTIONS } from './field-code.ts';

/** X, Y, Z (x = X / Z, y = Y / Z; infinity is 0 : 1 : 0), up to a whole number of 64-bit words. */
export const POINT_BYTES = 112;
/** Entries of a table: multiples 0 to 15 of a point. */
export const TABLE_ENTRIES = 16;
export const TABLE_BYTES = TABLE_ENTRIES * POINT_BYTES;

/** Addresses. The base table holds, for each of 64 places, the multiples of [16^place]G. */
export const MEMORY = {
  /** The curve's b. */
  b: 0,
  scratch: 48,
  selected: 448,
  accumulator: 560,
  other: 672,
  elements: 784,
  table: 2_048,
  baseTable: 4_096,
} as const;
const PAGES = 2;

const SCRATCH_NAMES = ['t0', 't1', 't2', 't3', 't4', 'x', 'y', 'z'];
const COORDINATES = ['X', 'Y', 'Z'];
const SIGNS = ['*', '+', '-'];

/**
 * Renes, Costello, Batina, *Complete addition formulas for prime order elliptic curves*, EUROCRYPT 2016, algorithm 4
 * (a = -3): right for every pair of points, equal, opposite and infinity too, hence without a case to branch on.
 * Operands and result may be the same, here and below: what is overwritten is not read again.
 */
const ADDITION = `
  t0=X1*X2 t1=Y1*Y2 t2=Z1*Z2 t3=X1+Y1 t4=X2+Y2 t3=t3*t4 t4=t0+t1 t3=t3-t4 t4=Y1+Z1 x=Y2+Z2 t4=t4*x
  x=t1+t2 t4=t4-x x=X1+Z1 y=X2+Z2 x=x*y y=t0+t2 y=x-y z=b*t2 x=y-z z=x+x x=x+z z=t1-x x=t1+x y=b*y
  t1=t2+t2 t2=t1+t2 y=y-t2 y=y-t0 t1=y+y y=t1+y t1=t0+t0 t0=t1+t0 t0=t0-t2 t1=t4*y t2=t0*y y=x*z
  Y3=y+t2 x=t3*x X3=x-t1 z=t4*z t1=t3*t0 Z3=z+t1`;
/**
 * In Jacobian coordinates (x = X / Z², y = Y / Z³), where doubling costs 8 products and not 13: `dbl-2001-b` of the
 * Explicit-Formulas Database. It has no exception on a curve of odd order but infinity, which it leaves at Z = 0.
 */
const DOUBLING = `
  t0=Z1*Z1 t1=Y1*Y1 t2=X1*t1 t3=X1-t0 t4=X1+t0 t3=t3*t4 t4=t3+t3 t3=t4+t3 z=Y1*Z1 Z3=z+z x=t3*t3
  t2=t2+t2 t2=t2+t2 t4=t2+t2 X3=x-t4 y=t2-X3 y=t3*y t1=t1*t1 t1=t1+t1 t1=t1+t1 t1=t1+t1 Y3=y-t1`;
/** In place, to Jacobian coordinates and back. Infinity becomes 0, 0, 0, which is no point: it stays that. */
const TO_JACOBIAN = 'X3=X1*Z1 t0=Y1*Z1 Y3=t0*Z1';
const FROM_JACOBIAN = 'X3=X1*Z1 t0=Z1*Z1 Z3=t0*Z1';

/** Address of X1 … Z3 (points 3, 1 and 2 are the parameters 0, 1 and 2), of b, or of a scratch element. */
function place(name: string): Code {
  if (name === 'b') return int(MEMORY.b);
  const scratch = SCRATCH_NAMES.indexOf(name);
  if (scratch >= 0) return int(MEMORY.scratch + scratch * ELEMENT_BYTES);
  const offset = COORDINATES.indexOf(name.charAt(0)) * ELEMENT_BYTES;
  return [...get(Number(name.charAt(1)) % 3), ...int(offset), ...OP.addInt];
}

function formula(name: string, steps: string): WasmFunction {
  const code = steps
    .trim()
    .split(/\s+/)
    .flatMap((step) => {
      const [, out = '', left = '', sign = '', right = ''] = /^(\w+)=(\w+)([*+-])(\w+)$/.exec(step) ?? [];
      return [...place(out), ...place(left), ...place(right), ...call(SIGNS.indexOf(sign))];
    });
  return { name, longs: 0, code };
}

/** Copies entry `index` of a table to `selected`, reading all of them. Parameters: -, table, index. */
function selection(): WasmFunction {
  const words = POINT_BYTES / 8;
  const [table, index] = [1, 2];
  const word = (i: number) => 3 + i;
  const mask = word(words);
  const entry = mask + 1;
  const code: number[] = [
    ...repeat([
      ...long(0),
      ...get(entry),
      ...get(index),
      ...OP.equalInt,
      ...OP.widen,
      ...OP.subLong,
      ...set(mask),
      ...Array.from({ length: words }, (_, i) => [
        ...get(word(i)),
        ...[...get(table), ...loadLong(8 * i)],
        ...[...get(mask), ...OP.andLong, ...OP.orLong],
        ...set(word(i)),
      ]).flat(),
      ...[...get(table), ...int(POINT_BYTES), ...OP.addInt, ...set(table)],
      ...[...get(entry), ...int(1), ...OP.addInt, ...set(entry)],
      ...[...get(entry), ...int(TABLE_ENTRIES), ...OP.isLessInt],
    ]),
  ];
  for (let i = 0; i < words; i++) code.push(...int(MEMORY.selected), ...get(word(i)), ...storeLong(8 * i));
  return { name: 'select', longs: words + 1, ints: 1, code };
}

const PLACE = { sum: 3, double: 4, toJacobian: 5, fromJacobian: 6, select: 7 } as const;

const inPlace = (index: number): Code => [...get(0), ...get(0), ...get(0), ...call(index)];
const add: Code = [...get(0), ...get(0), ...int(MEMORY.selected), ...call(PLACE.sum)];
const select: Code = [...get(0), ...get(1), ...get(2), ...call(PLACE.select)];
const fourDoublings: Code = [PLACE.toJacobian, ...Array(4).fill(PLACE.double), PLACE.fromJacobian].flatMap(
  inPlace,
);

/** By their places in the module. */
const FUNCTIONS: readonly WasmFunction[] = [
  ...FIELD_FUNCTIONS,
  formula('sum', ADDITION),
  formula('double', DOUBLING),
  formula('toJacobian', TO_JACOBIAN),
  formula('fromJacobian', FROM_JACOBIAN),
  selection(),
  /** Point 0 plus the entry of a table. Parameters: point, table, index. */
  { name: 'addEntry', longs: 0, code: [...select, ...add] },
  /** Point 0 sixteen times. */
  { name: 'shift', longs: 0, code: fourDoublings },
  /** Both: one step of a product, from the highest four bits down. */
  { name: 'step', longs: 0, code: [...fourDoublings, ...select, ...add] },
];

export type PointFunctions = Readonly<
  Record<
    'multiply' | 'sum' | 'addEntry' | 'shift' | 'step',
    (out: number, left: number, right: number) => void
  >
>;

export const pointModule = (): Uint8Array<ArrayBuffer> => assemble(FUNCTIONS, PAGES);
