import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWeakPin } from '../../src/certificates/weak-pin.ts';

test('OD-38: a PIN that is guessed first is refused', () => {
  for (const pin of ['000000', '123456', '87654321', '121212', '123123', '890123']) {
    expect(isWeakPin(pin), pin).toBe(true);
  }
});

test('an ordinary PIN is not', () => {
  for (const pin of ['274915', '190573', '1234561', '112233']) expect(isWeakPin(pin), pin).toBe(false);
});

test('one digit repeated is weak in every allowed length', () => {
  fc.assert(
    fc.property(fc.constantFrom(...'0123456789'), fc.integer({ min: 6, max: 16 }), (digit, length) =>
      isWeakPin(digit.repeat(length)),
    ),
  );
});
