import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LedgerCrypto, portableLedgerCrypto, verifyBundle } from '@hufu/ledger';
import { nodeLedgerCrypto } from '@hufu/ledger/node';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { evidenceFixture } from './lib/evidence-fixture.ts';
import { type BenchResult, median } from './lib/measure.ts';

const VERIFICATIONS = 200;
const LOG_SIZE = 20_000;

type Measured = {
  readonly rounds: readonly { readonly bare: number; readonly stated: number }[];
  readonly latencies: readonly number[];
  readonly integrated: number;
  readonly proved: readonly number[];
  readonly leaves: number;
};

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

async function verification(crypto: LedgerCrypto): Promise<number> {
  const { bundle, policy } = await evidenceFixture(LOG_SIZE);
  const tools = { crypto, engine: nodeCryptoEngine() };
  const times: number[] = [];
  for (let i = 0; i < VERIFICATIONS; i++) {
    const begun = performance.now();
    const { outcome } = await verifyBundle(bundle, policy, tools);
    times.push(performance.now() - begun);
    if (outcome !== 'valid') throw new Error(`verified as ${outcome}`);
  }
  return median(times);
}

/**
 * The evidence ledger on a durable PostgreSQL with two witnesses as processes of their own: what evidence costs the
 * business, how fast leaves become part of the tree, how soon a change is under a cosigned checkpoint, and proofs.
 */
export default async function bench(): Promise<BenchResult[]> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-bench-ledger-'));
  const postgres = await startPostgres();
  const started: ChildProcess[] = [];
  try {
    const witnesses = await startWitnesses({ directory, started });
    const { rounds, latencies, integrated, proved, leaves } = await load({
      url: postgres.url,
      directory,
      migrations: beside('../../apps/server/migrations/'),
      witnesses,
    });
    const [stated, bare] = [median(rounds.map((one) => one.stated)), median(rounds.map((one) => one.bare))];
    return [
      {
        metric: 'business at 32 clients, with evidence',
        value: stated,
        unit: 'changes/s',
        peer: 'the same, audited only',
        peerValue: bare,
        ratio: median(rounds.map((one) => one.stated / one.bare)),
      },
      { metric: `integrated, of ${leaves} waiting`, value: integrated, unit: 'entries/s' },
      { metric: 'commit to cosigned, published checkpoint, p50', value: median(latencies), unit: 'ms' },
      {
        metric: 'commit to cosigned, published checkpoint, p99',
        value: percentile(latencies, 0.99),
        unit: 'ms',
      },
      { metric: 'inclusion proof, p50', value: median(proved), unit: 'ms' },
      { metric: 'inclusion proof, p99', value: percentile(proved, 0.99), unit: 'ms' },
      { metric: 'bundle verified offline, Node', value: await verification(nodeLedgerCrypto()), unit: 'ms' },
      {
        metric: 'bundle verified offline, in JavaScript alone',
        value: await verification(portableLedgerCrypto(undefined)),
        unit: 'ms',
      },
    ];
  } finally {
    for (const child of started) child.kill('SIGKILL');
    await postgres.stop();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs the load in a process of its own, as the server would. */
function load(orders: Record<string, unknown>): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [beside('./ledger-load.mjs'), JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(said.trim().split('\n').at(-1)!) as Measured);
      else reject(new Error(`the load ended with ${code}`));
    });
  });
}

type Place = { readonly directory: string; readonly started: ChildProcess[] };

/** @returns as the server's settings name them */
async function startWitnesses({ directory, started }: Place): Promise<string[]> {
  const orders = JSON.stringify({ directory });
  const log = execFileSync(process.execPath, [beside('./ledger-load.mjs'), orders, 'vkey'], {
    encoding: 'utf8',
  });
  return Promise.all(
    ['w1', 'w2'].map(async (name) => {
      const port = await freePort();
      const env = {
        ...process.env,
        WITNESS_NAME: `${name}.example`,
        WITNESS_PORT: String(port),
        WITNESS_DATA: path.join(directory, name),
        WITNESS_LOGS: log,
      };
      const program = beside('./ledger-witness.mjs');
      started.push(spawn(process.execPath, [program], { env, stdio: 'ignore' }));
      const address = `http://127.0.0.1:${port}`;
      for (let tries = 0; tries < 200; tries++) {
        const answer = await fetch(address).catch(() => undefined);
        if (answer?.ok) return `${address} ${((await answer.json()) as { vkey: string }).vkey}`;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('a witness did not start');
    }),
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const tools = new URL('../../scripts/lib/postgres.mjs', import.meta.url).href;
  const { startPostgres: start } = (await import(tools)) as {
    startPostgres(options: { durable: boolean }): Promise<{ url: string; stop(): Promise<void> }>;
  };
  return start({ durable: true });
}
