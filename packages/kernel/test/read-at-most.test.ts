import { expect, test } from 'vitest';
import { readAtMost } from '../src/index.ts';

/** An answer of endless blocks of a hundred bytes; counts those that were asked for. */
function endless(headers: Record<string, string> = {}) {
  const seen = { blocks: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        seen.blocks += 1;
        controller.enqueue(new Uint8Array(100));
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, answer: new Response(body, { headers }) };
}

test('a body is read to its end, up to the last byte that is allowed', async () => {
  const text = new TextEncoder().encode('0123456789');
  expect(await readAtMost(new Response(text), 10)).toEqual(text);
  expect(await readAtMost(new Response(text), 9)).toBeUndefined();
  expect(await readAtMost(new Response(null), 0)).toEqual(new Uint8Array());
});

test('a body without an end is left at the first byte too many', async () => {
  const { seen, answer } = endless();
  expect(await readAtMost(answer, 250)).toBeUndefined();
  expect(seen).toEqual({ blocks: 3, cancelled: true });
});

test('what announces too much is not read at all; what announces too little gains nothing by it', async () => {
  const honest = endless({ 'content-length': '1000' });
  expect(await readAtMost(honest.answer, 250)).toBeUndefined();
  expect(honest.seen).toEqual({ blocks: 0, cancelled: true });
  const liar = endless({ 'content-length': '10' });
  expect(await readAtMost(liar.answer, 250)).toBeUndefined();
  expect(liar.seen.blocks).toBe(3);
});

test('a body that breaks off is an error, not a short answer', async () => {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(5)),
    pull: () => Promise.reject(new Error('connection lost')),
  });
  await expect(readAtMost(new Response(body), 250)).rejects.toThrow('connection lost');
});
