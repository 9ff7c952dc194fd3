import { type ChildProcess, fork, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Attempt, InteractionDetails } from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import { type AuthStatement, authStatementBytes } from '@hufu/keybridge-client';
import { serveBareProvider } from './lib/bare-provider.ts';
import { type Answer, authorisation, expectStatus, redeem, Walker } from './lib/http-walker.ts';
import { type Client, type Holder, makeLoginWorld, USCC } from './lib/login-world.ts';
import { type BenchResult, median } from './lib/measure.ts';

const BARE = 'hufu-bench-bare-provider';
const ROUNDS = 3;
const LOGINS = 80;
const WARM_UP = 30;
const AT_ONCE = 8;
/** The load comes from one address, as from an office; the limits are not what is measured. */
const NO_LIMITS = Object.fromEntries(
  ['request', 'hub-challenge', 'hub-proof', 'hub-preview', 'oidc-authorise', 'oidc-token', 'oidc-client'].map(
    (name) => [name, { requests: 1_000_000, seconds: 1 }],
  ),
);

type Target = {
  first(): Promise<Walker>;
  again(walker: Walker): Promise<void>;
  /** Seconds of processor time so far. */
  cpu(): Promise<number>;
};
type Measured = { readonly perSecond: number; readonly cpuMs: number };

if (process.argv[2] === BARE) {
  await serveBareProvider(
    process.env['DATABASE_URL']!,
    JSON.parse(process.env['BENCH_CLIENTS']!) as Client[],
  );
}

/**
 * Logins over HTTP against the built server on a durable PostgreSQL: a real SM2 challenge, the verdict, both
 * confirmations, the code, the token. Beside it a bare oidc-provider in the same run, alternating.
 */
export default async function bench(): Promise<BenchResult[]> {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-bench-login-'));
  const postgres = await startPostgres();
  const world = await makeLoginWorld(data);
  const started: ChildProcess[] = [];
  try {
    const hub = await startHub({ data, databaseUrl: postgres.url, world, started });
    const bare = await startBare({ databaseUrl: postgres.url, clients: world.clients, started });
    const rounds: { hub: Record<'first' | 'again', Measured>; bare: Record<'first' | 'again', Measured> }[] =
      [];
    await round(hub, WARM_UP);
    await round(bare, WARM_UP);
    for (let at = 0; at < ROUNDS; at++) {
      rounds.push({ hub: await round(hub, LOGINS), bare: await round(bare, LOGINS) });
    }
    const result = (
      what: { kind: 'first' | 'again'; name: string },
      read: (one: Measured) => number,
      unit: string,
    ): BenchResult => {
      const value = median(rounds.map((one) => read(one.hub[what.kind])));
      const peerValue = median(rounds.map((one) => read(one.bare[what.kind])));
      return {
        metric: what.name,
        value,
        unit,
        peer: 'bare oidc-provider',
        peerValue,
        ratio: value / peerValue,
      };
    };
    return [
      result({ kind: 'first', name: 'first login, server CPU' }, (one) => one.cpuMs, 'ms'),
      result({ kind: 'again', name: 'SSO to the next platform, server CPU' }, (one) => one.cpuMs, 'ms'),
      result({ kind: 'first', name: 'first logins' }, (one) => one.perSecond, '/s'),
      result({ kind: 'again', name: 'SSO re-entries' }, (one) => one.perSecond, '/s'),
    ];
  } finally {
    for (const child of started) child.kill('SIGTERM');
    await Promise.all(started.map((child) => new Promise((done) => child.once('exit', done))));
    world.close();
    await postgres.stop();
    fs.rmSync(data, { recursive: true, force: true });
  }
}

async function round(target: Target, count: number): Promise<Record<'first' | 'again', Measured>> {
  const walkers: Walker[] = [];
  const first = await measure(target, count, async () => {
    walkers.push(await target.first());
  });
  const again = await measure(target, count, async (at) => target.again(walkers[at]!));
  return { first, again };
}

async function measure(
  target: Target,
  count: number,
  work: (at: number) => Promise<void>,
): Promise<Measured> {
  const cpuBefore = await target.cpu();
  const begun = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: count / seconds, cpuMs: (((await target.cpu()) - cpuBefore) * 1000) / count };
}

type HubOptions = {
  data: string;
  databaseUrl: string;
  world: { holder: Holder; clients: readonly [Client, Client] };
  started: ChildProcess[];
};

