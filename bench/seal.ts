import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fromPem, toPem } from '@hufu/kernel';
import { buildCertificate, buildName, keyUsage, parseCertificate, parsePublicKeyInfo } from '@hufu/pki';
import { nodeCryptoEngine, nodeSigner } from '@hufu/pki/node';
import {
  drawRoundSeal,
  ROUND_SEAL_MM,
  type SealPlacement,
  type SignatureSpec,
  sealImage,
  signPdf,
} from '@hufu/seal';
import { nodeStartDigest, notoSealFont, rasteriseSeal } from '@hufu/seal/node';
import { pdfOfPages } from './lib/large-pdf.ts';
import { type BenchResult, median } from './lib/measure.ts';

const PAGES = 220;
const OCTETS_PER_PAGE = 238_000;
const RUNS = 7;
const SMALL_SECONDS = 3;
const DAY = 86_400_000;

const run = promisify(execFile);
const engine = nodeCryptoEngine();

type KeyChoice = 'rsa' | 'p256' | 'sm2';

function newKey(choice: KeyChoice): Uint8Array {
  const { privateKey } =
    choice === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: choice === 'sm2' ? 'SM2' : 'prime256v1' });
  return new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
}

async function selfSigned(key: Uint8Array): Promise<Uint8Array> {
  const signer = nodeSigner(key);
  const name = buildName([{ oid: '2.5.4.3', text: 'Bench Holder' }]);
  return buildCertificate(
    {
      serial: Uint8Array.of(7),
      issuer: name,
      subject: name,
      notBefore: Date.now() - DAY,
      notAfter: Date.now() + DAY,
      publicKey: parsePublicKeyInfo(signer.publicKey).der,
      extensions: [keyUsage('digitalSignature', 'nonRepudiation')],
    },
    signer,
  );
}

const newSeal = (): Uint8Array =>
  rasteriseSeal(drawRoundSeal({ name: '内蒙古测试建设工程有限公司', code: '1501021234567' }, notoSealFont()))
    .png;

type Sealing = {
  readonly key: Uint8Array;
  readonly certificate: Uint8Array;
  readonly png: Uint8Array;
  readonly placements: readonly SealPlacement[];
};

/** Signs with everything at hand that a signing service keeps: the key, the certificate, the prepared picture. */
function sealer({ key, certificate, png, placements }: Sealing): (pdf: Uint8Array) => Promise<Uint8Array> {
  const signer = nodeSigner(key);
  const visible = { image: sealImage(png), width: ROUND_SEAL_MM, height: ROUND_SEAL_MM, placements };
  const spec: SignatureSpec = { certificate: parseCertificate(certificate), at: Date.now(), visible };
  return (pdf) => signPdf(pdf, spec, { signer, engine, start: nodeStartDigest });
}

export type LargeRun = {
  readonly times: readonly number[];
  readonly peerTimes: readonly number[];
  readonly rssMegabytes: number;
  readonly tail: number;
};

/**
 * Runs in a process of its own, so that its memory is that of sealing alone: from the file to the bytes to append. The
 * peer takes its turn after each run, so that both see the same machine.
 */
export async function sealLargeFile(folder: string): Promise<LargeRun> {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
  const placements: readonly SealPlacement[] = [
    { kind: 'page', page: PAGES - 1, x: 120, y: 180 },
    { kind: 'straddle', edge: 'right', offset: 130 },
  ];
  const certificate = fromPem('CERTIFICATE', readFileSync(join(folder, 'certificate.pem'), 'utf8'))[0]!;
  const seal = sealer({ key: read('key.der'), certificate, png: read('seal.png'), placements });
  const times: number[] = [];
  const peerTimes: number[] = [];
  let tail = 0;
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    const bytes = readFileSync(join(folder, 'large.pdf'));
    tail = (await seal(bytes)).length;
    times.push(performance.now() - start);
    peerTimes.push(await opensslCms(folder));
  }
  return { times, peerTimes, tail, rssMegabytes: process.resourceUsage().maxRSS / 1024 };
}

