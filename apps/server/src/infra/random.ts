import { randomBytes } from 'node:crypto';
import type { RandomBytes } from '@hufu/kernel';

/** The system's unpredictable bytes, for whoever takes a `RandomBytes`. */
export const systemRandom: RandomBytes = (length) => new Uint8Array(randomBytes(length));
