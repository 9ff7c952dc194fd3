import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAudit } from '../../../src/infra/audit/audit.ts';
import { type Database, withTransaction } from '../../../src/infra/database/database.ts';
import { claimInstallation } from '../../../src/infra/database/installation.ts';
import { migrate } from '../../../src/infra/database/migrate.ts';
import { testDatabase } from '../../support/database.ts';
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
