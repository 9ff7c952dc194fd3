import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toHex, utf8 } from '@hufu/kernel';
import { parseCheckpoint, parseLeaf, sshSubmitterKeys } from '@hufu/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newLog } from './support/log.ts';
import { serveSigsumLog } from './support/sigsum-log.ts';
import { isInstalled } from './support/tool.ts';

/** Debian bookworm-backports, package sigsum-go. */
const MONITOR = 'sigsum-monitor';

const SIZE = 700;
const log = await newLog({ size: SIZE });
const { text } = parseCheckpoint(await log.checkpoint()).note;
const signature = await log.log.sign(utf8(text));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-monitor-'));
  await writeFile(path.join(folder, 'keys.pub'), sshSubmitterKeys(log.policy));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the monitor until it has said what is awaited, or has given up. */
async function watch(leaves: readonly Uint8Array[], awaited: RegExp): Promise<string> {
  const served = await serveSigsumLog({ leaves, prover: log.tree.prover, root: log.tree.root, signature });
  const policy = path.join(folder, 'policy');
  await writeFile(policy, `log ${toHex(log.log.publicKey)} ${served.url}\nquorum none\n`);
  const child = spawn(MONITOR, ['--policy', policy, '--interval', '1s', path.join(folder, 'keys.pub')]);
  let output = '';
  const done = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => {
        output += part;
        if (awaited.test(output)) resolve();
      });
    child.once('exit', () => resolve());
    setTimeout(resolve, 20_000).unref();
  });
  await done;
  child.kill('SIGKILL');
  await served.close();
  return output;
}

describe.skipIf(!isInstalled(MONITOR))('sigsum-monitor, which we did not write', () => {
  const last = toHex(parseLeaf(log.leaves[SIZE - 1]!).checksum);

  test('walks all of our leaves and finds each of the submitter’s', async () => {
    const output = await watch(log.leaves, new RegExp(last));
    expect(output).not.toMatch(/FATA|ERRO/);
    for (const leaf of log.leaves) expect(output).toContain(toHex(parseLeaf(leaf).checksum));
  });

  test('finds a leaf that is not the one in the tree', async () => {
    const output = await watch(log.leaves.with(500, log.leaves[499]!), /FATA|not valid/);
    expect(output).toMatch(/proof not valid/);
  });
});
