import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chain, startChain } from './support/chain.ts';
import { bind, settled } from './support/holder.ts';
import { createInstallation, type Installation } from './support/installation.ts';
import { pause, START_WITHIN_MS } from './support/programs.ts';
import { anchoredHead, published } from './support/published-log.ts';

const ROUNDS = 2;

let chain: Chain;
let hub: Installation;
beforeAll(async () => {
  chain = await startChain();
  hub = await createInstallation({
    authorities: [{ id: 'hetao', algorithm: 'p256', vendor: 'c' }],
    env: chain.settings,
  });
}, START_WITHIN_MS);
afterAll(async () => {
  await hub?.close();
  await chain?.close();
});

/** Something worth recording. */
async function bindOne(): Promise<void> {
  const browser = hub.browser();
  await settled(browser, await bind(browser, await hub.enterprise()));
}

test('the contract on the chain is the release’s, and a publisher that its owner has not admitted gets nothing in', async () => {
  expect(await chain.checkContract()).toContain('that of this release');
  await bindOne();
  // It tries, and is told so.
  await expect.poll(() => hub.server().output()).toContain('ANCHOR_NOT_ALLOWED');
  const { origin, size } = await published(hub.base);
  expect(size).toBeGreaterThan(0);
  expect((await chain.head(origin)).size).toBe(0);
});

test('once admitted, what the log publishes is what the chain holds, through kill -9 at any moment', async () => {
  await chain.admit((await hub.command('anchor-contract', 'address')).trim());
  let anchored = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const [theirs, ours] = await anchoredHead({ chain, base: hub.base }, anchored);
    expect(theirs).toEqual(ours);
    expect(theirs.size).toBeGreaterThan(anchored);
    anchored = theirs.size;
    const stamp = await chain.stamp(ours.origin, ours.size);
    expect(Buffer.from(stamp.root, 'hex').toString('base64')).toBe(ours.root);
    expect(stamp.noteHash).toMatch(/^(?!0{64})[0-9a-f]{64}$/);
    await bindOne();
    await pause(400 * round);
    await hub.server().kill();
    await hub.start();
  }
});
