import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { concatBytes } from '@hufu/kernel';
import { type Crl, parseCrl } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { drawRoundSeal, type SealImage, sealImage, signPdf, validatePdf } from '@hufu/seal';
import { notoSealFont, rasteriseSeal, nodeStartDigest as start } from '@hufu/seal/node';
import { pdfOfPages } from './lib/large-pdf.ts';
import { type BenchResult, median } from './lib/measure.ts';
import { issueTrio, type KeyChoice, listBytes, type Trio } from './lib/pki-fixture.ts';

const engine = nodeCryptoEngine();

const SMALL_RUNS = 40;
const LARGE_RUNS = 5;
const SIGNATURES = 100;

const seal = (): SealImage =>
  sealImage(
    rasteriseSeal(
      drawRoundSeal({ name: '内蒙古测试建设工程有限公司', code: '1501021234567' }, notoSealFont()),
    ).png,
  );

/** The same document with one more seal on its first page. */
async function sealed(pdf: Uint8Array, { end, authority, at }: Trio, image: SealImage): Promise<Uint8Array> {
  const placements = [{ kind: 'page', page: 0, x: 120, y: 200 }] as const;
  const visible = { image, width: 40, height: 40, placements };
  const spec = { certificate: end.certificate, chain: [authority.certificate.der], at, visible };
  return concatBytes(pdf, await signPdf(pdf, spec, { signer: end.signer, engine, start }));
}

type Case = { readonly pdf: Uint8Array; readonly trio: Trio; readonly crls: readonly Crl[] };

async function caseOf(key: KeyChoice, document: Uint8Array, signatures: number): Promise<Case> {
  const trio = await issueTrio(key, engine);
  const image = seal();
  let pdf = document;
  for (let i = 0; i < signatures; i++) pdf = await sealed(pdf, trio, image);
  return { pdf, trio, crls: [parseCrl(await listBytes(trio.authority, 10))] };
}

async function judge({ pdf, trio, crls }: Case): Promise<number> {
  const begin = performance.now();
  const report = await validatePdf(pdf, { store: trio.store, engine, now: trio.at, start, crls });
  if (report.verdict.status !== 'valid') throw new Error(`verdict: ${report.verdict.reasons.join()}`);
  return performance.now() - begin;
}

async function measured(one: Case, runs: number): Promise<number> {
  await judge(one);
  const times: number[] = [];
  for (let i = 0; i < runs; i++) times.push(await judge(one));
  return median(times);
}

/** `pdfsig` verifies digest and signature only: no later changes, no revocation. */
async function pdfsig({ pdf }: Case): Promise<number | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-validate-'));
  try {
    const file = join(folder, 'signed.pdf');
    await writeFile(file, pdf);
    const times: number[] = [];
    for (let i = 0; i < LARGE_RUNS; i++) {
      const begin = performance.now();
      await promisify(execFile)('pdfsig', ['-nocert', file]);
      times.push(performance.now() - begin);
    }
    return median(times);
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One document to a full report: structure, value, certificate, revocation, later changes. */
export default async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const key of ['p256', 'sm2'] as const) {
    const small = await caseOf(key, pdfOfPages(3, 9000), 1);
    const value = await measured(small, SMALL_RUNS);
    results.push({
      metric: `${key}: one signature, ${(small.pdf.length / 1e3).toFixed(0)} KB`,
      value,
      unit: 'ms',
    });
  }
  const many = await caseOf('p256', pdfOfPages(3, 9000), SIGNATURES);
  results.push({
    metric: `${SIGNATURES} signatures, p256`,
    value: await measured(many, LARGE_RUNS),
    unit: 'ms',
  });
  const large = await caseOf('p256', pdfOfPages(220, 240_000), 2);
  const value = await measured(large, LARGE_RUNS);
  const peerValue = await pdfsig(large);
  const metric = `2 signatures, 220 pages, ${(large.pdf.length / 1e6).toFixed(1)} MB, p256`;
  results.push({
    metric,
    value,
    unit: 'ms',
    ...(peerValue !== undefined && {
      peer: 'pdfsig -nocert (digest and signature only)',
      peerValue,
      ratio: value / peerValue,
    }),
  });
  return results;
}
