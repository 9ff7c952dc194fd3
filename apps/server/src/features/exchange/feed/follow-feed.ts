import type { FeedEntry, FeedPage, FeedQuery } from '@hufu/contracts';
import type { z } from 'zod';
import type { LoggedChange } from '../../evidence/index.ts';
import type { ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';

/** Kinds of subjects whose changes are of interest to a platform: records, and the entity itself. */
export const TOLD_KINDS = ['record', 'entity'] as const;

/** How long a reader who waits is let wait before the log is looked at again, ms. */
const POLL_MS = 300;
/** How long one request may look through what is not for this platform, ms. */
const LONGEST_LOOK_MS = 2_000;

type Following = {
  readonly platform: string;
  readonly query: z.output<typeof FeedQuery>;
  /** The reader has gone, or the server is about to. */
  readonly ended: AbortSignal;
};

/**
 * What has changed since a place in the evidence log, for one platform: entities that are activated there. The place
 * is an index of the log, which is given in the order of the log's tree, once: nothing can appear before a place that
 * was told, whatever commits when.
 * @throws EXCHANGE_CURSOR
 */
export async function followFeed(
  deps: Pick<ExchangeDeps, 'database' | 'changes' | 'activations' | 'clock'>,
  { platform, query, ended }: Following,
): Promise<FeedPage> {
  const { db } = deps.database;
  const { limit, wait, upTo } = query;
  if (query.after >= (await deps.changes.size(db, false))) throw exchangeError('EXCHANGE_CURSOR');
  const begun = deps.clock.now();
  let after = query.after;
  for (;;) {
    const size = await deps.changes.size(db, upTo === 'witnessed');
    const { changes, next } = await deps.changes.read(db, {
      after,
      limit,
      size,
      kinds: TOLD_KINDS,
      audience: (entityId) => deps.activations.activeOn(entityId, platform),
    });
    after = next;
    const page = (): FeedPage => ({ entries: changes.map(entryOf), next, head: size - 1 });
    if (changes.length > 0 || ended.aborted) return page();
    const passed = deps.clock.now() - begun;
    if (after < size - 1) {
      if (passed > LONGEST_LOOK_MS) return page();
    } else {
      if (passed >= wait * 1000) return page();
      await pause(ended);
    }
  }
}

function pause(ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      ended.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, POLL_MS);
    ended.addEventListener('abort', done);
  });
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function entryOf({ index, statement, type, subject, entity, at, after }: LoggedChange): FeedEntry {
  const { version } = after;
  return {
    index,
    at: at.toISOString(),
    statement,
    entity,
    act: type,
    subject,
    type: text(after['type']),
    version: typeof version === 'number' ? version : null,
    state: text(after['state']),
    sm3: text(after['sm3']),
  };
}
