import type { Challenge } from '@hufu/contracts';
import type { AuthStatement } from '@hufu/keybridge-client';

export type ChallengeRecord = {
  readonly id: string;
  readonly act: Challenge['act'];
  readonly nonce: string;
  readonly origin: string;
  readonly audience: string;
  readonly summary: string | null;
  readonly issuedAt: Date;
};

/** What the key must have signed, from our own record alone: nothing that the browser sends becomes part of it. */
export const expectedStatement = (challenge: ChallengeRecord, fingerprint: string): AuthStatement => ({
  act: challenge.act,
  origin: challenge.origin,
  challengeId: challenge.id,
  nonce: challenge.nonce,
  audience: challenge.audience,
  issuedAt: challenge.issuedAt.toISOString(),
  ...(challenge.summary === null ? {} : { summary: challenge.summary }),
  certificateSha256: fingerprint,
});
