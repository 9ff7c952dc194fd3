import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { lockDirectory } from '../../../src/infra/database/directory-lock.ts';
import { migrate } from '../../../src/infra/database/migrate.ts';
import { openEmbedded } from '../../../src/infra/database/open.ts';
import { openDurable } from '../../../src/infra/database/pglite-durable.ts';
import { bundle } from '../../support/bundle.ts';
import { onPostgresql } from '../../support/database.ts';
import { migrations } from '../../support/template.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-embedded-'));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

let thread: URL;
let writer: string;
beforeAll(async () => {
  thread = await bundle('src/infra/database/pglite.worker.ts');
  writer = fileURLToPath(await bundle('test/support/processes/writer.ts'));
  if (onPostgresql) return;
  const database = await open(made);
  await migrate(database, migrations());
  await database.close();
});

/** Making a database takes seconds: each test gets a copy of one. */
const made = path.join(root, 'made');
function copied(name: string): string {
  const directory = path.join(root, name);
  fs.cpSync(made, directory, { recursive: true });
  return directory;
}

const open = (directory: string, queryTimeout?: number) =>
  openEmbedded({ directory, queryTimeout, program: thread });

/** Starts a writer and resolves once it has had so many rows acknowledged. */
function writeUntil(
  directory: string,
  rows: number,
): Promise<{ child: ChildProcess; acknowledged(): number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, directory, thread.href], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let last = 0;
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.stdout!.on('data', (chunk: Buffer) => {
      last = Number(chunk.toString().trim().split('\n').at(-1));
      if (last >= rows) resolve({ child, acknowledged: () => last });
    });
    child.once('exit', (code) => reject(new Error(`writer ended with ${code}: ${said}`)));
  });
}

// The embedded database has nothing to do with the engine of the run: once is enough.
const once = test.skipIf(onPostgresql);

once(
  'kill -9 loses nothing that was acknowledged, and the lock goes with the process',
  async () => {
    const directory = copied('killed');
    const { child, acknowledged } = await writeUntil(directory, 20);
    await expect(open(directory)).rejects.toThrow('DATABASE_IN_USE');
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const told = acknowledged();
    const database = await open(directory);
    const { rows } = await database.pool.query<{ n: number }>('select n from written order by n');
    await database.close();
    const kept = rows.map((row) => row.n);
    expect(kept.length).toBeGreaterThanOrEqual(told);
    expect(kept).toEqual(kept.map((_, at) => at + 1));
  },
  120_000,
);

once(
  'every commit reaches the disk: at least one fsync each',
  async () => {
    const directory = copied('synced');
    const database = await openDurable(directory);
    await database.exec('create table t (n int)');
    const spy = vi.spyOn(fs, 'fsyncSync');
    try {
      for (let n = 0; n < 10; n++) await database.query('insert into t values ($1)', [n]);
      expect(spy.mock.calls.length).toBeGreaterThanOrEqual(10);
      const before = spy.mock.calls.length;
      await database.query('select count(*) from t');
      expect(spy.mock.calls.length).toBe(before);
    } finally {
      spy.mockRestore();
      await database.close();
    }
  },
  60_000,
);

once(
  'a runaway query is ended; the next one finds the data whole',
  async () => {
    const directory = copied('runaway');
    const database = await open(directory, 2500);
    try {
      await withTransaction(database, async (tx) => {
        await tx.insertInto('job').values({ queue: 'keep', payload: '{}' }).execute();
      });
      await expect(
        withTransaction(database, async (tx) => {
          await tx.insertInto('job').values({ queue: 'lost', payload: '{}' }).execute();
          await sql`select count(*) from generate_series(1, 20000000000)`.execute(tx);
        }),
      ).rejects.toThrow();
      const { rows } = await database.pool.query<{ queue: string }>('select queue from job');
      expect(rows).toEqual([{ queue: 'keep' }]);
    } finally {
      await database.close();
    }
  },
  90_000,
);

once(
  'a directory that holds something else is left alone',
  async () => {
    const directory = path.join(root, 'foreign');
    fs.mkdirSync(directory);
    fs.writeFileSync(path.join(directory, 'letter.txt'), 'mine');
    await expect(open(directory)).rejects.toThrow('DATABASE_DIRECTORY_FOREIGN');
    expect(fs.readdirSync(directory)).toEqual(['letter.txt']);
  },
  60_000,
);

once('a directory is locked once, and free again after release', async () => {
  const directory = path.join(root, 'locked');
  const release = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toThrow('DATABASE_IN_USE');
  await release();
  await (await lockDirectory(directory))();
});
