import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];
const PAPER: Colour = [250, 246, 234];
const WHITE: Colour = [255, 255, 255];
const RED: Colour = [194, 58, 43];
const INK: Colour = [60, 72, 80];

type Paint = (x: number, y: number) => Colour;

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG of 8-bit colours (ISO/IEC 15948). */
function png({ width, height }: { readonly width: number; readonly height: number }, paint: Paint): Blob {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(paint(x, y), y * (width * 3 + 1) + 1 + x * 3);
  }
  const file = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return new Blob([file], { type: 'image/png' });
}

/** As if photographed: a paper with a frame, lines of writing and a stamp. */
export function paperPicture(): Blob {
  const size = { width: 1240, height: 877 };
  return png(size, (x, y) => {
    const edge = Math.min(x, y, size.width - x, size.height - y);
    if (edge > 24 && edge < 32) return RED;
    const fromStamp = Math.hypot(x - 940, y - 640);
    if (fromStamp > 92 && fromStamp < 104) return RED;
    const isLine = y > 160 && y < 720 && y % 56 < 6 && x > 140 && x < 1100 - (y % 7) * 40;
    return isLine ? INK : PAPER;
  });
}

/** As a seal comes out on paper: a ring and a star. */
export function sealPicture(): Blob {
  const size = { width: 600, height: 600 };
  return png(size, (x, y) => {
    const [dx, dy] = [x - 300, y - 300];
    const radius = Math.hypot(dx, dy);
    if (radius > 262 && radius < 282) return RED;
    const turn = (Math.atan2(dx, -dy) / (2 * Math.PI)) * 5;
    const tip = Math.abs(turn - Math.round(turn)) * 2;
    return radius < 90 - tip * 55 ? RED : WHITE;
  });
}