async function largeInOwnProcess(folder: string): Promise<LargeRun> {
  const module = JSON.stringify(import.meta.url);
  const code = `const { sealLargeFile } = await import(${module}); console.log(JSON.stringify(await sealLargeFile(${JSON.stringify(folder)})));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code]);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as LargeRun;
}

/** `openssl cms -sign -binary` over the same file with the same key; the start of the process is taken off. */
async function opensslCms(folder: string): Promise<number> {
  const file = (name: string): string => join(folder, name);
  const time = async (...args: string[]): Promise<number> => {
    const start = performance.now();
    await run('openssl', args);
    return performance.now() - start;
  };
  const key = ['-signer', file('certificate.pem'), '-inkey', file('key.pem'), '-md', 'sha256'];
  const input = ['-in', file('large.pdf'), '-outform', 'DER', '-out', file('large.p7s')];
  const whole = await time('cms', '-sign', '-binary', ...input, ...key);
  return whole - (await time('version'));
}

async function large(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-seal-'));
  try {
    const key = newKey('rsa');
    await writeFile(join(folder, 'key.der'), key);
    await writeFile(join(folder, 'key.pem'), toPem('PRIVATE KEY', key));
    await writeFile(join(folder, 'certificate.pem'), toPem('CERTIFICATE', await selfSigned(key)));
    await writeFile(join(folder, 'seal.png'), newSeal());
    await writeFile(join(folder, 'large.pdf'), pdfOfPages(PAGES, OCTETS_PER_PAGE));
    const { size } = await readFile(join(folder, 'large.pdf')).then((bytes) => ({ size: bytes.length }));
    const { times, peerTimes, rssMegabytes, tail } = await largeInOwnProcess(folder);
    const [value, peerValue] = [median(times), median(peerTimes)];
    return [
      { metric: 'large document', value: size / 1e6, unit: `MB, ${PAGES} pages` },
      {
        metric: 'large: read, a seal and 骑缝章 on every page, RSA-2048',
        value,
        unit: 'ms',
        peer: 'openssl cms -sign -binary',
        peerValue,
        ratio: value / peerValue,
      },
      { metric: 'large: first time in a new process', value: times[0]!, unit: 'ms' },
      { metric: 'large: bytes appended', value: tail / 1e3, unit: 'kB' },
      { metric: 'large: most memory held (at most 350)', value: rssMegabytes, unit: 'MB' },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Documents of three pages, one after the other. */
async function small(choice: KeyChoice, png: Uint8Array): Promise<BenchResult> {
  const key = newKey(choice);
  const placements = [{ kind: 'page' as const, page: 2, x: 120, y: 180 }];
  const seal = sealer({ key, certificate: await selfSigned(key), png, placements });
  const pdf = new Uint8Array(pdfOfPages(3, 8000));
  await seal(pdf);
  const start = process.cpuUsage();
  let count = 0;
  for (const end = performance.now() + 1000 * SMALL_SECONDS; performance.now() < end; count++)
    await seal(pdf);
  const { user, system } = process.cpuUsage(start);
  // Seconds of processor time: what else runs on the machine does not count.
  const value = (1e6 * count) / (user + system);
  return {
    metric: `small documents with a seal of 640×640, ${choice} (at least 60)`,
    value,
    unit: '/s of one core',
  };
}

/** Sealing PDF: one large document against OpenSSL's signature alone, and many small ones. */
export default async function bench(): Promise<BenchResult[]> {
  const png = newSeal();
  const start = performance.now();
  sealImage(png);
  const picture = performance.now() - start;
  const results = await large();
  for (const choice of ['rsa', 'p256', 'sm2'] as const) results.push(await small(choice, png));
  return [...results, { metric: 'picture of a seal made ready, once per seal', value: picture, unit: 'ms' }];
}
