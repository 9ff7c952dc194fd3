import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fromHex } from '@hufu/kernel';
import {
  formatTlogProof,
  formatVkey,
  type LogPolicy,
  type NoteKey,
  noteKey,
  parseCheckpoint,
  parseSignature,
  parseVkey,
  sigsumOrigin,
  sigsumPolicy,
  sigsumProof,
  sshSubmitterKeys,
  verifyCosignature,
} from '@hufu/ledger';
import { nodeLedgerCrypto } from '@hufu/ledger/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtFile, freePort, type Running, startProgram } from '../support/programs.ts';
import { addCheckpoint, freshSigners, type PaperLog, paperLog, sshPublicKey } from './paper-log.ts';

const SIZE = 300;
const crypto = nodeLedgerCrypto();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-witness-'));
const inFolder = (name: string) => path.join(folder, name);

type Peer = { readonly url: string; readonly key: NoteKey; running: Running; start(): Promise<Running> };
type PeerName = 'ours' | 'theirs';
const peers = {} as Record<PeerName, Peer>;

let log: PaperLog;
/** Another tree under the log's own, stolen key. */
let fork: PaperLog;
let logKey: NoteKey;

async function ours(): Promise<Peer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    WITNESS_NAME: 'w1.hufu.example',
    WITNESS_PORT: String(port),
    WITNESS_DATA: inFolder('ours'),
    WITNESS_LOGS: formatVkey(logKey),
  };
  const program = builtFile('witness', 'main.js');
  const vkey = execFileSync(process.execPath, [program, 'vkey'], { env, encoding: 'utf8' }).trim();
  const start = () =>
    startProgram({ command: process.execPath, args: [program], env, ready: `${url}/healthz` });
  return { url, key: parseVkey(vkey), running: await start(), start };
}

async function theirs(): Promise<Peer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [key, logFile] = [inFolder('theirs'), inFolder('log.pub')];
  execFileSync('sigsum-key', ['generate', '-o', key]);
  fs.writeFileSync(logFile, sshPublicKey(log.signer.publicKey));
  const hex = execFileSync('sigsum-key', ['to-hex', '-k', `${key}.pub`], { encoding: 'utf8' }).trim();
  const publicKey = fromHex(hex);
  const keyHash = createHash('sha256').update(publicKey).digest('hex');
  const args = ['-k', key, '--log-key', logFile, '--state-file', inFolder('state'), `127.0.0.1:${port}`];
  // Debian builds it without modules: Go would route as before 1.22 and answer every request with 404.
  const env = { GODEBUG: 'httpmuxgo121=0' };
  const start = () => startProgram({ command: 'sigsum-witness', args, env, ready: url, anyAnswer: true });
  const name = `sigsum.org/v1/witness/${keyHash}`;
  return { url, key: noteKey('cosignature', name, publicKey), running: await start(), start };
}

beforeAll(async () => {
  const signers = freshSigners();
  log = await paperLog(signers, { size: SIZE });
  fork = await paperLog(signers, { size: SIZE, fork: 'fork ' });
  logKey = noteKey('ed25519', sigsumOrigin(signers.signer.publicKey), signers.signer.publicKey);
  peers.ours = await ours();
  peers.theirs = await theirs();
});
afterAll(async () => {
  await Promise.all(Object.values(peers).map(({ running }) => running.stop()));
  fs.rmSync(folder, { recursive: true, force: true });
});

const ask = async (peer: Peer, from: PaperLog, [old, size]: readonly [number, number]) =>
  addCheckpoint(peer.url, {
    old,
    proof: await from.prover.consistency(old, size),
    note: await from.note(size),
  });

