import fs from 'node:fs';
import path from 'node:path';
import type { CodedError } from '@hufu/kernel';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runSequencer } from '../../../src/features/evidence/sequencer/run-sequencer.ts';
import { isRefusal } from '../../../src/features/evidence/sequencer/sequencer.ts';
import { treeHead } from '../../../src/features/evidence/store/tree.ts';
import { type LogWorld, logWorld } from '../../support/evidence/log-world.ts';

let world: LogWorld;
/** The database as a backup would have kept it, at its smaller size. */
const backup = new Map<string, Record<string, unknown>[]>();
const TABLES = [
  'ledger_leaf',
  'ledger_tile',
  'ledger_checkpoint',
  'ledger_cosignature',
  'ledger_tree',
  'ledger_outbox',
];

const query = (text: string, values: unknown[] = []) => world.database.pool.query(text, values);

async function save(): Promise<void> {
  for (const table of TABLES)
    backup.set(table, (await query(`select * from ${table}`)).rows as Record<string, unknown>[]);
}

/** What a database administrator can do and no program of ours does: triggers off, rows as they were. */
async function restore(): Promise<void> {
  for (const table of [...TABLES].reverse()) {
    await query(`alter table ${table} disable trigger user`);
    await query(`delete from ${table}`);
  }
  for (const table of TABLES) {
    for (const row of backup.get(table)!) {
      const names = Object.keys(row);
      const places = names.map((_, at) => `$${at + 1}`);
      await query(
        `insert into ${table} (${names.join(', ')}) overriding system value values (${places.join(', ')})`,
        Object.values(row),
      );
    }
    await query(`alter table ${table} enable trigger user`);
  }
}

const signed = async () =>
  Number((await query('select coalesce(max(size), 0) as n from ledger_checkpoint')).rows[0].n);

async function grow(count: number): Promise<void> {
  const sequencer = world.sequencer();
  expect(await sequencer.lead()).toBe(true);
  for (let i = 0; i < count; i++)
    await world.change({
      subject: { kind: 'approval', id: crypto.randomUUID() },
      action: 'approval.propose',
    });
  while (await sequencer.work());
  await sequencer.leave();
}

const refusalOf = async (files = 'log'): Promise<CodedError> => {
  const before = await signed();
  const error = await world
    .sequencer({ files })
    .lead()
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  // Whatever the reason: nothing was signed, and it is one for people.
  expect(await signed()).toBe(before);
  expect(isRefusal(error)).toBe(true);
  return error as CodedError;
};

beforeAll(async () => {
  world = await logWorld();
  await grow(20);
  await save();
  await grow(20);
});
afterAll(() => world.close());
beforeEach(() => {
  world.anchored.length = 0;
});

test('a server on an honest database leads, and so does the next one', async () => {
  await grow(1);
  await grow(1);
});

test('a restored backup signs nothing: its own published files know better', async () => {
  await restore();
  expect(await refusalOf()).toMatchObject({
    code: 'EVIDENCE_LOG_ROLLED_BACK',
    fields: { source: 'published', own: 20 },
  });
});

test('a restored backup on a new machine, without files: the witnesses know better', async () => {
  await restore();
  expect(await refusalOf('elsewhere')).toMatchObject({
    code: 'EVIDENCE_LOG_ROLLED_BACK',
    fields: { size: 42 },
  });
});

test('an emptied database on a new machine: the witnesses know better', async () => {
  await restore();
  for (const table of [...TABLES].reverse()) {
    if (table === 'ledger_tree') continue;
    await query(`alter table ${table} disable trigger user`);
    await query(`delete from ${table}`);
    await query(`alter table ${table} enable trigger user`);
  }
  await query(`update ledger_tree set size = 0, root = sha256('')`);
  expect(await refusalOf('elsewhere')).toMatchObject({
    code: 'EVIDENCE_LOG_ROLLED_BACK',
    fields: { size: 42 },
  });
});

test('a restored backup that has grown another way since: forked', async () => {
  await restore();
  const seen = world.witnesses.map((one) => one.seen);
  for (const one of world.witnesses) one.seen = undefined;
  // Somebody disarmed the guard: new files, forgetful witnesses. The tree grows past what was published.
  const rogue = world.sequencer({ files: 'rogue' });
  expect(await rogue.lead()).toBe(true);
  for (let i = 0; i < 30; i++)
    await world.change({ subject: { kind: 'approval', id: `rogue${i}` }, action: 'approval.propose' });
  while (await rogue.work());
  await rogue.leave();
  world.witnesses.forEach((one, at) => {
    one.seen = seen[at];
  });
  expect(await refusalOf()).toMatchObject({ code: 'EVIDENCE_LOG_FORKED', fields: { source: 'published' } });
  expect(await refusalOf('elsewhere')).toMatchObject({
    code: 'EVIDENCE_LOG_FORKED',
    fields: { source: 'w1.example' },
  });
});