async function startHub({ data, databaseUrl, world, started }: HubOptions): Promise<Target> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const log = fs.openSync(path.join(data, 'server.log'), 'w');
  const main = fileURLToPath(new URL('../server/main.js', import.meta.url));
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env['PATH'],
      HUFU_MODE: 'demo',
      HUFU_PORT: String(port),
      HUFU_HOST: '127.0.0.1',
      HUFU_BASE_URL: base,
      HUFU_DATA: data,
      HUFU_LOG_LEVEL: 'warn',
      HUFU_RATE_LIMITS: JSON.stringify(NO_LIMITS),
      DATABASE_URL: databaseUrl,
    },
  });
  started.push(child);
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const serverLog = path.join(data, 'server.log');
  await until(() => new Walker(base, agent).ask('/readyz'), serverLog);
  const issuer = `${base}/oidc`;
  const { holder, clients } = world;
  // The revocation list is fetched in the background: until it is there, nobody is let in.
  await until(() => bind(new Walker(base, agent), holder), serverLog);
  const enter = async (walker: Walker, client: Client, logIn: boolean) => {
    const { url, verifier } = authorisation(issuer, client);
    const at = expectStatus(await walker.ask(url), 303).location!;
    const uid = at.split('/').at(-1)!;
    const shown = read<InteractionDetails>(await walker.ask(`/interaction/${uid}/details`), 200);
    // 「确认授权」 is a step of the page: 「确认登录」 names what was authorised.
    let authorised = shown.authorisation?.id;
    if (logIn) {
      const proof = await answerChallenge(walker, holder, 'login');
      authorised = read<Attempt>(await walker.json('/api/v1/hub/logins', proof), 201).admission?.id;
    }
    const confirmed = await walker.json(`/interaction/${uid}/confirm`, { authorisation: authorised });
    const { redirectTo: callback } = read<{ redirectTo: string }>(confirmed, 200);
    await redeem(walker, issuer, { callback, verifier, client });
  };
  return {
    async first() {
      const walker = new Walker(base, agent);
      await enter(walker, clients[0], true);
      return walker;
    },
    again: (walker) => enter(walker, clients[1], false),
    async cpu() {
      const { body } = await new Walker(base, agent).ask('/metrics');
      return Number(/^process_cpu_seconds_total ([\d.e+-]+)/m.exec(body)?.[1]);
    },
  };
}

const read = <T>(answer: Answer, status: number): T => JSON.parse(expectStatus(answer, status).body) as T;

async function bind(walker: Walker, holder: Holder): Promise<Answer> {
  const proof = await answerChallenge(walker, holder, 'bind');
  const fields = {
    uscc: USCC,
    regCity: '150100',
    legalRep: '测试人',
    phone: '13800138000',
    address: '内蒙古自治区呼和浩特市测试路1号',
    roles: ['BIDDER'],
  };
  return walker.json('/api/v1/hub/bindings', { proof, fields });
}

async function answerChallenge(walker: Walker, holder: Holder, act: AuthStatement['act']) {
  const answer = expectStatus(await walker.json('/api/v1/hub/challenges', { act }), 201);
  const challenge = JSON.parse(answer.body) as Omit<AuthStatement, 'certificateSha256'> & {
    challengeId: string;
  };
  const statement: AuthStatement = {
    act: challenge.act,
    origin: challenge.origin,
    challengeId: challenge.challengeId,
    nonce: challenge.nonce,
    audience: challenge.audience,
    issuedAt: challenge.issuedAt,
    certificateSha256: createHash('sha256').update(holder.certificate).digest('hex'),
  };
  return {
    challengeId: challenge.challengeId,
    certificate: toBase64(holder.certificate),
    signature: toBase64(await holder.signer.sign(authStatementBytes(statement))),
    mediaNo: null,
  };
}

type BareOptions = { databaseUrl: string; clients: readonly Client[]; started: ChildProcess[] };

async function startBare({ databaseUrl, clients, started }: BareOptions): Promise<Target> {
  const child = fork(fileURLToPath(import.meta.url), [BARE], {
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, BENCH_CLIENTS: JSON.stringify(clients) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  started.push(child);
  const { issuer } = await new Promise<{ issuer: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { issuer: string }));
    child.once('exit', (code) => reject(new Error(`bare provider ended with ${code}`)));
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const enter = async (walker: Walker, client: Client) => {
    const { url, verifier } = authorisation(issuer, client);
    let callback = url;
    while (callback.startsWith(issuer) || callback.startsWith('/')) {
      callback = expectStatus(await walker.ask(callback), 303).location!;
    }
    await redeem(walker, issuer, { callback, verifier, client });
  };
  return {
    async first() {
      const walker = new Walker(issuer, agent);
      await enter(walker, clients[0]!);
      return walker;
    },
    again: (walker) => enter(walker, clients[1]!),
    cpu: async () => Number((await new Walker(issuer, agent).ask('/cpu')).body),
  };
}

async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const tools = new URL('../../scripts/lib/postgres.mjs', import.meta.url).href;
  const { startPostgres: start } = (await import(tools)) as {
    startPostgres(options: { durable: boolean }): Promise<{ url: string; stop(): Promise<void> }>;
  };
  return start({ durable: true });
}

async function until(ask: () => Promise<{ status: number }>, log: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const ready = await ask().then(
      ({ status }) => status === 200 || status === 201,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server did not start: ${fs.readFileSync(log, 'utf8').slice(-2000)}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
