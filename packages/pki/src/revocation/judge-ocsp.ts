import { equalBytes, toHex } from '@hufu/kernel';
import type { CryptoEngine } from '../crypto-engine.ts';
import { isCertIdOf } from '../ocsp/cert-id.ts';
import type { BasicOcspResponse, OcspResponse, OcspSingleResponse } from '../ocsp/model.ts';
import { parseOcspResponse } from '../ocsp/parse-response.ts';
import { type AlgorithmPolicy, TRADING_ALGORITHMS } from '../path/algorithm-policy.ts';
import type { Certificate, Extension } from '../x509/model.ts';
import { combineVerdicts } from './combine.ts';
import { checkOcspSigner } from './ocsp-signer.ts';
import {
  type RevocationEvidence,
  type RevocationSource,
  type RevocationVerdict,
  type UnknownReason,
  unknownVerdict,
} from './verdict.ts';

export type OcspQuestion = {
  readonly certificate: Certificate;
  /** The certificate above it in the validated path. */
  readonly issuer: Certificate;
  readonly engine: CryptoEngine;
  /** ms UTC */
  readonly at: number;
  readonly source: Exclude<RevocationSource, 'crl'>;
  /** What was sent along. An answer with another nonce is refused; one without may be prepared beforehand. */
  readonly nonce?: Uint8Array | undefined;
  readonly address?: string | undefined;
  readonly clockSkewMs?: number;
  /** A statement older than this (since thisUpdate) is stale, whatever its nextUpdate. */
  readonly maxAgeMs?: number | undefined;
  readonly algorithms?: AlgorithmPolicy;
  readonly isRevoked?: ((responder: Certificate) => boolean) | undefined;
};

const DEFAULT_SKEW_MS = 300_000;
/** A response without nextUpdate says that newer information is always available (RFC 6960 §4.2.2.1). */
const LIFE_WITHOUT_NEXT_UPDATE_MS = 300_000;
/** RFC 6960 §4.4.8: the responder says "revoked" of what was never issued. */
const EXTENDED_REVOKE_OID = '1.3.6.1.5.5.7.48.1.9';
const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.48.1.2', EXTENDED_REVOKE_OID]);

/**
 * What an OCSP response says about exactly this certificate. Everything about the response is hostile until its
 * signature holds: who signed, of whom it speaks, when it was made. Never throws on bytes from outside.
 */
export async function judgeOcsp(response: Uint8Array, question: OcspQuestion): Promise<RevocationVerdict> {
  const evidence: RevocationEvidence = {
    source: question.source,
    sha256: toHex(question.engine.digest('sha256', response)),
    thisUpdate: undefined,
    nextUpdate: undefined,
    producedAt: undefined,
    ...(question.address === undefined ? {} : { address: question.address }),
  };
  const parsed = parse(response);
  if (parsed === undefined) return unknownVerdict('malformed', [evidence]);
  if (parsed.status !== 'successful') {
    return unknownVerdict(parsed.status === 'tryLater' ? 'try-later' : 'responder-error', [evidence]);
  }
  const { basic } = parsed;
  const dated = { ...evidence, producedAt: basic.producedAt };
  const wrong = await checkResponse(basic, question);
  if (wrong !== undefined) return unknownVerdict(wrong, [dated]);
  const matching = basic.responses.filter(({ certId }) => isCertIdOf(certId, question, question.engine));
  if (matching.length === 0) return unknownVerdict('wrong-certificate', [dated]);
  const verdicts = matching.map((single) => judgeSingle(single, { basic, question, evidence: dated }));
  // Answers about others in the same response do not count, but one thing said twice must be said alike.
  const verdict = combineVerdicts(verdicts);
  const unsure = verdicts.find(({ status }) => status === 'unknown');
  return verdict.status === 'good' && unsure !== undefined ? unsure : verdict;
}

function parse(response: Uint8Array): OcspResponse | undefined {
  try {
    return parseOcspResponse(response);
  } catch {
    return undefined;
  }
}

async function checkResponse(
  basic: BasicOcspResponse,
  question: OcspQuestion,
): Promise<UnknownReason | undefined> {
  const { issuer, engine, at, isRevoked, nonce } = question;
  const algorithms = question.algorithms ?? TRADING_ALGORITHMS;
  const signer = await checkOcspSigner(basic, { issuer, engine, algorithms, at, isRevoked });
  if (signer !== undefined) return signer;
  if (hasUnknownCritical(basic.extensions)) return 'malformed';
  if (nonce !== undefined && basic.nonce !== undefined && !equalBytes(nonce, basic.nonce)) {
    return 'wrong-nonce';
  }
  const skew = question.clockSkewMs ?? DEFAULT_SKEW_MS;
  return basic.producedAt > at + skew ? 'not-yet-valid' : undefined;
}

const hasUnknownCritical = (extensions: ReadonlyMap<string, Extension>): boolean =>
  [...extensions.values()].some(({ oid, critical }) => critical && !KNOWN_EXTENSIONS.has(oid));

type Context = {
  readonly basic: BasicOcspResponse;
  readonly question: OcspQuestion;
  readonly evidence: RevocationEvidence;
};

function judgeSingle(single: OcspSingleResponse, context: Context): RevocationVerdict {
  const { question, basic } = context;
  const { status, thisUpdate } = single;
  const evidence = [{ ...context.evidence, thisUpdate, nextUpdate: single.nextUpdate }];
  if (hasUnknownCritical(single.extensions)) return unknownVerdict('malformed', evidence);
  if (status.kind === 'unknown') return unknownVerdict('not-issued', evidence);
  if (status.kind === 'revoked') {
    const neverIssued =
      basic.extensions.has(EXTENDED_REVOKE_OID) && status.at === 0 && status.reason === 'certificateHold';
    if (neverIssued) return unknownVerdict('not-issued', evidence);
    // No question of freshness: what was revoked stays refused, and a stale hold is no reason to let in.
    return {
      status: 'revoked',
      source: question.source,
      reason: status.reason,
      time: status.at,
      evidence,
    };
  }
  const skew = question.clockSkewMs ?? DEFAULT_SKEW_MS;
  if (thisUpdate > question.at + skew) return unknownVerdict('not-yet-valid', evidence);
  const nextUpdate = Math.min(
    single.nextUpdate ?? thisUpdate + LIFE_WITHOUT_NEXT_UPDATE_MS,
    thisUpdate + (question.maxAgeMs ?? Number.POSITIVE_INFINITY),
  );
  if (nextUpdate + skew < question.at) {
    return { ...unknownVerdict('stale', evidence), goodUntil: nextUpdate };
  }
  return {
    status: 'good',
    source: question.source,
    producedAt: basic.producedAt,
    nextUpdate,
    evidence,
  };
}
