import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Database, withTransaction } from '../../../src/infra/database/database.ts';
import { endLeases } from '../../../src/infra/lease/end-leases.ts';
import { listDeadJobs, reviveJob } from '../../../src/infra/outbox/dead-letters.ts';
import type { Job } from '../../../src/infra/outbox/job.ts';
import { createOutbox, type Outbox } from '../../../src/infra/outbox/outbox.ts';
import { startSchedule } from '../../../src/infra/schedule/schedule.ts';
import { onPostgresql, testDatabase } from '../../support/database.ts';

let database: Database;
const running: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await database.pool.query('delete from job');
  await database.pool.query('delete from periodic_task');
});
afterAll(() => database.close());

const start = (): Outbox => {
  const outbox = createOutbox(database);
  running.push(outbox);
  return outbox;
};
const ask = (outbox: Outbox, payload: unknown, more = {}) =>
  withTransaction(database, (tx) => outbox.enqueue(tx, { queue: 'work', payload, ...more }));
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000 });
const FAST = { pollMs: 20, backOff: () => 1 };
const states = async () =>
  (await database.pool.query<{ state: string }>('select state from job order by id')).rows.map(
    (row) => row.state,
  );

test('a job is done once after the commit, and never when the transaction fails', async () => {
  const outbox = start();
  const done: unknown[] = [];
  await ask(outbox, { n: 1 });
  await expect(
    withTransaction(database, async (tx) => {
      await outbox.enqueue(tx, { queue: 'work', payload: { n: 2 } });
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  outbox.startWorkers({ work: async (job) => void done.push(job.payload) }, FAST);
  await eventually(async () => expect(await states()).toEqual(['done']));
  expect(done).toEqual([{ n: 1 }]);
});

test('jobs of one subject keep their order while others go on, failures included', async () => {
  const outbox = start();
  for (let n = 0; n < 6; n++)
    await ask(outbox, { subject: n % 2 === 0 ? 'a' : 'b', n }, { subject: n % 2 === 0 ? 'a' : 'b' });
  const seen: { subject: string; n: number }[] = [];
  let failures = 2;
  const work = async (job: Job) => {
    const payload = job.payload as { subject: string; n: number };
    if (payload.n === 0 && failures-- > 0) throw new Error('again');
    seen.push(payload);
  };
  outbox.startWorkers({ work }, FAST);
  await eventually(() => expect(seen.length).toBe(6));
  expect(seen.filter((one) => one.subject === 'a').map((one) => one.n)).toEqual([0, 2, 4]);
  expect(seen.filter((one) => one.subject === 'b').map((one) => one.n)).toEqual([1, 3, 5]);
});

test('what cannot be done is put aside, seen, and can be revived', async () => {
  const outbox = start();
  await ask(outbox, {}, { maxAttempts: 3 });
  let works = false;
  const tries: number[] = [];
  outbox.startWorkers(
    {
      work: async (job) => {
        tries.push(job.attempt);
        if (!works) throw new Error('broken');
      },
    },
    FAST,
  );
  await eventually(async () => expect(await states()).toEqual(['dead']));
  expect(tries).toEqual([1, 2, 3]);
  const [dead] = await listDeadJobs(database.db);
  expect(dead).toMatchObject({ queue: 'work', attempts: 3, lastError: 'broken' });
  works = true;
  expect(await withTransaction(database, (tx) => reviveJob(tx, dead!.id))).toBe(true);
  await eventually(async () => expect(await states()).toEqual(['done']));
});

test('a job whose worker died is taken by another when the lease has run out', async () => {
  const outbox = start();
  await ask(outbox, {});
  await database.pool.query(
    `update job set state = 'running', attempts = 1, lease_until = now() - interval '1 second'`,
  );
  const attempts: number[] = [];
  outbox.startWorkers({ work: async (job) => void attempts.push(job.attempt) }, FAST);
  await eventually(() => expect(attempts).toEqual([2]));
});

const leaseOf = async (table: 'job' | 'periodic_task') =>
  (await database.pool.query<{ until: string | null }>(`select lease_until::text as until from ${table}`))
    .rows[0]?.until;

/** Until the claim has been renewed: it ends later than it did. */
async function renewed(table: 'job' | 'periodic_task'): Promise<void> {
  const first = await leaseOf(table);
  expect(first).toMatch(/^\d/);
  await eventually(async () => expect(await leaseOf(table)).not.toBe(first));
}

/** Work that lasts until the test ends it. */
function longWork() {
  let [beginning, end] = [() => {}, () => {}];
  const begun = new Promise<void>((resolve) => {
    beginning = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async () => {
    beginning();
    await ended;
  };
  return { work, begun, end: () => end() };
}

test('long work stays with the worker that does it: its claim is renewed', async () => {
  const outbox = start();
  await ask(outbox, {});
  const { work, begun, end } = longWork();
  outbox.startWorkers({ work }, { ...FAST, leaseSeconds: 3 });
  await begun;
  await renewed('job');
  end();
  await eventually(async () => expect(await states()).toEqual(['done']));
});

test('a worker that lost its claim neither finishes nor prolongs the job of the one that has it', async () => {
  const outbox = start();
  await ask(outbox, {});
  const { work, begun, end } = longWork();
  outbox.startWorkers({ work }, { ...FAST, leaseSeconds: 300 });
  await begun;
  await database.pool.query('update job set attempts = 2');
  end();
  await outbox.stop();
  expect(await states()).toEqual(['running']);
});

test('what a former process held is free at once where nobody else can hold it', async () => {
  const outbox = start();
  await ask(outbox, {});
  await database.pool.query(`update job set state = 'running', lease_until = now() + interval '1 hour'`);
  await database.pool.query(
    `insert into periodic_task (name, next_run_at, lease_until) values ('tick', now(), now() + interval '1 hour')`,
  );
  await endLeases(database);
  expect(await states()).toEqual(['ready']);
  expect(await leaseOf('periodic_task')).toBeNull();
});

test('a job with the key of a waiting one is not asked for twice', async () => {
  const outbox = start();
  await ask(outbox, { n: 1 }, { dedup: 'same' });
  await ask(outbox, { n: 2 }, { dedup: 'same' });
  expect(await states()).toEqual(['ready']);
});

test.skipIf(!onPostgresql)('several workers share a queue without doing anything twice', async () => {
  const outboxes = [start(), start(), start()];
  for (let n = 0; n < 60; n++) await ask(outboxes[0]!, { n });
  const seen: number[] = [];
  for (const outbox of outboxes) {
    outbox.startWorkers(
      { work: async (job) => void seen.push((job.payload as { n: number }).n) },
      { ...FAST, batch: 3 },
    );
  }
  await eventually(async () => expect((await states()).every((one) => one === 'done')).toBe(true));
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
});

test('a periodic task runs at once and again when it is due; its failure is kept, not fatal', async () => {
  let runs = 0;
  const scheduler = startSchedule(
    {
      database,
      tasks: [
        {
          name: 'tick',
          everySeconds: 3600,
          async run() {
            runs++;
            if (runs === 2) throw new Error('broken');
          },
        },
      ],
    },
    { pollMs: 20 },
  );
  running.push(scheduler);
  const task = async () =>
    (
      await database.pool.query<{ last_error: string | null; lease_until: Date | null }>(
        'select * from periodic_task',
      )
    ).rows[0];
  await eventually(async () => expect([runs, (await task())?.lease_until]).toEqual([1, null]));
  await database.pool.query('update periodic_task set next_run_at = now()');
  await eventually(async () => expect((await task())?.last_error).toContain('broken'));
  expect(runs).toBe(2);
});

test.skipIf(!onPostgresql)('of several servers one runs a periodic task', async () => {
  let runs = 0;
  const tasks = [{ name: 'alone', everySeconds: 3600, run: async () => void runs++ }];
  for (let at = 0; at < 4; at++) running.push(startSchedule({ database, tasks }, { pollMs: 10 }));
  await eventually(() => expect(runs).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(runs).toBe(1);
});
