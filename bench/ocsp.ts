import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { encodeSm2Pkcs8, generateSm2KeyPair } from '@hufu/gm';
import { fromBase64, toBase64, toPem } from '@hufu/kernel';
import {
  buildCertId,
  buildCertificationRequest,
  buildName,
  buildOcspRequest,
  parseCertificate,
  parseOcspResponse,
} from '@hufu/pki';
import { nodeCryptoEngine, nodeSigner } from '@hufu/pki/node';
import type { BenchResult } from './lib/measure.ts';
import { answersPerSecond, type Load } from './lib/ocsp-load.ts';

const ROUNDS = 3;
const CERTIFICATES = 8;
const TOKEN = 'bench-bench-bench-bench';
const PASSPHRASE = 'bench only';

type Algorithm = 'rsa' | 'p256' | 'sm2';
type Issued = {
  readonly serialHex: string;
  readonly certificate: string;
  readonly chain: readonly [string, string];
};

function newKey(algorithm: Algorithm): Uint8Array {
  if (algorithm === 'sm2') return encodeSm2Pkcs8(generateSm2KeyPair(randomBytes).privateKey);
  const { privateKey } =
    algorithm === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
}

async function issueOne(baseUrl: string, algorithm: Algorithm): Promise<Issued> {
  const subject = buildName([{ oid: '2.5.4.3', text: 'bench' }]);
  const csr = await buildCertificationRequest({ subject }, nodeSigner(newKey(algorithm)));
  const answer = await fetch(`${baseUrl}/admin/certificates`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ csr: toBase64(csr), holder: { kind: 'individual', personName: 'bench' } }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  return (await answer.json()) as Issued;
}

/** The built authority as a process of its own, so that load and answers do not share a thread. */
async function startAuthority(
  folder: string,
  algorithm: Algorithm,
): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort();
  const env = {
    CA_DATA: join(folder, 'data'),
    CA_NAME: 'bench',
    CA_PASSPHRASE: PASSPHRASE,
    CA_ADMIN_TOKEN: TOKEN,
    CA_KEY_ITERATIONS: '10000',
    CA_ALGORITHM: algorithm,
    CA_PORT: String(port),
  };
  const entry = fileURLToPath(new URL('../ca/main.js', import.meta.url));
  const child = spawn(process.execPath, [entry], { env, stdio: 'ignore' });
  for (let tries = 0; tries < 300; tries++) {
    const up = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (up?.ok === true) return { port, child };
    await wait(100);
  }
  child.kill('SIGKILL');
  throw new Error('The authority does not start');
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A responder of openssl's for the same certificates, with the authority's own responder key. */
async function startOpenSsl(
  folder: string,
  issued: readonly Issued[],
): Promise<{ port: number; child: ChildProcess }> {
  const data = join(folder, 'data');
  const index = issued.map(
    ({ serialHex }, i) => `V\t301231235959Z\t\t${serialHex.toUpperCase()}\tunknown\t/CN=bench ${i}\n`,
  );
  await writeFile(join(folder, 'index.txt'), index.join(''));
  await writeFile(join(folder, 'ca.pem'), toPem('CERTIFICATE', fromBase64(issued[0]!.chain[0])));
  const run = (...args: string[]) => promisify(execFile)('openssl', args, { cwd: folder });
  await run('pkey', '-in', join(data, 'keys/ocsp.key'), '-passin', `pass:${PASSPHRASE}`, '-out', 'r.key');
  await run('x509', '-inform', 'DER', '-in', join(data, 'ocsp.cer'), '-out', 'r.pem');
  const port = await freePort();
  const args = ['ocsp', '-index', 'index.txt', '-port', String(port), '-CA', 'ca.pem', '-nmin', '60'];
  const responder = ['-rsigner', 'r.pem', '-rkey', 'r.key', '-ignore_err'];
  const child = spawn('openssl', [...args, ...responder], { cwd: folder, stdio: 'ignore' });
  return { port, child };
}

/** Proves that what is about to be measured gives right answers; waits for a responder that is starting. */
async function assertAnswers(port: number, path: string, request: Uint8Array): Promise<void> {
  const ask = () =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request' },
      body: Buffer.from(request),
    }).catch(() => undefined);
  for (let tries = 0; tries < 100; tries++) {
    const answer = await ask();
    if (answer === undefined) {
      await wait(100);
      continue;
    }
    const { basic } = parseOcspResponse(new Uint8Array(await answer.arrayBuffer()));
    if (basic?.responses[0]?.status.kind !== 'good') throw new Error('The responder gives a wrong answer');
    return;
  }
  throw new Error('The responder does not answer');
}

type Measured = { readonly ready: number; readonly live: number; readonly peer: number | undefined };

async function measure(algorithm: Algorithm): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-ocsp-'));
  const authority = await startAuthority(folder, algorithm);
  const baseUrl = `http://127.0.0.1:${authority.port}`;
  let peer: { port: number; child: ChildProcess } | undefined;
  try {
    const issued: Issued[] = [];
    for (let i = 0; i < CERTIFICATES; i++) issued.push(await issueOne(baseUrl, algorithm));
    const issuer = parseCertificate(fromBase64(issued[0]!.chain[0]));
    const engine = nodeCryptoEngine();
    const requests = (nonce?: Uint8Array): Uint8Array[] =>
      issued.map(({ certificate }) => {
        const { serial } = parseCertificate(fromBase64(certificate));
        const certIds = [buildCertId({ issuer, serial }, engine)];
        return buildOcspRequest({ certIds, ...(nonce === undefined ? {} : { nonce }) });
      });
    const { port } = authority;
    const ready: Load = { port, path: '/ocsp', requests: requests(), keep: true };
    const live: Load = { ...ready, requests: requests(randomBytes(16)) };
    await assertAnswers(port, '/ocsp', ready.requests[0]!);
    // openssl ocsp has no way to sign SM2 with the default ID.
    if (algorithm !== 'sm2') {
      peer = await startOpenSsl(folder, issued);
      await assertAnswers(peer.port, '/', ready.requests[0]!);
    }
    const best = { ready: 0, live: 0, peer: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      best.ready = Math.max(best.ready, await answersPerSecond(ready));
      best.live = Math.max(best.live, await answersPerSecond(live));
      if (peer === undefined) continue;
      best.peer = Math.max(
        best.peer,
        await answersPerSecond({ ...ready, port: peer.port, path: '/', keep: false }),
      );
    }
    return { ready: best.ready, live: best.live, peer: peer === undefined ? undefined : best.peer };
  } finally {
    peer?.child.kill('SIGKILL');
    authority.child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  }
}

/**
 * OCSP answers per second over connections that stay, beside `openssl ocsp`, which closes each one. Loopback; the load
 * comes from another process; runs alternate and the best of each counts. `ready` are answers that were signed before,
 * `live` carry a nonce and are signed one by one.
 */
export default async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const algorithm of ['p256', 'rsa', 'sm2'] as const) {
    const { ready, live, peer } = await measure(algorithm);
    const beside =
      peer === undefined
        ? () => ({})
        : (value: number) => ({ peer: 'openssl ocsp', peerValue: peer, ratio: value / peer });
    results.push({ metric: `OCSP ${algorithm}, ready`, value: ready, unit: 'answers/s', ...beside(ready) });
    results.push({ metric: `OCSP ${algorithm}, live`, value: live, unit: 'answers/s', ...beside(live) });
  }
  return results;
}