test('the chain is asked too', async () => {
  await restore();
  for (const one of world.witnesses) one.seen = undefined;
  world.anchored.push({ source: 'chain', size: 41, root: new Uint8Array(32) });
  expect(await refusalOf('elsewhere')).toMatchObject({
    code: 'EVIDENCE_LOG_ROLLED_BACK',
    fields: { source: 'chain' },
  });
  world.anchored.splice(0, 1, { source: 'chain', size: 15, root: new Uint8Array(32).fill(7) });
  expect(await refusalOf('elsewhere')).toMatchObject({
    code: 'EVIDENCE_LOG_FORKED',
    fields: { source: 'chain' },
  });
});

test('a tile that was changed by hand: the stored tree has not the stored root', async () => {
  await restore();
  await query(`update ledger_tile set data = set_byte(data, 40, (get_byte(data, 40) + 1) % 256)`);
  expect(await refusalOf('elsewhere')).toMatchObject({ code: 'EVIDENCE_LOG_DAMAGED' });
  await restore();
});

test('another key than the one that signed so far is another log', async () => {
  await restore();
  const other = await logWorld();
  try {
    const file = path.join(world.directory, 'foreign');
    fs.mkdirSync(file);
    await other.change();
    const sequencer = other.sequencer({ files: 'log' });
    expect(await sequencer.lead()).toBe(true);
    await sequencer.work();
    await sequencer.leave();
    fs.copyFileSync(path.join(other.directory, 'log', 'checkpoint'), path.join(file, 'checkpoint'));
    expect(await refusalOf('foreign')).toMatchObject({ code: 'EVIDENCE_LOG_KEY' });
  } finally {
    await other.close();
  }
});

test('without the witnesses’ word nothing is signed, and nothing is refused: it waits for them', async () => {
  await restore();
  for (const one of world.witnesses) one.awake = false;
  const size = (await treeHead(world.database.db)).size;
  await world.change();
  const running = runSequencer(world.sequencer({ files: 'elsewhere' }), {
    standbyMs: 20,
    keepMs: 1000,
    onFailure: () => {},
  });
  await expect.poll(() => world.witnesses[0]!.asked).toBeGreaterThan(3);
  expect(running.state()).toEqual({ state: 'standby' });
  expect((await treeHead(world.database.db)).size).toBe(size);
  for (const one of world.witnesses) {
    one.awake = true;
    one.seen = undefined;
  }
  await expect.poll(() => running.state()).toEqual({ state: 'leading' });
  await expect.poll(async () => (await treeHead(world.database.db)).size).toBe(size + 1);
  await running.stop();
});

test('a refusal is told and stays until somebody has looked', async () => {
  await restore();
  const told: unknown[] = [];
  const running = runSequencer(world.sequencer(), {
    standbyMs: 20,
    keepMs: 1000,
    onFailure: (error) => told.push(error),
  });
  await expect.poll(() => running.state().state).toBe('refused');
  expect(running.state()).toMatchObject({ error: { code: 'EVIDENCE_LOG_ROLLED_BACK' } });
  expect(told).toHaveLength(1);
  await running.stop();
});

test('a history that is rewritten under a leading server is found out by its witnesses, and nothing more is signed', async () => {
  await restore();
  const seen = world.witnesses.map((one) => one.seen);
  const running = runSequencer(world.sequencer({ files: 'rewritten' }), {
    busyMs: 20,
    idleMs: 20,
    standbyMs: 20,
    keepMs: 1000,
    onFailure: () => {},
  });
  for (const one of world.witnesses) one.seen = undefined;
  await expect.poll(() => running.state().state).toBe('leading');
  await expect.poll(() => world.witnesses[0]!.seen?.size ?? 0).toBeGreaterThan(0);
  world.witnesses.forEach((one, at) => {
    one.seen = { size: 21, root: seen[at]!.root };
  });
  for (let i = 0; i < 3; i++)
    await world.change({ subject: { kind: 'approval', id: `z${i}` }, action: 'approval.propose' });
  await expect
    .poll(() => running.state())
    .toMatchObject({
      state: 'refused',
      error: { code: 'EVIDENCE_LOG_FORKED' },
    });
  const before = await signed();
  await world.change();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await signed()).toBe(before);
  await running.stop();
});
