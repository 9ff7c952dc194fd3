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
  const single = await wholePath({ requests: 300, items: 1 });
  const batch = await wholePath({ requests: 12, items: 50 });
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
      metric: 'processor time of the device, last step (portable)',
      value: median(measured.device) / 1000,
      unit: 'ms',
    },
    {
      metric: 'whole path of the vault (socket, device, PIN, journal), one signature: processor time',
      value: single.micros / 1000,
      unit: 'ms',
    },
    {
      metric: 'whole path, one signature a request, one after the other',
      value: single.perSecond,
      unit: '/s',
    },
    {
      metric: 'whole path, fifty signatures a request: processor time of one',
      value: batch.micros / 1000,
      unit: 'ms',
    },
    { metric: 'whole path, fifty signatures a request', value: batch.perSecond, unit: '/s' },
  ];
}

type Load = { readonly micros: number; readonly perSecond: number };

/** A vault in a process of its own, which answers prepared requests; what the caller's end costs is counted in. */
function wholePath(orders: { readonly requests: number; readonly items: number }): Promise<Load> {
  const program = fileURLToPath(new URL('./cosign-load.mjs', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(said) as Load);
      else reject(new Error(`the load ended with ${code}`));
    });
  });
}