describe.each(['ours', 'theirs'] as const)('c2sp.org/tlog-witness, %s', (name) => {
  const peer = () => peers[name];

  test('cosigns a tree that grows, again and again', async () => {
    for (const [old, size] of [
      [0, 100],
      [100, 100],
      [100, 257],
    ] as const) {
      const answer = await ask(peer(), log, [old, size]);
      expect(answer.status, answer.text).toBe(200);
      const { note } = parseCheckpoint(await log.note(size));
      const signed = { text: note.text, signatures: [parseSignature(answer.text)] };
      expect(await verifyCosignature(signed, peer().key, crypto)).toMatchObject({ state: 'valid' });
    }
  });

  test('tells a log that was restored from a backup how far it had been', async () => {
    for (const [old, size] of [
      [0, 200],
      [100, 200],
      [0, 257],
    ] as const) {
      expect(await ask(peer(), log, [old, size])).toMatchObject({ status: 409, type: 'text/x.tlog.size' });
      expect((await ask(peer(), log, [old, size])).text.trim()).toBe('257');
    }
  });

  test('refuses a fork that the log itself signed, of the same size and grown', async () => {
    expect((await ask(peer(), fork, [257, 257])).status).toBe(422);
    expect((await ask(peer(), fork, [257, 300])).status).toBe(422);
    const wrongProof = { old: 257, proof: await log.prover.consistency(256, 300), note: await log.note(300) };
    expect((await addCheckpoint(peer().url, wrongProof)).status).toBe(422);
  });

  test('refuses a wrong signature, an unknown log and garbage', async () => {
    const note = await log.note(257);
    const proof = await log.prover.consistency(257, 257);
    const stranger = await paperLog(freshSigners(), { size: 3 });
    // The same key ID before other bytes. A letter at the very end of base64 may say nothing, or what it must not.
    const forged = note.replace(/..(.{9}\n)$/, (end, rest) => `${end.startsWith('AA') ? 'BB' : 'AA'}${rest}`);
    expect((await addCheckpoint(peer().url, { old: 257, proof, note: forged })).status).toBe(403);
    expect((await ask(peer(), stranger, [0, 3])).status).toBe(404);
    for (const body of ['', 'old 1\n', 'old -1\n\nx', `old 300\n\n${note}`, `old 257\nzz\n\n${note}`]) {
      const answer = await fetch(`${peer().url}/add-checkpoint`, { method: 'POST', body });
      expect(answer.status, body.slice(0, 10)).toBe(400);
    }
  });

  test('remembers what it has cosigned across a kill -9', async () => {
    await peer().running.kill();
    peer().running = await peer().start();
    expect((await ask(peer(), log, [0, 300])).text.trim()).toBe('257');
    expect((await ask(peer(), log, [257, 300])).status).toBe(200);
  });
});

test('two that ask at once do not both get a cosignature from the same head', async () => {
  const signers = freshSigners();
  const data = inFolder('racing');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const key = noteKey('ed25519', sigsumOrigin(signers.signer.publicKey), signers.signer.publicKey);
  const running = await startProgram({
    command: process.execPath,
    args: [builtFile('witness', 'main.js')],
    env: {
      WITNESS_NAME: 'w2.hufu.example',
      WITNESS_PORT: String(port),
      WITNESS_DATA: data,
      WITNESS_LOGS: formatVkey(key),
    },
    ready: `${url}/healthz`,
  });
  try {
    const branches = await Promise.all(
      Array.from({ length: 8 }, (_, at) => paperLog(signers, { size: 4, fork: `branch ${at} ` })),
    );
    const answers = await Promise.all(
      branches.map(async (branch) => addCheckpoint(url, { old: 0, proof: [], note: await branch.note(4) })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
  } finally {
    await running.stop();
  }
});

test('sigsum-verify takes the cosignatures of both for a quorum, and neither alone', async () => {
  const policy: LogPolicy = {
    publisher: 'test',
    issuedAt: 0,
    logs: [{ key: logKey, sm2: undefined }],
    submitters: [{ name: 'test', publicKey: log.submitter.publicKey }],
    witnesses: Object.entries(peers).map(([operator, { key }]) => ({ operator, key })),
    quorum: 2,
    timeStampRoots: [],
    chains: [],
  };
  fs.writeFileSync(inFolder('policy'), sigsumPolicy(policy));
  fs.writeFileSync(inFolder('submitter.pub'), sshSubmitterKeys(policy));
  const lines = await Promise.all(
    Object.values(peers).map(async (peer) => (await ask(peer, log, [300, 300])).text),
  );
  const index = 123;
  const hashes = await log.prover.inclusion(index, SIZE);
  const verify = async (cosignatures: readonly string[], statement: Uint8Array) => {
    const proof = formatTlogProof({ index, hashes, note: (await log.note(SIZE)) + cosignatures.join('') });
    const witnesses = Object.values(peers).map(({ key }) => key);
    fs.writeFileSync(
      inFolder('proof'),
      sigsumProof({ leaf: log.leaves[index]!, proof, log: logKey, witnesses }),
    );
    const args = ['-k', inFolder('submitter.pub'), '-p', inFolder('policy'), inFolder('proof')];
    return execFileSync('sigsum-verify', args, { input: statement, stdio: ['pipe', 'pipe', 'pipe'] });
  };
  await verify(lines, log.statements[index]!);
  await expect(verify(lines.slice(0, 1), log.statements[index]!)).rejects.toThrow();
  await expect(verify(lines.slice(1), log.statements[index]!)).rejects.toThrow();
  await expect(verify(lines, log.statements[index + 1]!)).rejects.toThrow();
});
