import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chain, startChain } from './support/chain.ts';
import { bind, settled } from './support/holder.ts';
import { createInstallation, type Installation } from './support/installation.ts';
import { pause, START_WITHIN_MS } from './support/programs.ts';

const ROUNDS = 3;
const ANCHORED_WITHIN_MS = 60_000;

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

type Published = { readonly origin: string; readonly size: number; readonly root: string };

/** The newest checkpoint as everybody gets it. */
async function published(): Promise<Published> {
  const note = await (await fetch(`${hub.base}/log/checkpoint`)).text();
  const [origin = '', size = '', root = ''] = note.split('\n');
  return { origin, size: Number(size), root };
}

/** The chain's head and the log's, once the log is larger than it was and the chain is where it is; or as they are then. */
async function anchoredHead(before: number): Promise<readonly [Published, Published]> {
  const until = Date.now() + ANCHORED_WITHIN_MS;
  for (;;) {
    const ours = await published();
    const theirs = { origin: ours.origin, ...(await chain.head(ours.origin)) };
    // A log that grew between the two questions is asked again.
    const isThere = ours.size > before && theirs.size === ours.size;
    if (isThere || Date.now() > until) return [theirs, ours];
    await pause(200);
  }
}

/** Something worth recording. */
async function bindOne(): Promise<void> {
  const browser = hub.browser();
  await settled(browser, await bind(browser, await hub.enterprise()));
}

test('the contract on the chain is the release’s, and a publisher that its owner has not admitted gets nothing in', async () => {
  expect(await chain.checkContract()).toContain('that of this release');
  await bindOne();
  await pause(3_000);
  const { origin, size } = await published();
  expect(size).toBeGreaterThan(0);
  expect((await chain.head(origin)).size).toBe(0);
});

test('once admitted, what the log publishes is what the chain holds, through kill -9 at any moment', async () => {
  await chain.admit((await hub.command('anchor-contract', 'address')).trim());
  let anchored = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const [theirs, ours] = await anchoredHead(anchored);
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
