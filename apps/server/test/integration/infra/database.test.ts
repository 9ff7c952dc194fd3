import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAudit } from '../../../src/infra/audit/audit.ts';
import { type Database, type Tx, withTransaction } from '../../../src/infra/database/database.ts';
import { claimInstallation } from '../../../src/infra/database/installation.ts';
import { migrate } from '../../../src/infra/database/migrate.ts';
import { failureOf } from '../../../src/infra/http/problem.ts';
import { onPostgresql, testDatabase } from '../../support/database.ts';
import { migrations } from '../../support/template.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const entry = { actor: { kind: 'system' }, action: 'test.act' } as const;
const countEntries = async () =>
  (
    await database.db
      .selectFrom('audit_entry')
      .select((e) => e.fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow()
  ).n;

test('a transaction keeps all of its work or none', async () => {
  const audit = createAudit(database);
  await withTransaction(database, (tx) => audit.record(tx, entry));
  const before = await countEntries();
  await expect(
    withTransaction(database, async (tx) => {
      await audit.record(tx, entry);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await countEntries()).toBe(before);
});

test('a second connection inside a transaction is refused at once', async () => {
  await expect(withTransaction(database, () => database.pool.query('select 1'))).rejects.toThrow(
    'DATABASE_NESTED',
  );
  await expect(
    withTransaction(database, () => database.db.selectFrom('job').selectAll().execute()),
  ).rejects.toThrow('DATABASE_NESTED');
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

describe('transactions that collide', () => {
  const collide = (tx: Tx, state: string) =>
    sql.raw(`do $$ begin raise exception 'collision' using errcode = '${state}'; end $$`).execute(tx);

  test.each(['40P01', '40001'])(
    'the loser (%s) is run again, whole, and what it did before is gone',
    async (state) => {
      const audit = createAudit(database);
      const before = Number(await countEntries());
      let runs = 0;
      const result = await withTransaction(database, async (tx) => {
        runs += 1;
        await audit.record(tx, entry);
        if (runs === 1) await collide(tx, state);
        return runs;
      });
      expect(result).toBe(2);
      expect(Number(await countEntries())).toBe(before + 1);
    },
  );

  test('who loses every time is told to come back later; another failure is not run again', async () => {
    const before = await countEntries();
    for (const [state, wanted, code] of [
      ['40P01', 3, 'UNAVAILABLE'],
      ['23505', 1, 'INTERNAL'],
    ] as const) {
      let runs = 0;
      const failed = withTransaction(database, async (tx) => {
        runs += 1;
        await createAudit(database).record(tx, entry);
        await collide(tx, state);
      });
      const error: unknown = await failed.catch((thrown: unknown) => thrown);
      expect(failureOf(error).code).toBe(code);
      expect(runs).toBe(wanted);
    }
    expect(await countEntries()).toBe(before);
  });

  test.runIf(onPostgresql)('a real deadlock: both units of work are done, each once', async () => {
    await database.pool.query('create table pair (name text primary key, n int not null)');
    await database.pool.query("insert into pair values ('a', 0), ('b', 0)");
    const add = (tx: Tx, name: string) => sql`update pair set n = n + 1 where name = ${name}`.execute(tx);
    const holding: Record<string, () => void> = {};
    const held = { a: signal('a'), b: signal('b') };
    function signal(name: string): Promise<void> {
      return new Promise((resolve) => {
        holding[name] = resolve;
      });
    }
    let runs = 0;
    const work = (first: 'a' | 'b', second: 'a' | 'b') =>
      withTransaction(database, async (tx) => {
        runs += 1;
        await add(tx, first);
        holding[first]!();
        await held[second];
        await add(tx, second);
      });
    await Promise.all([work('a', 'b'), work('b', 'a')]);
    expect(runs).toBeGreaterThan(2);
    const { rows } = await database.pool.query('select n from pair');
    expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
  });
});

test.each(['update audit_entry set action = $$x$$', 'delete from audit_entry', 'truncate audit_entry'])(
  'the audit log is append-only: %s',
  async (sql) => {
    await createAudit(database).refused({ ...entry, code: 'SOME_CODE' });
    const before = await countEntries();
    await expect(database.pool.query(sql)).rejects.toThrow('append-only');
    expect(await countEntries()).toBe(before);
  },
);

test('migrating again does nothing; an edited or a missing migration is refused', async () => {
  expect(await migrate(database, migrations())).toEqual([]);
  const edited = migrations().map((one, at) => (at === 0 ? { ...one, checksum: 'other' } : one));
  await expect(migrate(database, edited)).rejects.toThrow('MIGRATION_EDITED');
  await expect(migrate(database, migrations().slice(1))).rejects.toThrow('MIGRATION_MISSING');
});

test('a demo database serves no configured installation', async () => {
  const id = await claimInstallation(database, 'demo');
  expect(await claimInstallation(database, 'demo')).toBe(id);
  await expect(claimInstallation(database, 'configured')).rejects.toThrow('INSTALLATION_MODE');
});
