import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sigsumPolicy, sigsumProof, sshSubmitterKeys } from '@hufu/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { edited, newLog } from './support/log.ts';
import { isInstalled, runTool } from './support/tool.ts';

const log = await newLog();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-sigsum-'));
  await writeFile(path.join(folder, 'policy'), sigsumPolicy(log.policy));
  await writeFile(path.join(folder, 'keys.pub'), sshSubmitterKeys(log.policy));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const proofOf = async (index: number, count = 2) =>
  sigsumProof({
    leaf: log.leaves[index]!,
    proof: await log.proof(index, count),
    log: log.policy.logs[0]!.key,
    witnesses: log.policy.witnesses.map(({ key }) => key),
  });

async function verify(proof: string, statement: Uint8Array) {
  const file = path.join(folder, 'proof');
  await writeFile(file, proof);
  const args = ['--key', path.join(folder, 'keys.pub'), '--policy', path.join(folder, 'policy'), file];
  return runTool({ program: 'sigsum-verify', args, input: statement });
}

/** Debian bookworm-backports, package sigsum-go: https://packages.debian.org/bookworm-backports/sigsum-go */
describe.skipIf(!isInstalled('sigsum-verify'))('sigsum-verify, which we did not write', () => {
  test.each([0, 1, 255, 256, 299])('accepts the proof of leaf %i with the statement', async (index) => {
    const { status, output } = await verify(await proofOf(index), log.statements[index]!.bytes);
    expect(output).toBe('');
    expect(status).toBe(0);
  });

  test('accepts the only leaf of a log', async () => {
    const lone = await newLog({ size: 1, witnesses: 1, quorum: 1 });
    await writeFile(path.join(folder, 'lone-policy'), sigsumPolicy(lone.policy));
    await writeFile(path.join(folder, 'lone-keys.pub'), sshSubmitterKeys(lone.policy));
    const witnesses = lone.policy.witnesses.map(({ key }) => key);
    const proof = sigsumProof({
      leaf: lone.leaves[0]!,
      proof: await lone.proof(0),
      log: lone.policy.logs[0]!.key,
      witnesses,
    });
    const file = path.join(folder, 'lone-proof');
    await writeFile(file, proof);
    const args = [
      '--key',
      path.join(folder, 'lone-keys.pub'),
      '--policy',
      path.join(folder, 'lone-policy'),
      file,
    ];
    const { status, output } = await runTool({
      program: 'sigsum-verify',
      args,
      input: lone.statements[0]!.bytes,
    });
    expect([status, output]).toEqual([0, '']);
  });

  test('refuses an edited statement', async () => {
    const { status } = await verify(await proofOf(7), edited(log.statements[7]!.bytes));
    expect(status).not.toBe(0);
  });

  test('refuses the statement of another leaf', async () => {
    const { status } = await verify(await proofOf(7), log.statements[8]!.bytes);
    expect(status).not.toBe(0);
  });

  test('refuses too few cosignatures', async () => {
    const { status, output } = await verify(await proofOf(7, 1), log.statements[7]!.bytes);
    expect(status).not.toBe(0);
    expect(output).toMatch(/cosignature|quorum/i);
  });

  test('refuses another index', async () => {
    const proof = (await proofOf(7)).replace('leaf_index=7', 'leaf_index=6');
    const { status, output } = await verify(proof, log.statements[7]!.bytes);
    expect(status).not.toBe(0);
    expect(output).toMatch(/root mismatch|inclusion/i);
  });

  test('refuses a tree head that the log did not sign', async () => {
    const proof = (await proofOf(7)).replace('size=300', 'size=301');
    const { status } = await verify(proof, log.statements[7]!.bytes);
    expect(status).not.toBe(0);
  });
});
