import { toHex } from '@hufu/kernel';
import type { Crl } from '../crl/model.ts';
import type { CryptoEngine } from '../crypto-engine.ts';
import type { AlgorithmPolicy } from '../path/algorithm-policy.ts';
import type { CertificatePath } from '../path/certificate-path.ts';
import { checkCrl } from '../path/crl/check-crl.ts';
import type { TrustStore } from '../path/trust-store.ts';
import type { VerifiedSignatures } from '../path/verified-signatures.ts';
import { type RevocationEvidence, type RevocationVerdict, unknownVerdict } from './verdict.ts';

export type CrlQuestion = {
  /** A path that holds, and which of its certificates is asked about; 0 is the holder's. */
  readonly path: CertificatePath;
  readonly certificateIndex: number;
  readonly crls: readonly Crl[];
  readonly store: TrustStore;
  readonly engine: CryptoEngine;
  /** ms UTC */
  readonly at: number;
  readonly algorithms?: AlgorithmPolicy;
  readonly verified?: VerifiedSignatures;
  readonly clockSkewMs?: number;
  /** A list older than this (since thisUpdate) is stale, whatever its nextUpdate. */
  readonly maxAgeMs?: number | undefined;
};

/** What revocation lists say about one certificate of a path (RFC 5280 §6.3), as a verdict with its evidence. */
export async function judgeCrls(question: CrlQuestion): Promise<RevocationVerdict> {
  const { path, certificateIndex, crls, store, engine, at, algorithms, verified, clockSkewMs } = question;
  const status = await checkCrl({
    path,
    certificateIndex,
    crls,
    store,
    engine,
    time: at,
    ...(algorithms === undefined ? {} : { algorithms }),
    ...(verified === undefined ? {} : { verified }),
    ...(clockSkewMs === undefined ? {} : { clockSkew: clockSkewMs }),
  });
  const evidence = status.crls.map((crl) => evidenceOf(crl, engine));
  if (status.status === 'revoked') {
    return { status: 'revoked', source: 'crl', reason: status.reason, time: status.time, evidence };
  }
  if (status.status === 'unknown') {
    const verdict = unknownVerdict(status.reason, evidence);
    return status.goodUntil === undefined ? verdict : { ...verdict, goodUntil: status.goodUntil };
  }
  const producedAt = Math.min(...status.crls.map((crl) => crl.thisUpdate));
  const nextUpdate = Math.min(
    status.nextUpdate,
    producedAt + (question.maxAgeMs ?? Number.POSITIVE_INFINITY),
  );
  return nextUpdate < at
    ? { ...unknownVerdict('stale', evidence), goodUntil: nextUpdate }
    : { status: 'good', source: 'crl', producedAt, nextUpdate, evidence };
}

/** Lists are immutable and large: each is hashed once. */
const hashes = new WeakMap<Uint8Array, string>();

function evidenceOf(crl: Crl, engine: CryptoEngine): RevocationEvidence {
  let sha256 = hashes.get(crl.der);
  if (sha256 === undefined) {
    sha256 = toHex(engine.digest('sha256', crl.der));
    hashes.set(crl.der, sha256);
  }
  const { thisUpdate, nextUpdate } = crl;
  return { source: 'crl', sha256, thisUpdate, nextUpdate, producedAt: undefined };
}
