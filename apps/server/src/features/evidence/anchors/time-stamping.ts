import { type Clock, DAY_MS, utf8 } from '@hufu/kernel';
import { parseNote } from '@hufu/ledger';
import type { Database } from '../../../infra/database/database.ts';
import type { CheckpointSource } from './checkpoint-source.ts';
import { newestTimeStamp, type StampedCheckpoint, storeTimeStamp } from './time-stamp-store.ts';
import type { TsaDriver } from './tsa-driver.ts';

export type TimeStampingOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly driver: TsaDriver;
  readonly source: CheckpointSource;
};

/** A time-stamp is worth nothing once its signer's certificate has ended, unless a newer one covers it. */
const RENEW_BEFORE_MS = 90 * DAY_MS;

/** Has the newest confirmed checkpoint stamped, once a day at most, when there is something to gain by it. */
export async function stampDaily(options: TimeStampingOptions): Promise<StampedCheckpoint | undefined> {
  const { database, clock, driver, source } = options;
  const checkpoint = await source.newestConfirmed();
  if (checkpoint === undefined) return undefined;
  const last = await newestTimeStamp(database.db, source.origin);
  if (last && !isDue(last, checkpoint.size, clock.now())) return undefined;
  const { size, root, note } = checkpoint;
  const content = parseNote(note).text;
  const stamp = await driver.stamp(utf8(content));
  const stamped = { ...stamp, size, root, content, obtainedAt: clock.now() };
  await storeTimeStamp(database.db, source.origin, stamped);
  return stamped;
}

function isDue(last: StampedCheckpoint, size: number, now: number): boolean {
  if (now - last.obtainedAt < DAY_MS) return false;
  return size > last.size || last.signerUntil - now < RENEW_BEFORE_MS;
}
