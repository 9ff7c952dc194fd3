import type { CryptoEngine } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTrustState } from '../../../src/features/trust/state/trust-state.ts';
import { paperAuthority } from './paper-authority.ts';
import { startTrust, type TrustBench } from './trust-bench.ts';

let bench: TrustBench;
beforeAll(async () => {
  const paper = await paperAuthority('paper');
  const list = await paper.list();
  bench = await startTrust({
    fetch: async () => ({ outcome: 'ok', bytes: list, etag: undefined, lastModified: undefined }),
  });
  await bench.trust.seed(paper.seed());
  await bench.trust.desk.refresh('paper');
});
afterAll(() => bench.close());

/** An engine that gives no verdict until it is let go. */
function heldBack() {
  const engine = nodeCryptoEngine();
  let [letGo, ask] = [() => {}, () => {}];
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const verify: CryptoEngine['verify'] = async (...question) => {
    ask();
    await gate;
    return engine.verify(...question);
  };
  return { engine: { ...engine, verify }, asked, letGo: () => letGo() };
}

test('whoever has changed something sees it, although the store was being read at that moment', async () => {
  const { engine, asked, letGo } = heldBack();
  const state = createTrustState({ database: bench.infra.database, engine });
  const begun = state.refresh();
  // The authorities have been read, and their lists are being verified.
  await asked;
  await bench.trust.seed((await paperAuthority('later')).seed());
  const mine = state.refresh();
  letGo();
  expect([...(await begun).records.keys()]).toEqual(['paper']);
  expect([...(await mine).records.keys()].sort()).toEqual(['later', 'paper']);
});
