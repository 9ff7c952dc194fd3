import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeSm2Spki } from '@hufu/gm';
import { concatBytes, fromHex, utf8 } from '@hufu/kernel';
import { type NoteKey, parseCheckpoint, signaturesOf } from '@hufu/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newLog } from './support/log.ts';
import { runTool } from './support/tool.ts';

const log = await newLog({ size: 5 });
const { key, sm2 } = log.policy.logs[0]!;
const { note } = parseCheckpoint(await log.checkpoint());

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-openssl-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What `openssl pkeyutl` says of the checkpoint's line under this key. */
async function judge(of: NoteKey, text = note.text) {
  const spki =
    of.kind === 'sm2'
      ? encodeSm2Spki(of.publicKey)
      : concatBytes(fromHex('302a300506032b6570032100'), of.publicKey);
  const [signature] = signaturesOf(note, of);
  const files = { 'key.der': spki, signature: signature!.signature, text: utf8(text) };
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  const sm3 = of.kind === 'sm2' ? ['-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'] : [];
  const input = ['-pubin', '-keyform', 'DER', '-inkey', 'key.der', '-sigfile', 'signature', '-in', 'text'];
  return runTool({
    program: 'openssl',
    args: ['pkeyutl', '-verify', '-rawin', ...sm3, ...input],
    cwd: folder,
  });
}

test.each([
  ['Ed25519', key],
  ['SM2', sm2!],
])('OpenSSL verifies the %s line of a checkpoint, and not for another text', async (_, of) => {
  const { status, output } = await judge(of);
  expect([status, output.trim()]).toEqual([0, 'Signature Verified Successfully']);
  expect((await judge(of, note.text.replace('\n5\n', '\n6\n'))).status).not.toBe(0);
});
