import { randomBytes } from 'node:crypto';
import { generateSm2KeyPair } from '@hufu/gm';
import { openSslSm2 } from '@hufu/gm/node';
import {
  type Certificate,
  type Crl,
  type CryptoEngine,
  combineVerdicts,
  createVerifiedSignatures,
  judgeCrls,
  type TrustStore,
  type VerifiedSignatures,
  validatePath,
} from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { type BenchResult, median } from './lib/measure.ts';
import { issueList, issueTrio } from './lib/pki-fixture.ts';

const RUNS = 2000;
const COLD_RUNS = 200;
const LIST_ENTRIES = 20_000;

type Subject = {
  readonly certificate: Certificate;
  readonly store: TrustStore;
  readonly crls: readonly Crl[];
  readonly engine: CryptoEngine;
  readonly at: number;
};

/** Path and revocation of every certificate in it, as a login asks for them. */
async function verdict(subject: Subject, verified: VerifiedSignatures): Promise<void> {
  const { certificate, store, crls, engine, at } = subject;
  const found = await validatePath({ certificate, store, engine, time: at, purpose: 'sign', verified });
  if (!found.ok) throw new Error(`path: ${found.code}`);
  const { path } = found;
  const verdicts = [];
  for (const certificateIndex of path.certificates.keys()) {
    verdicts.push(await judgeCrls({ path, certificateIndex, crls, store, engine, at, verified }));
  }
  const combined = combineVerdicts(verdicts);
  if (combined.status !== 'good') throw new Error(`revocation: ${combined.status}`);
}

async function timed(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

function oneVerification(): () => boolean {
  const sm2 = openSslSm2(randomBytes);
  const { privateKey, publicKey } = generateSm2KeyPair(randomBytes);
  const message = randomBytes(256);
  const signature = sm2.sign(privateKey, message);
  return () => sm2.verify(publicKey, message, signature);
}

/** HUB: the verdict for a certificate, beside the one signature verification that a login cannot spare. */
export default async function bench(): Promise<BenchResult[]> {
  const engine = nodeCryptoEngine();
  const trio = await issueTrio('sm2', engine);
  const { at, store } = trio;
  const crls = [await issueList(trio.root, 10), await issueList(trio.authority, LIST_ENTRIES)];
  const subject: Subject = { certificate: trio.end.certificate, store, crls, engine, at };

  const known = createVerifiedSignatures(10_000);
  await timed(RUNS, () => verdict(subject, known));
  const cached = await timed(RUNS, () => verdict(subject, known));
  const cold = await timed(COLD_RUNS, () => verdict(subject, createVerifiedSignatures(100)));
  const verification = await timed(RUNS, oneVerification());

  const peer = { peer: 'one SM2 signature verification', peerValue: verification };
  return [
    {
      metric: 'verdict, chain and revocation cached',
      value: cached,
      unit: 'ms',
      ...peer,
      ratio: cached / verification,
    },
    {
      metric: `verdict, every signature verified (2 certificates, 2 lists, ${LIST_ENTRIES} entries)`,
      value: cold,
      unit: 'ms',
      ...peer,
      ratio: cold / verification,
    },
  ];
}
