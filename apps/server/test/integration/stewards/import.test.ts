import type { Approval, StewardImport } from '@hufu/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepPieces, stageRows } from '../../../src/features/stewards/imports/stage-rows.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { decide, type Operator, operators } from '../../support/hub/hub-world.ts';
import { anyCode } from '../../support/library/entities.ts';
import { type StewardWorld, stewardWorld } from '../../support/library/steward-world.ts';

const IMPORTS = '/api/v1/desk/library/imports';
let world: StewardWorld;
let clerk: Operator;
let reviewer: Operator;
let second: Operator;
beforeAll(async () => {
  world = await stewardWorld();
  [clerk, reviewer, second] = await operators(world, [['clerk'], ['reviewer'], ['reviewer']]);
});
afterAll(() => world?.close());

const HEAD = '统一社会信用代码,账户类型,账户名称,银行账号,开户银行,开户网点';
const account = (uscc: string, no: string) => `${uscc},一般存款账户,某某公司,${no},中国工商银行,城中支行`;

async function send(lines: readonly string[], type = 'bank-account') {
  const form = new FormData();
  form.set('type', type);
  form.set('file', new Blob([[HEAD, ...lines].join('\n')]), '账户.csv');
  return clerk.browser.call<StewardImport>(IMPORTS, { body: form });
}
const show = async (id: string) => (await clerk.browser.call<StewardImport>(`${IMPORTS}/${id}`)).body;
const until = (id: string, state: string) => expect.poll(async () => (await show(id)).state).toBe(state);
const commit = (id: string) =>
  reviewer.browser.call<Approval>(`${IMPORTS}/${id}/commit`, { body: { reason: '历史数据' } });

test('a sheet is judged row by row, agreed on by a second person, and only what is right is written', async () => {
  const uscc = anyCode();
  const entityId = await world.organisation('杭锦后旗水利', { uscc });
  const { body } = await send([
    account(uscc, '6222000000000001'),
    account(uscc, '不是账号'),
    account(anyCode(), '6222000000000002'),
    account(uscc, '6222000000000001'),
  ]);
  await until(body.id, 'READ');
  expect(await show(body.id)).toMatchObject({ rows: 4, good: 2, bad: 2, written: 0 });
  const faults = await clerk.browser.call<string>(`${IMPORTS}/${body.id}/faults.csv`);
  expect(String(faults.body)).toContain('银行账号');
  expect(String(faults.body)).toContain('没有该统一社会信用代码的主体');

  const { body: opened } = await commit(body.id);
  expect((await show(body.id)).state).toBe('READ');
  expect((await decide(second, { id: opened.id, decision: 'APPROVE' })).status).toBe(200);
  await until(body.id, 'DONE');
  expect(await show(body.id)).toMatchObject({ written: 1, refused: 1, good: 0 });
  const kept = await sql<{ count: number }>`
    select count(*)::int as count from library_bank_account where entity_id = ${entityId}`.execute(
    world.infra.database.db,
  );
  expect(kept.rows).toEqual([{ count: 1 }]);
  expect((await commit(body.id)).body).toMatchObject({ code: 'STEWARD_IMPORT_STATE' });
});

test('what a process that died had written is not written again', async () => {
  const uscc = anyCode();
  await world.organisation('磴口治沙', { uscc });
  const { body } = await send([account(uscc, '6222000000000011'), account(uscc, '6222000000000012')]);
  await until(body.id, 'READ');
  const { db } = world.infra.database;
  await sql`
    update library_import_row set verdict = 'WRITTEN', record_id = gen_random_uuid()
     where import_id = ${body.id} and no = 2`.execute(db);
  const { body: opened } = await commit(body.id);
  await decide(second, { id: opened.id, decision: 'APPROVE' });
  await until(body.id, 'DONE');
  const kept = await sql<{ no: string }>`
    select f_account_no as no from library_bank_account where f_account_no like '622200000000001_'`.execute(
    db,
  );
  expect(kept.rows).toEqual([{ no: '6222000000000012' }]);
});

test('a large sheet is staged in steps, and goes on behind those that a process that died had done', async () => {
  const uscc = anyCode();
  const { database, clock } = world.infra;
  const lines = Array.from({ length: 2_500 }, (_, at) => account(uscc, String(6_222_000_100_000_000 + at)));
  const at = new Date(clock.now());
  await withTransaction(database, async (tx) => {
    await sql`
      insert into library_import (id, type, event, file_name, state, created_by, created_at, updated_at)
      values ('half', 'bank-account', 'save', '账户.csv', 'READING', 'o1', ${at}, ${at})`.execute(tx);
    await keepPieces(tx, 'half', new TextEncoder().encode([HEAD, ...lines].join('\n')));
    await sql`
      insert into library_import_row (import_id, no, uscc, cells_sealed)
      select 'half', no, 'kept', 'kept' from generate_series(2, 1001) as no`.execute(tx);
  });
  await stageRows(world.infra, 'half');
  const { rows } = await sql<{ rows: number; staged: boolean; kept: number; pieces: number }>`
    select rows, staged, (select count(*)::int from library_import_row where import_id = 'half' and uscc = 'kept') as kept,
           (select count(*)::int from library_import_piece where import_id = 'half') as pieces
      from library_import where id = 'half'`.execute(database.db);
  expect(rows).toEqual([{ rows: 2_500, staged: true, kept: 1_000, pieces: 0 }]);
  const all = await sql<{ count: number }>`
    select count(*)::int as count from library_import_row where import_id = 'half'`.execute(database.db);
  expect(all.rows).toEqual([{ count: 2_500 }]);
});

test('of many rows that the store takes together, only those that are there already are refused', async () => {
  const uscc = anyCode();
  const entityId = await world.organisation('狼山农牧', { uscc });
  const numbers = Array.from({ length: 60 }, (_, at) => String(6_222_000_200_000_000 + at));
  const { body } = await send([...numbers, numbers[7]!, numbers[59]!].map((no) => account(uscc, no)));
  await until(body.id, 'READ');
  const { body: opened } = await commit(body.id);
  await decide(second, { id: opened.id, decision: 'APPROVE' });
  await until(body.id, 'DONE');
  expect(await show(body.id)).toMatchObject({ written: 60, refused: 2, good: 0 });
  const faults = await clerk.browser.call<string>(`${IMPORTS}/${body.id}/faults.csv`);
  expect(String(faults.body)).toMatch(/^62,.*LIB_/m);
  const { rows } = await sql<{ versions: number; stated: number }>`
    select (select count(*)::int from library_record_version where entity_id = ${entityId}) as versions,
           (select count(*)::int from ledger_statement where entity_id = ${entityId} and subject like 'record/%') as stated`.execute(
    world.infra.database.db,
  );
  expect(rows).toEqual([{ versions: 60, stated: 60 }]);
});

test('a sheet of other columns fails with its reason; a dropped import writes nothing', async () => {
  const { body } = await send(['a,b'], 'award');
  await until(body.id, 'FAILED');
  expect((await show(body.id)).failure).toBe('SHEET_COLUMNS');
  const uscc = anyCode();
  await world.organisation('乌拉特牧业', { uscc });
  const other = await send([account(uscc, '6222000000000021')]);
  await until(other.body.id, 'READ');
  await clerk.browser.call(`${IMPORTS}/${other.body.id}`, { method: 'DELETE' });
  expect((await commit(other.body.id)).body).toMatchObject({ code: 'STEWARD_IMPORT_STATE' });
  expect((await send(['a'], 'organisation')).body).toMatchObject({ code: 'STEWARD_IMPORT_TYPE' });
});
