import { openSslSm2 } from '@hufu/gm/node';
import { utf8 } from '@hufu/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestDevice } from '../support/device.ts';
import { random, type TestVault, testVault } from '../support/vault.ts';

const engine = openSslSm2(random);
let vault: TestVault;
beforeEach(async () => {
  vault = await testVault();
});
afterEach(() => vault.close());

test('two halves make a signature that OpenSSL verifies; several under one PIN (SIGN-005)', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const messages = [utf8('one'), utf8('two'), utf8('three')];
  const signatures = await device.sign(kept, messages);
  expect(signatures.map((made, i) => engine.verify(kept.half.publicKey, messages[i]!, made))).toEqual([
    true,
    true,
    true,
  ]);
  const [again] = await device.sign(kept, [utf8('four')]);
  expect(engine.verify(kept.half.publicKey, utf8('four'), again!)).toBe(true);
});
