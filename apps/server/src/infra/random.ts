import { randomBytes } from 'node:crypto';

/** Unpredictable bytes. Comes in from outside, like time. */
export type Random = (length: number) => Uint8Array;

export const systemRandom: Random = (length) => new Uint8Array(randomBytes(length));
