import { toBase64 } from '@hufu/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceCode } from '../../src/devices/device-code.ts';

const key = (fill: number) => toBase64(new Uint8Array(65).fill(fill));

test('five groups of four digits, the same wherever the keys are the same', () => {
  const keys = { signingKey: key(1), agreementKey: key(2) };
  expect(deviceCode(keys)).toEqual(deviceCode({ ...keys }));
  for (const group of deviceCode(keys)) expect(group).toMatch(/^\d{4}$/);
  expect(deviceCode(keys)).toHaveLength(5);
});

test('another key of either kind, or both exchanged, shows another code', () => {
  const code = deviceCode({ signingKey: key(1), agreementKey: key(2) }).join('');
  expect(deviceCode({ signingKey: key(2), agreementKey: key(1) }).join('')).not.toBe(code);
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 255 }), (other) => {
      expect(deviceCode({ signingKey: key(other), agreementKey: key(2) }).join('')).not.toBe(code);
      expect(deviceCode({ signingKey: key(1), agreementKey: key(other) }).join('')).not.toBe(code);
    }),
    { numRuns: 40 },
  );
});
