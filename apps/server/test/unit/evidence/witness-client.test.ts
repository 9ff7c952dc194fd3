import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatVkey, noteKey, portableEd25519Signer, signCheckpoint } from '@hufu/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { witnessPanel } from '../../../src/features/evidence/witnesses/consult.ts';
import {
  httpWitnesses,
  type Witness,
  type WitnessAnswer,
} from '../../../src/features/evidence/witnesses/witness-client.ts';
import { readConfig } from '../../../src/infra/config/config.ts';
import { paperWitness } from '../../support/evidence/paper-witness.ts';

let server: http.Server;
let witness: Witness;
let note: string;
let answer: (response: http.ServerResponse) => void;
const paper = paperWitness('w1.example', 31);

beforeAll(async () => {
  note = await signCheckpoint(
    { size: 3, root: new Uint8Array(32).fill(9) },
    { log: portableEd25519Signer(new Uint8Array(32).fill(1)) },
  );
  server = http.createServer((request, response) => {
    request.resume().once('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  witness = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: paper.key };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = () => httpWitnesses(300)(witness, { old: 0, proof: [], note });
const says = async (status: number, text: string): Promise<WitnessAnswer> => {
  answer = (response) => response.writeHead(status).end(text);
  return ask();
};

test('a cosignature counts only when it verifies under the witness’s own key and over this checkpoint', async () => {
  const honest = await paper.answer({ old: 0, proof: [], note });
  if (honest.state !== 'cosigned') throw new Error('the paper witness is silent');
  expect(await says(200, honest.line)).toMatchObject({ state: 'cosigned', line: honest.line });
  const stranger = await paperWitness('w1.example', 32).answer({ old: 0, proof: [], note });
  expect(await says(200, stranger.state === 'cosigned' ? stranger.line : '')).toMatchObject({
    state: 'silent',
  });
  const other = paperWitness('w1.example', 31);
  const elsewhere = await signCheckpoint(
    { size: 4, root: new Uint8Array(32).fill(9) },
    { log: portableEd25519Signer(new Uint8Array(32).fill(1)) },
  );
  const replayed = await other.answer({ old: 0, proof: [], note: elsewhere });
  expect(await says(200, replayed.state === 'cosigned' ? replayed.line : '')).toMatchObject({
    state: 'silent',
  });
});

test('whatever else a witness says, too long, too late or garbage, is silence', async () => {
  expect(await says(409, '7\n')).toEqual({ state: 'elsewhere', size: 7 });
  expect(await says(422, '')).toEqual({ state: 'inconsistent' });
  for (const [status, text] of [
    [409, '-1'],
    [409, 'seven'],
    [409, '99999999999999999999'],
    [200, ''],
    [200, 'garbage\n'],
    [200, 'x'.repeat(10_000)],
    [403, ''],
    [500, ''],
    [302, ''],
  ] as const) {
    expect((await says(status, text)).state, `${status} ${text.slice(0, 10)}`).toBe('silent');
  }
  answer = () => {};
  expect((await ask()).state).toBe('silent');
});

test('a witness that sends us round in circles counts as silent', async () => {
  let asked = 0;
  const panel = witnessPanel({
    witnesses: [witness],
    ask: async () => ({ state: 'elsewhere', size: asked++ % 2 }),
    prover: { consistency: async () => [] },
  });
  const { cosigned, differs } = await panel.cosign({ size: 3, note });
  expect(cosigned).toEqual([]);
  expect(asked).toBeLessThan(5);
  expect(differs).toEqual([]);
  expect(await panel.check({ size: 3, note })).toBe(0);
});

test('settings: an address and a vkey each; by default more than half of them must have cosigned', () => {
  const read = (settings: Record<string, string>) =>
    readConfig({ HUFU_MODE: 'demo', ...settings }, () => '').witnesses;
  const one = (at: number) =>
    `https://w${at}.example/ ${formatVkey(noteKey('cosignature', `w${at}`, new Uint8Array(32).fill(at)))}`;
  expect(read({})).toEqual({ list: [], quorum: 0 });
  const three = read({ HUFU_WITNESSES: [1, 2, 3].map(one).join(', ') });
  expect(three.quorum).toBe(2);
  expect(three.list.map(({ url }) => url)).toEqual([
    'https://w1.example',
    'https://w2.example',
    'https://w3.example',
  ]);
  expect(read({ HUFU_WITNESSES: one(1), HUFU_WITNESS_QUORUM: '1' }).quorum).toBe(1);
  expect(() => read({ HUFU_WITNESSES: one(1), HUFU_WITNESS_QUORUM: '2' })).toThrow('CONFIG_INVALID');
  expect(() => read({ HUFU_WITNESSES: 'https://w1.example' })).toThrow('CONFIG_INVALID');
});
