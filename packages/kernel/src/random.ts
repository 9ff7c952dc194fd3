import { kernelError } from './errors.ts';

/** A source of secure random bytes, passed in by whoever has one: Node's `randomBytes`, a browser's `getRandomValues`. */
export type RandomBytes = (length: number) => Uint8Array;

/** Takes bytes from the source and refuses what is plainly broken. @throws RANDOM_SOURCE */
export function drawRandom(random: RandomBytes, length: number): Uint8Array {
  const bytes = random(length);
  const constant = length >= 16 && bytes.every((byte) => byte === bytes[0]);
  if (bytes.length !== length || constant) throw kernelError('RANDOM_SOURCE');
  return bytes;
}
