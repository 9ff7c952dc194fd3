/**
 * Writes WebAssembly (W3C WebAssembly Core Specification 1.0, §5): as much of it as straight arithmetic on 64-bit words
 * needs. Every function takes three addresses or numbers (i32) and returns nothing.
 */
export type Code = readonly number[];

export type WasmFunction = {
  readonly name: string;
  /** Locals behind the three parameters: first so many i64, then so many i32. */
  readonly longs: number;
  readonly ints?: number;
  readonly code: Code;
};

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const low = rest & 0x7f;
    rest >>>= 7;
    if (rest === 0) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
    if (isLast) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const call = (index: number): Code => [0x10, ...unsigned(index)];
export const int = (value: number): Code => [0x41, ...signed(value)];
export const long = (value: number): Code => [0x42, ...signed(value)];

/** Address on the stack; `offset` in bytes. */
export const loadInt = (offset: number): Code => [0x34, 2, ...unsigned(offset)];
export const storeInt = (offset: number): Code => [0x3e, 2, ...unsigned(offset)];
export const loadLong = (offset: number): Code => [0x29, 3, ...unsigned(offset)];
export const storeLong = (offset: number): Code => [0x37, 3, ...unsigned(offset)];

export const OP = {
  addInt: [0x6a],
  subInt: [0x6b],
  equalInt: [0x46],
  isLessInt: [0x49],
  widen: [0xac],
  addLong: [0x7c],
  subLong: [0x7d],
  mulLong: [0x7e],
  andLong: [0x83],
  orLong: [0x84],
  shlLong: [0x86],
  shrLong: [0x87],
} as const satisfies Record<string, Code>;

/** Runs the body, and again as long as it leaves a number other than 0. */
export const repeat = (body: Code): Code => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b];

const [I32, I64] = [0x7f, 0x7e];
const text = (value: string): Code => [...unsigned(value.length), ...new TextEncoder().encode(value)];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];

function body({ longs, ints = 0, code }: WasmFunction): Code {
  const locals = list([
    [...unsigned(longs), I64],
    [...unsigned(ints), I32],
  ]);
  return [...unsigned(locals.length + code.length + 1), ...locals, ...code, 0x0b];
}

/** A module with these functions, called by their place in the list, and a memory named `memory`. */
export function assemble(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const memory: Code = [...text('memory'), 0x02, 0x00];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list([[0x60, ...list([[I32], [I32], [I32]]), 0x00]])),
    ...section(3, list(functions.map(() => [0x00]))),
    ...section(5, list([[0x00, ...unsigned(pages)]])),
    ...section(
      7,
      list([memory, ...functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)])]),
    ),
    ...section(10, list(functions.map(body))),
  ]);
}
