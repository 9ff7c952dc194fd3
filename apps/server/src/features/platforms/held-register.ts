import type pg from 'pg';
import type { Database } from '../../infra/database/database.ts';
import { type KeptPlatform, keptPlatforms } from './store.ts';

/** The revision, as an SQL expression that can be read along with something else. */
export const REVISION_SQL = '(select revision::text from platform_revision)';

/** All platforms by client id, as they were at one revision of the register. Never changed, only replaced. */
export type HeldPlatforms = ReadonlyMap<string, KeptPlatform>;

export type HeldRegister = {
  /** As of a look into the database that began after this call: a change counts from its commit on, on every server. */
  now(): Promise<HeldPlatforms>;
  /** The same for somebody who has read the revision after their cause to ask: a look is spared if it is held. */
  at(revision: string): Promise<HeldPlatforms>;
  /** As of the last look: for whoever has just asked `now` in the same request. */
  lastSeen(): HeldPlatforms;
};

/**
 * The register in memory. A look is one row, and is shared by all who ask while the one before is under way; the
 * register itself is read only when its revision has moved.
 */
export function holdRegister(database: Database): HeldRegister {
  let revision = '';
  let held: HeldPlatforms = new Map();
  let underWay: Promise<HeldPlatforms> | undefined;
  let next: Promise<HeldPlatforms> | undefined;

  const look = async (): Promise<HeldPlatforms> => {
    const seen = await revisionNow(database.pool);
    if (seen === revision) return held;
    // Read after the revision: whatever is newer than that shows at the next look.
    const platforms = await keptPlatforms(database.db);
    held = new Map(platforms.map((one) => [one.clientId, one]));
    revision = seen;
    return held;
  };

  const begin = (): Promise<HeldPlatforms> => {
    next = undefined;
    const looking = look().finally(() => {
      if (underWay === looking) underWay = undefined;
    });
    underWay = looking;
    return looking;
  };

  const now = (): Promise<HeldPlatforms> => {
    if (underWay === undefined) return begin();
    // The look under way may have read before the caller's cause to ask: theirs begins when it has ended.
    next ??= underWay.then(begin, begin);
    return next;
  };

  return {
    now,
    at: (seen) => (seen === revision ? Promise.resolve(held) : now()),
    lastSeen: () => held,
  };
}

async function revisionNow(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ revision: string }>({
    name: 'platform-revision',
    text: `select ${REVISION_SQL} as revision`,
  });
  return rows[0]!.revision;
}
