import type { Challenge } from '@hufu/contracts';
import type { z } from 'zod';
import type { HubDeps } from '../deps.ts';
import { challengeById } from '../store/challenges.ts';
import { shownChallenge } from './issue-challenge.ts';

export type AskedChallenge = { readonly id: string; readonly browserSha256: string };
export type ShownChallenge = z.input<typeof Challenge>;

/** A challenge that this browser asked for and nobody has answered yet; it is not spent by looking. */
export async function openChallenge(
  { database, clock }: Pick<HubDeps, 'database' | 'clock'>,
  { id, browserSha256 }: AskedChallenge,
): Promise<ShownChallenge | undefined> {
  const row = await challengeById(database.db, id);
  if (row === undefined || row.browser_sha256 !== browserSha256) return undefined;
  if (row.used_at !== null || row.expires_at.getTime() <= clock.now()) return undefined;
  return shownChallenge(row);
}
