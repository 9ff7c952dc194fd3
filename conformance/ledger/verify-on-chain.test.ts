import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type BundleAnchor,
  buildPolicy,
  formatBundle,
  formatTlogProof,
  parseCheckpoint,
  signCheckpoint,
  sigsumProof,
} from '@hufu/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtFile, freePort } from '../support/programs.ts';
import { CHAIN_ID, hasChain, startChain } from './support/chain.ts';
import { newLog } from './support/log.ts';
import { runTool } from './support/tool.ts';

const sha256 = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());

describe.skipIf(!hasChain)('hufu verify --rpc, against the contract on a real node', () => {
  let chain: Awaited<ReturnType<typeof startChain>>;
  let folder: string;
  let anchor: BundleAnchor;
  let log: Awaited<ReturnType<typeof newLog>>;
  let policy: string;

  beforeAll(async () => {
    chain = await startChain();
    folder = await mkdtemp(path.join(tmpdir(), 'hufu-chain-'));
    log = await newLog();
    const note = await log.checkpoint();
    const { origin, size, root } = parseCheckpoint(note);
    const place = await chain.anchor({ origin: sha256(origin), size, root, noteHash: sha256(note) });
    const hashes = await log.tree.prover.inclusion(9, size);
    const proof = formatTlogProof({ index: 9, hashes, note });
    anchor = { proof, chainId: CHAIN_ID, contract: chain.contract, ...place };
    policy = path.join(folder, 'policy.json');
    const chains = [{ chainId: CHAIN_ID, name: '测试链', contract: chain.contract }];
    await writeFile(policy, buildPolicy({ ...log.policy, chains }));
  });
  afterAll(async () => {
    await chain?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function verify(change: Partial<BundleAnchor> = {}, node = chain.url) {
    const proof = await log.proof(9);
    const { key } = log.policy.logs[0]!;
    const bundle = {
      statement: log.statements[9]!.bytes,
      disclosures: [],
      leaf: log.leaves[9]!,
      proof,
      sigsumProof: sigsumProof({ leaf: log.leaves[9]!, proof, log: key, witnesses: [] }),
      timeStamps: [],
      anchors: [{ ...anchor, ...change }],
    };
    const file = path.join(folder, 'bundle.json');
    await writeFile(file, formatBundle(bundle));
    const args = [
      builtFile('verifier', 'hufu-verify.mjs'),
      'verify',
      file,
      '--policy',
      policy,
      '--rpc',
      node,
      '--json',
    ];
    const { status, output } = await runTool({ program: process.execPath, args });
    const { outcome, anchors } = JSON.parse(output) as {
      outcome: string;
      anchors: { state: string; reason?: string }[];
    };
    return { status, outcome, state: anchors[0]?.state, reason: anchors[0]?.reason };
  }

  test('the checkpoint that the chain holds is confirmed', async () => {
    expect(await verify()).toEqual({ status: 0, outcome: 'valid', state: 'valid', reason: undefined });
  });

  test('a checkpoint that the chain does not hold is refused', async () => {
    const root = await log.tree.prover.root(100);
    const note = await signCheckpoint({ size: 100, root }, { log: log.log });
    const hashes = await log.tree.prover.inclusion(9, 100);
    const answer = await verify({ proof: formatTlogProof({ index: 9, hashes, note }) });
    expect(answer).toMatchObject({ status: 1, outcome: 'invalid', reason: 'ANCHOR_NOT_ON_CHAIN' });
  });

  test('another block, or another note of the same tree, is refused', async () => {
    const wrong = { status: 1, outcome: 'invalid', reason: 'ANCHOR_DIFFERS' };
    expect(await verify({ blockNumber: anchor.blockNumber + 1 })).toMatchObject(wrong);
    const lines = anchor.proof.trimEnd().split('\n');
    expect(await verify({ proof: `${lines.slice(0, -1).join('\n')}\n` })).toMatchObject(wrong);
  });

  test('a node that is not there, or of another chain, confirms nothing', async () => {
    const unknown = { status: 1, outcome: 'valid', state: 'indeterminate', reason: 'ANCHOR_NODE' };
    expect(await verify({}, `http://127.0.0.1:${await freePort()}`)).toMatchObject(unknown);
  });
});
