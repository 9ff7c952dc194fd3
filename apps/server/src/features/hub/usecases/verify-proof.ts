import type { SignedChallenge } from '@hufu/contracts';
import { fromBase64 } from '@hufu/kernel';
import { authStatementBytes } from '@hufu/keybridge-client';
import type { z } from 'zod';
import type { HubDeps } from '../deps.ts';
import { expectedStatement } from '../domain/statement.ts';
import { hubError } from '../errors.ts';
import type { ReadCertificate } from '../ports.ts';
import { type ChallengeRow, challengeById, spendChallenge } from '../store/challenges.ts';

export type Proof = z.output<typeof SignedChallenge>;

export type ProofExpectation = {
  readonly proof: Proof;
  readonly act: ChallengeRow['act'];
  readonly browserSha256: string;
  /** What the challenge must have been issued about: a session, an approval. */
  readonly subject?: string;
};

export type VerifiedProof = {
  readonly challenge: ChallengeRow;
  readonly certificate: ReadCertificate;
  /** The signed bytes and the signature, for acts that must stay provable. */
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
  readonly mediaNo: string | null;
};

/**
 * Proves that the key of the sent certificate answered this challenge, here, in this browser, for this act. Says
 * nothing yet of the certificate's standing. A challenge is spent by its first presentation, right or wrong.
 *
 * @throws HUB_CHALLENGE_UNKNOWN, HUB_CHALLENGE_EXPIRED, HUB_CHALLENGE_FOREIGN, HUB_SIGNATURE_INVALID, and what the
 *   certificate reader refuses
 */
export async function verifyProof(
  deps: Pick<HubDeps, 'database' | 'clock' | 'judge'>,
  { proof, act, browserSha256, subject }: ProofExpectation,
): Promise<VerifiedProof> {
  const certificate = await deps.judge.read(fromBase64(proof.certificate));
  const challenge = await spend(deps, { id: proof.challengeId, browserSha256 });
  if (challenge.expires_at.getTime() <= deps.clock.now()) throw hubError('HUB_CHALLENGE_EXPIRED');
  if (challenge.act !== act || (subject !== undefined && challenge.subject !== subject)) {
    throw hubError('HUB_CHALLENGE_FOREIGN');
  }
  const record = { ...challenge, issuedAt: challenge.issued_at };
  const statement = authStatementBytes(expectedStatement(record, certificate.fingerprint));
  const signature = fromBase64(proof.signature);
  if (!(await deps.judge.verify(certificate, statement, signature))) throw hubError('HUB_SIGNATURE_INVALID');
  return { challenge, certificate, statement, signature, mediaNo: proof.mediaNo };
}

async function spend(
  deps: Pick<HubDeps, 'database' | 'clock'>,
  presented: { id: string; browserSha256: string },
): Promise<ChallengeRow> {
  const at = new Date(deps.clock.now());
  const challenge = await spendChallenge(deps.database.pool, { ...presented, at });
  if (challenge !== undefined) return challenge;
  const known = await challengeById(deps.database.db, presented.id);
  if (known !== undefined && known.browser_sha256 !== presented.browserSha256) {
    throw hubError('HUB_CHALLENGE_FOREIGN');
  }
  throw hubError('HUB_CHALLENGE_UNKNOWN');
}
