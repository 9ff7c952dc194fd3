import type { Challenge } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import type { z } from 'zod';
import type { Executor } from '../../../infra/database/database.ts';
import type { HubDeps } from '../deps.ts';
import { type ChallengeRow, insertChallenge } from '../store/challenges.ts';

/** OD-05: five minutes at least; a slow key and a slow reader both fit in. */
const LIFETIME_MS = 6 * 60_000;
/** A phone signs when its certificate is read, before the form is filled in (OD-04). */
const BINDING_LIFETIME_MS = 20 * 60_000;

export type ChallengeOrder = {
  readonly act: Challenge['act'];
  readonly browserSha256: string;
  readonly subject: string | null;
  readonly summary: string | null;
};

/** A nonce that is bound to a browser, an act, a subject, this site and the clock; spent by its first use. */
export async function issueChallenge(
  deps: Pick<HubDeps, 'clock' | 'random' | 'origin'>,
  executor: Executor,
  order: ChallengeOrder,
): Promise<z.input<typeof Challenge>> {
  const now = deps.clock.now();
  const issuedAt = new Date(now);
  const expiresAt = new Date(now + (order.act === 'bind' ? BINDING_LIFETIME_MS : LIFETIME_MS));
  const id = toBase64Url(deps.random(16));
  const nonce = toBase64Url(deps.random(32));
  const { act, browserSha256, subject, summary } = order;
  const row: ChallengeRow = {
    id,
    act,
    nonce,
    origin: deps.origin,
    audience: deps.origin,
    browser_sha256: browserSha256,
    subject,
    summary,
    issued_at: issuedAt,
    expires_at: expiresAt,
    used_at: null,
  };
  await insertChallenge(executor, row);
  return shownChallenge(row);
}

/** As it is told to whoever signs it. */
export const shownChallenge = (row: ChallengeRow): z.input<typeof Challenge> => ({
  challengeId: row.id,
  act: row.act,
  nonce: row.nonce,
  audience: row.audience,
  origin: row.origin,
  issuedAt: row.issued_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  ...(row.summary === null ? {} : { summary: row.summary }),
});
