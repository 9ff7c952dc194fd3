import type { FeedPage } from '@hufu/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeLog } from '../../../src/features/evidence/index.ts';
import type { EntityCard } from '../../../src/features/exchange/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { type ExchangeWorld, exchangeWorld } from '../../support/exchange/exchange-world.ts';

let world: ExchangeWorld;
let mine: EntityCard;
let other: EntityCard;
beforeAll(async () => {
  world = await exchangeWorld({ modules: [] });
  [mine, other] = [await world.entity(), await world.entity()];
  await world.activate(mine, 'hohhot');
});
afterAll(() => world?.close());

const feed = async (query: string, platform = 'hohhot') => {
  const path = `/api/v1/exchange/feed?${query}`;
  return (await world.platform(platform).call<FeedPage>('library:feed', path)).body;
};

/** A change of a record, as the records feature writes it. */
const change = (entity: EntityCard, id: string, version = 1) =>
  withTransaction(world.infra.database, (tx) =>
    world.infra.audit.record(tx, {
      actor: { kind: 'entity', id: entity.id },
      action: 'record.submit',
      subject: { kind: 'record', id },
      entity: entity.id,
      after: { type: 'award', event: 'submit', version, state: 'submitted', sm3: 'ab'.repeat(32) },
    }),
  );

test('a platform reads the changes of its entities in the order of the log, and no others', async () => {
  const before = (await world.logged()) - 1;
  await change(mine, 'r1');
  await change(other, 'r2');
  await change(mine, 'r1', 2);
  const head = (await world.logged()) - 1;
  const page = await feed(`after=${before}`);
  expect(page.entries.map(({ subject, version }) => [subject.id, version])).toEqual([
    ['r1', 1],
    ['r1', 2],
  ]);
  expect(page.entries[0]).toMatchObject({
    entity: mine.id,
    act: 'record.submit',
    type: 'award',
    state: 'submitted',
    sm3: 'ab'.repeat(32),
  });
  expect(page).toMatchObject({ next: head, head });
  expect((await feed(`after=${before}`, 'ulanqab')).entries).toEqual([]);
});

test('pages of one entry each give the same as one page, and end where the log ends', async () => {
  const all = await feed('after=-1');
  const walked = [];
  for (let after = -1; ; ) {
    const { entries, next, head } = await feed(`after=${after}&limit=1`);
    walked.push(...entries);
    if (next === head) break;
    expect(next).toBeGreaterThan(after);
    after = next;
  }
  expect(walked).toEqual(all.entries);
});

test('a place that the log does not have is refused; nothing new is an empty page', async () => {
  const head = (await world.logged()) - 1;
  expect(await feed(`after=${head}`)).toMatchObject({ entries: [], next: head });
  const refused = await world
    .platform('hohhot')
    .call('library:feed', `/api/v1/exchange/feed?after=${head + 1}`);
  expect(refused).toMatchObject({ status: 422, body: { code: 'EXCHANGE_CURSOR' } });
});

test('who waits is told as soon as there is something', async () => {
  const head = (await world.logged()) - 1;
  const waiting = feed(`after=${head}&wait=20`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await change(mine, 'r9');
  const page = await waiting;
  expect(page.entries.map(({ subject }) => subject.id)).toEqual(['r9']);
});

test('only what witnesses have confirmed, for whoever asks for that', async () => {
  await change(mine, 'r10');
  const size = await world.logged();
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await changeLog.size(world.infra.database.db, true)) >= size) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const page = await feed(`after=${size - 2}&upTo=witnessed`);
  expect(page.entries.map(({ subject }) => subject.id)).toEqual(['r10']);
});

test('LIB feed: many writers at once, a reader that follows: nothing is lost, repeated or out of order', async () => {
  const [writers, each] = [8, 40];
  let after = (await world.logged()) - 1;
  const writing = Promise.all(
    Array.from({ length: writers }, async (_, w) => {
      for (let i = 0; i < each; i += 1) {
        // Transactions that stay open while others overtake them, and some that come to nothing.
        await withTransaction(world.infra.database, async (tx) => {
          await world.infra.audit.record(tx, {
            actor: { kind: 'entity', id: mine.id },
            action: 'record.submit',
            subject: { kind: 'record', id: `w${w}-${i}` },
            entity: mine.id,
            after: { type: 'award', version: 1, state: 'submitted' },
          });
          await new Promise((resolve) => setTimeout(resolve, (w * 7 + i) % 5));
          if (i % 10 === 9) throw new Error('taken back');
        }).catch((error: unknown) => {
          if (!(error instanceof Error) || error.message !== 'taken back') throw error;
        });
      }
    }),
  );
  const expected = Array.from({ length: writers }, (_, w) =>
    Array.from({ length: each }, (__, i) => (i % 10 === 9 ? [] : [`w${w}-${i}`])).flat(),
  );
  const read: { index: number; id: string }[] = [];
  const wanted = expected.flat().length;
  while (read.length < wanted) {
    const page = await feed(`after=${after}&limit=50&wait=10`);
    read.push(...page.entries.map(({ index, subject }) => ({ index, id: subject.id })));
    after = page.next;
  }
  await writing;
  await world.logged();
  expect((await feed(`after=${after}`)).entries).toEqual([]);
  expect(read.every(({ index }, at) => at === 0 || read[at - 1]!.index < index)).toBe(true);
  expect(new Set(read.map(({ id }) => id)).size).toBe(read.length);
  expect(read.map(({ id }) => id).toSorted()).toEqual(expected.flat().toSorted());
  // What one writer wrote one after the other is told in that order.
  for (const [w, own] of expected.entries()) {
    expect(read.map(({ id }) => id).filter((id) => id.startsWith(`w${w}-`))).toEqual(own);
  }
});
