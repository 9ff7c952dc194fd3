import { toHex } from '../bytes/encoding.ts';
import { drawRandom, type RandomBytes } from '../random.ts';
import type { Clock } from '../time/clock.ts';

const COUNTER_LIMIT = 0x1000;

/**
 * Makes UUIDs of version 7 (RFC 9562 §5.7) that ascend even within a millisecond and when the clock steps back: the
 * 12 bits of rand_a are a counter (§6.2 method 1), seeded at random with its top bit clear.
 */
export function uuidV7Source(clock: Clock, random: RandomBytes): () => string {
  let time = -1;
  let counter = 0;
  return () => {
    const bytes = drawRandom(random, 16).slice();
    const now = clock.now();
    if (now > time) {
      time = now;
      counter = ((bytes[6]! << 8) | bytes[7]!) & 0x7ff;
    } else if (++counter === COUNTER_LIMIT) {
      time += 1;
      counter = 0;
    }
    const view = new DataView(bytes.buffer);
    view.setUint32(0, Math.floor(time / 0x10000));
    view.setUint16(4, time % 0x10000);
    view.setUint16(6, 0x7000 | counter);
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
}

/** Any UUID of version 7 in lower case. */
export const isUuidV7 = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
