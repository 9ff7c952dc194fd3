import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { generateSm2KeyPair } from '@hufu/gm';
import { assertSm2KnownAnswer, openSslSm2 } from '@hufu/gm/node';

type Result = {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly peerValue?: number;
  readonly ratio?: number;
};

/** Operations per second of wall time, and per second of the processor's user time (as `openssl speed` counts). */
type Rate = { readonly wall: number; readonly cpu: number };
type Rates = { readonly sign: Rate; readonly verify: Rate };

const ROUNDS = 6;
const SECONDS = 1;
const MESSAGE_BYTES = 256;
const WORKER_ROLE = 'hufu-bench-sm2';
const OPERATIONS = ['sign', 'verify'] as const;
type Operation = (typeof OPERATIONS)[number];

function rate(operation: () => void): Rate {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const stop = start + SECONDS * 1000;
  let count = 0;
  while (performance.now() < stop) {
    for (let i = 0; i < 32; i++) operation();
    count += 32;
  }
  const { user } = process.cpuUsage(cpuStart);
  return { wall: (count * 1000) / (performance.now() - start), cpu: (count * 1e6) / user };
}

function measureEngine(): Rates {
  const engine = openSslSm2(randomBytes);
  const { privateKey, publicKey } = generateSm2KeyPair(randomBytes);
  const message = randomBytes(MESSAGE_BYTES);
  const signature = engine.sign(privateKey, message);
  if (!engine.verify(publicKey, message, signature)) throw new Error('The engine refuses its own signature');
  return {
    sign: rate(() => engine.sign(privateKey, message)),
    verify: rate(() => engine.verify(publicKey, message, signature)),
  };
}

async function measureOpenSsl(): Promise<Rates> {
  const { stdout } = await promisify(execFile)('openssl', ['speed', '-seconds', `${SECONDS}`, '-mr', 'sm2']);
  const line = /^\+F7:\d+:\d+:CurveSM2:([\d.]+):([\d.]+)$/m.exec(stdout);
  if (line === null) throw new Error('`openssl speed -mr sm2` gave no result');
  const both = (value: number): Rate => ({ wall: value, cpu: value });
  return { sign: both(Number(line[1])), verify: both(Number(line[2])) };
}

function measureInWorker(): Promise<Rates> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: WORKER_ROLE });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function measureWorkers(count: number): Promise<Rates> {
  const rates = await Promise.all(Array.from({ length: count }, measureInWorker));
  const sum = (operation: Operation): Rate => ({
    wall: rates.reduce((total, each) => total + each[operation].wall, 0),
    cpu: rates.reduce((total, each) => total + each[operation].cpu, 0),
  });
  return { sign: sum('sign'), verify: sum('verify') };
}

type Comparison = {
  readonly label: string;
  readonly ours: readonly Rates[];
  readonly peer: string;
  readonly theirs: readonly Rates[];
  readonly per: keyof Rate;
};

function compare({ label, ours, peer, theirs, per }: Comparison): Result[] {
  return OPERATIONS.map((operation) => {
    const best = (rounds: readonly Rates[]) => Math.max(...rounds.map((round) => round[operation][per]));
    const value = best(ours);
    const peerValue = best(theirs);
    const unit = per === 'cpu' ? 'op/cpu-s' : 'op/s';
    return { metric: `SM2 ${operation}, ${label}`, value, unit, peer, peerValue, ratio: value / peerValue };
  });
}

/**
 * SM2 of the Node engine beside OpenSSL's own loop, per second of processor time, and on two threads, per second of
 * wall time (meaningful when two cores are free). Runs alternate and the best of each counts: other work on the
 * machine only ever slows them.
 */
export default async function bench(): Promise<Result[]> {
  assertSm2KnownAnswer();
  const engine: Rates[] = [];
  const openssl: Rates[] = [];
  const one: Rates[] = [];
  const two: Rates[] = [];
  measureEngine();
  for (let round = 0; round < ROUNDS; round++) {
    engine.push(measureEngine());
    openssl.push(await measureOpenSsl());
    one.push(await measureWorkers(1));
    two.push(await measureWorkers(2));
  }
  return [
    ...compare({ label: 'one thread', ours: engine, peer: 'openssl speed sm2', theirs: openssl, per: 'cpu' }),
    ...compare({ label: 'two threads', ours: two, peer: 'one worker thread', theirs: one, per: 'wall' }),
  ];
}

if (!isMainThread && workerData === WORKER_ROLE) parentPort?.postMessage(measureEngine());
