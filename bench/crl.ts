import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { toPem } from '@hufu/kernel';
import { checkCrl, createVerifiedSignatures, parseCrlInSteps, validatePath } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { type BenchResult, longestStall, median } from './lib/measure.ts';
import { issueTrio, type KeyChoice, listBytes, type Trio } from './lib/pki-fixture.ts';

const ENTRIES = 100_000;
const RUNS = 7;

const engine = nodeCryptoEngine();

type Fetched = { readonly trio: Trio; readonly bytes: Uint8Array };

const fetched = async (key: KeyChoice): Promise<Fetched> => {
  const trio = await issueTrio(key, engine);
  return { trio, bytes: await listBytes(trio.authority, ENTRIES) };
};

/** From the bytes of a list to a status by it: parsed, indexed, its signature and signer checked. */
async function takeIn({ trio, bytes }: Fetched): Promise<void> {
  const { store, at: time, end } = trio;
  const verified = createVerifiedSignatures(100);
  const crl = await parseCrlInSteps(bytes, nextTurn);
  const found = await validatePath({ certificate: end.certificate, store, engine, time, verified });
  if (!found.ok) throw new Error(`path: ${found.code}`);
  await nextTurn();
  const options = { path: found.path, certificateIndex: 0, crls: [crl], store, engine, time, verified };
  const status = await checkCrl(options);
  if (status.status !== 'good') throw new Error(`list: ${status.status} ${status.reason}`);
}

async function measure(key: KeyChoice): Promise<{ list: Fetched; total: number; stall: number }> {
  const list = await fetched(key);
  const runs = [];
  await takeIn(list);
  for (let i = 0; i < RUNS; i++) runs.push(await longestStall(() => takeIn(list)));
  return {
    list,
    total: median(runs.map((run) => run.total)),
    stall: median(runs.map((run) => run.stall)),
  };
}

/** `openssl crl` parses and verifies the same list; the start of the process, measured alone, is taken off. */
async function measureOpenSsl({ trio, bytes }: Fetched): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-crl-'));
  try {
    const [list, authorities] = [join(folder, 'list.der'), join(folder, 'authorities.pem')];
    await writeFile(list, bytes);
    const pems = [trio.root, trio.authority].map(({ certificate }) => toPem('CERTIFICATE', certificate.der));
    await writeFile(authorities, pems.join(''));
    const run = async (...args: string[]): Promise<number> => {
      const start = performance.now();
      await promisify(execFile)('openssl', args);
      return performance.now() - start;
    };
    const times: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      const whole = await run('crl', '-inform', 'DER', '-in', list, '-noout', '-CAfile', authorities);
      times.push(whole - (await run('version')));
    }
    return median(times);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A list of 100,000 entries, from bytes to an index that may be relied on. */
export default async function bench(): Promise<BenchResult[]> {
  const p256 = await measure('p256');
  const sm2 = await measure('sm2');
  const peerValue = await measureOpenSsl(p256.list);
  const megabytes = p256.list.bytes.length / 1e6;
  return [
    { metric: 'entries', value: ENTRIES, unit: `in ${megabytes.toFixed(1)} MB` },
    {
      metric: 'P-256: verified and indexed',
      value: p256.total,
      unit: 'ms',
      peer: 'openssl crl -CAfile',
      peerValue,
      ratio: p256.total / peerValue,
    },
    { metric: 'P-256: longest stall of the event loop', value: p256.stall, unit: 'ms' },
    { metric: 'SM2: verified and indexed (openssl crl cannot)', value: sm2.total, unit: 'ms' },
    { metric: 'SM2: longest stall of the event loop', value: sm2.stall, unit: 'ms' },
  ];
}
