import { crc32, deflateSync } from 'node:zlib';

export type Rgb = readonly [red: number, green: number, blue: number];

export const RED: Rgb = [200, 0, 0];
export const GREEN: Rgb = [0, 150, 0];
export const BLUE: Rgb = [0, 0, 200];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** PNG with a colour for each quarter; the lower right one is transparent: it shows which way up it is. */
export function quartersPng(size = 64): Uint8Array {
  const rows = Buffer.alloc(size * (1 + 4 * size));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [left, upper] = [x < size / 2, y < size / 2];
      if (!left && !upper) continue;
      const color = upper ? (left ? RED : GREEN) : BLUE;
      rows.set([...color, 255], y * (1 + 4 * size) + 1 + 4 * x);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([signature, ...chunks]));
}

export type Rendered = { readonly width: number; readonly height: number; at(x: number, y: number): Rgb };

/** A picture in the format of `pdftoppm` without options: P6, 8 bits. */
export function readPpm(bytes: Uint8Array): Rendered {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
  if (head === null) throw new Error('not a PPM');
  const [width, height, start] = [Number(head[1]), Number(head[2]), head[0].length];
  return {
    width,
    height,
    at(x, y) {
      const from = start + 3 * (Math.floor(y) * width + Math.floor(x));
      return [bytes[from]!, bytes[from + 1]!, bytes[from + 2]!];
    },
  };
}

/** Whether a colour is this one, give or take what rendering blends. */
export const isNear = (found: Rgb, wanted: Rgb): boolean =>
  found.every((value, i) => Math.abs(value - wanted[i]!) < 40);
