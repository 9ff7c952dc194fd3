import { CodedError } from '@hufu/kernel';
import {
  type CryptoEngine,
  digestOfOid,
  parseTimeStampToken,
  type TimeStampToken,
  verifyTimeStampToken,
} from '@hufu/pki';
import { type CertificateJudge, standingAt } from './certificate-judge.ts';
import { passed, type SesFinding, type SesStep, unknown } from './verdict.ts';

export type TimeStampUse = {
  readonly step: Extract<SesStep, 'seal-time-stamp' | 'time-stamp'>;
  /** TimeStampToken, DER as found. */
  readonly token: Uint8Array;
  /** The signature value that it should be over. */
  readonly signature: Uint8Array;
};

export type TimeStampTools = { readonly judge: CertificateJudge; readonly engine: CryptoEngine };

export type TimeStampFinding = {
  readonly finding: SesFinding;
  /** Proven time, ms UTC; undefined unless the step passed. */
  readonly time: number | undefined;
};

function tryToken(der: Uint8Array): TimeStampToken | undefined {
  try {
    return parseTimeStampToken(der);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

/**
 * The time stamp of a seal or of a seal signature. It stands outside of what is signed, so that anyone can spoil it: a
 * bad one proves no time, and says nothing else against the seal.
 */
export async function judgeTimeStamp(use: TimeStampUse, tools: TimeStampTools): Promise<TimeStampFinding> {
  const { step, signature } = use;
  const open = (
    reason: 'TIME_STAMP_MALFORMED' | 'TIME_STAMP_WRONG' | 'TIME_STAMP_UNTRUSTED',
    detail = '',
  ) => ({ finding: unknown(step, reason, detail), time: undefined });
  const token = tryToken(use.token);
  if (token === undefined) return open('TIME_STAMP_MALFORMED');
  const digest = digestOfOid(token.info.imprint.hashOid);
  if (digest === undefined || digest === 'sha1') return open('TIME_STAMP_WRONG', 'digest');
  const imprint = { digest, hash: tools.engine.digest(digest, signature) };
  const verdict = await verifyTimeStampToken({ token, imprint }, tools.engine);
  if (!verdict.valid) return open('TIME_STAMP_WRONG', verdict.reason);
  const { certificate, time } = verdict;
  const companions = token.signedData.certificates;
  const found = await tools.judge({ certificate, role: 'time-stamp', at: time, companions });
  const { standing, detail } = standingAt(found, { at: time, proven: true });
  return standing === 'good'
    ? { finding: passed(step), time }
    : open('TIME_STAMP_UNTRUSTED', detail || standing);
}
