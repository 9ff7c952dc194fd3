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
 * Renes, Costello, Batina, *Complete addition formulas for prime order elliptic curves*, EUROCRYPT 2016, algorithms 4
 * and 6 (a = -3): right for every pair of points, equal, opposite and infinity too, hence without a case to branch on.
 * X1 … Z2 are read before X3, Y3 and Z3 are written: operands and result may be the same.
 */
const ADDITION = `
  t0=X1*X2 t1=Y1*Y2 t2=Z1*Z2 t3=X1+Y1 t4=X2+Y2 t3=t3*t4 t4=t0+t1 t3=t3-t4 t4=Y1+Z1 x=Y2+Z2 t4=t4*x
  x=t1+t2 t4=t4-x x=X1+Z1 y=X2+Z2 x=x*y y=t0+t2 y=x-y z=b*t2 x=y-z z=x+x x=x+z z=t1-x x=t1+x y=b*y
  t1=t2+t2 t2=t1+t2 y=y-t2 y=y-t0 t1=y+y y=t1+y t1=t0+t0 t0=t1+t0 t0=t0-t2 t1=t4*y t2=t0*y y=x*z
  Y3=y+t2 x=t3*x X3=x-t1 z=t4*z t1=t3*t0 Z3=z+t1`;
const DOUBLING = `
  t0=X1*X1 t1=Y1*Y1 t2=Z1*Z1 t3=X1*Y1 t4=Y1*Z1 z=X1*Z1 t3=t3+t3 z=z+z y=b*t2 y=y-z x=y+y y=x+y x=t1-y
  y=t1+y y=x*y x=x*t3 t3=t2+t2 t2=t2+t3 z=b*z z=z-t2 z=z-t0 t3=z+z z=z+t3 t3=t0+t0 t0=t3+t0 t0=t0-t2
  t0=t0*z Y3=y+t0 t4=t4+t4 z=t4*z X3=x-z z=t4*t1 z=z+z Z3=z+z`;

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

const PLACE = { sum: 3, double: 4, select: 5 } as const;

const add: Code = [...get(0), ...get(0), ...int(MEMORY.selected), ...call(PLACE.sum)];
const select: Code = [...get(0), ...get(1), ...get(2), ...call(PLACE.select)];
const double: Code = [...get(0), ...get(0), ...get(0), ...call(PLACE.double)];

/** Point 0 plus the entry of a table. Parameters: point, table, index. */
const entry: WasmFunction = { name: 'addEntry', longs: 0, code: [...select, ...add] };
/** The same after four doublings: one step of a product, from the highest four bits down. */
const step: WasmFunction = {
  name: 'step',
  longs: 0,
  code: [...double, ...double, ...double, ...double, ...select, ...add],
};

export type PointFunctions = Readonly<
  Record<
    'multiply' | 'add' | 'subtract' | 'sum' | 'double' | 'select' | 'addEntry' | 'step',
    (out: number, left: number, right: number) => void
  >
>;

export const pointModule = (): Uint8Array<ArrayBuffer> =>
  assemble(
    [...FIELD_FUNCTIONS, formula('sum', ADDITION), formula('double', DOUBLING), selection(), entry, step],
    PAGES,
  );
