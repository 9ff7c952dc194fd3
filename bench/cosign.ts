import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  answerSigning,
  DeviceKeyGeneration,
  DeviceSigning,
  encodeSm2Signature,
  generateSm2KeyPair,
  type SignAnswer,
  sm2Digest,
  VaultKeyGeneration,
} from '@hufu/gm';
import { openSslSm2 } from '@hufu/gm/node';
import { type BenchResult, median } from './lib/measure.ts';

const ROUNDS = 5;
const SIGNATURES = 150;
const random = (length: number) => new Uint8Array(randomBytes(length));
const engine = openSslSm2(random);
const message = random(256);

const options = { session: random(16), random };
const generation = new DeviceKeyGeneration(options);
const vaultGeneration = new VaultKeyGeneration(options, generation.commitment);
const { opening, half } = generation.finish(vaultGeneration.share);
const vault = vaultGeneration.finish(opening);
const digest = sm2Digest(half.publicKey, message);
const plain = generateSm2KeyPair(random);

/** Processor time, µs, of one call of each. */
function cpuOf(calls: readonly (() => void)[]): number {
  const start = process.cpuUsage();
  for (const call of calls) call();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / calls.length;
}

export default async function bench(): Promise<BenchResult[]> {
  const measured = { vault: [] as number[], device: [] as number[], plain: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    const runs = Array.from({ length: SIGNATURES }, () => {
      const order = { session: random(16), digest };
      return { order, device: new DeviceSigning(half.publicKey, order, random) };
    });
    const answers: SignAnswer[] = [];
    const vaultTime = cpuOf(
      runs.map(({ order, device }) => () => {
        answers.push(answerSigning(vault, { ...order, request: device.request }, random));
      }),
    );
    const plainTime = cpuOf(runs.map(() => () => engine.sign(plain.privateKey, message)));
    const signatures: Uint8Array[] = [];
    const deviceTime = cpuOf(
      runs.map(({ device }, i) => () => {
        signatures.push(encodeSm2Signature(device.finish(answers[i]!, half.secret)));
      }),
    );
    if (!signatures.every((signature) => engine.verify(half.publicKey, message, signature))) {
      throw new Error('A signature of two halves does not verify');
    }
    // The first round warms up.
    if (round === 0) continue;
    measured.vault.push(vaultTime);
    measured.plain.push(plainTime);
    measured.device.push(deviceTime);
  }
  const [vaultTime, plainTime] = [median(measured.vault), median(measured.plain)];
  const paths: BenchResult[] = [];
  for (const load of LOADS) paths.push(...(await wholePath(load)));
  return [
    {
      metric: 'processor time of the vault, one signature',
      value: vaultTime / 1000,
      unit: 'ms',
      peer: 'plain SM2 signature by OpenSSL',
      peerValue: plainTime / 1000,
      ratio: vaultTime / plainTime,
    },
    { metric: 'signatures per second of one core of the vault', value: 1e6 / vaultTime, unit: '/s' },
    {
      metric: 'processor time of the device, last step',
      value: median(measured.device) / 1000,
      unit: 'ms',
    },
    ...paths,
  ];
}

type Load = { readonly clients: number; readonly requests: number; readonly items: number };

/** Phones at once, one half each; a request of several signatures stands under one PIN. */
const LOADS: readonly Load[] = [
  { clients: 1, requests: 300, items: 1 },
  { clients: 8, requests: 80, items: 1 },
  { clients: 32, requests: 25, items: 1 },
  { clients: 1, requests: 12, items: 50 },
  { clients: 8, requests: 2, items: 50 },
];

/** Socket, device's signature, PIN, journal with fsync: a vault in a process of its own answers prepared requests. */
async function wholePath(load: Load): Promise<BenchResult[]> {
  const { micros, perSecond } = await runLoad(load);
  const name = `whole path, ${load.items} a request, ${load.clients} at once`;
  return [
    { metric: `${name}: the vault’s processor time`, value: micros / 1000, unit: 'ms' },
    { metric: `${name}: signatures of one core`, value: 1e6 / micros, unit: '/s' },
    { metric: `${name}: signatures made`, value: perSecond, unit: '/s' },
  ];
}

function runLoad(load: Load): Promise<{ readonly micros: number; readonly perSecond: number }> {
  const program = fileURLToPath(new URL('./cosign-load.mjs', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, JSON.stringify(load)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(said) as { micros: number; perSecond: number });
      else reject(new Error(`the load ended with ${code}`));
    });
  });
}
