import { randomBytes } from 'node:crypto';
import type { Approval, EntityPageView } from '@hufu/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decide, type Operator, operators } from '../../support/hub/hub-world.ts';
import { audited } from '../../support/library/entities.ts';
import { png } from '../../support/library/sample-files.ts';
import { type StewardWorld, stewardWorld } from '../../support/library/steward-world.ts';

const DESK = '/api/v1/desk/library';
let world: StewardWorld;
let clerk: Operator;
let reviewer: Operator;
let second: Operator;
beforeAll(async () => {
  world = await stewardWorld();
  [clerk, reviewer, second] = await operators(world, [['clerk'], ['reviewer'], ['reviewer']]);
});
afterAll(() => world?.close());

const hex = () => randomBytes(32).toString('hex');

async function key(entityId: string, { primary = false, validTo = '2030-01-01' } = {}): Promise<string> {
  const id = hex().slice(0, 20);
  await sql`
    insert into library_key (id, entity_id, cert_type, state, is_primary, issuer_sha256, serial_number, spki_sha256,
      fingerprint, certificate, authority_id, authority_name, issuer_name, unit_name, holder_kind, cert_key_no, medium,
      algorithm, valid_from, valid_to, user_sealed, created_at, updated_at)
    values (${id}, ${entityId}, 'TOKEN', 'SUBMITTED', ${primary}, ${hex()}, ${hex().slice(0, 16)}, ${hex()}, ${hex()},
      '', 'ca', '测试CA', 'CN=CA', '单位', 'organisation', ${id.toUpperCase()}, 'token', 'sm2', '2020-01-01', ${validTo},
      '', now(), now())`.execute(world.infra.database.db);
  return id;
}

function form(reason: string, file = true): FormData {
  const data = new FormData();
  data.set('reason', reason);
  if (file) data.set('file', new Blob([png() as Uint8Array<ArrayBuffer>]), '补办申请.png');
  return data;
}

const keysOf = async (id: string) =>
  Object.fromEntries(
    (await clerk.browser.call<EntityPageView>(`${DESK}/entities/${id}`)).body.keys.map((one) => [
      one.id,
      one.isPrimary,
    ]),
  );

test('OD-25, KEY-017: a lost primary is replaced at the desk, with a paper and a second person’s yes', async () => {
  const entity = await world.organisation('乌审旗石化');
  const lost = await key(entity, { primary: true });
  const other = await key(entity);
  const ended = await key(entity, { validTo: '2021-01-01' });
  const stranger = await key(await world.organisation('别家石化'));
  const ask = (id: string, body: FormData, by = reviewer) =>
    by.browser.call<Approval>(`${DESK}/entities/${entity}/keys/${id}/primary`, { body });

  expect((await ask(other, form('主锁丢失'), clerk)).status).toBe(403);
  for (const wrong of [lost, ended, stranger]) {
    expect((await ask(wrong, form('主锁丢失'))).body).toMatchObject({ code: 'STEWARD_RECOVERY_KEY' });
  }
  expect((await ask(other, form('主锁丢失', false))).body).toMatchObject({ code: 'STEWARD_RECOVERY_PROOF' });
  expect((await ask(other, form(''))).status).toBe(422);

  const opened = await ask(other, form('主锁丢失，已登报声明'));
  expect(opened).toMatchObject({ status: 202, body: { kind: 'KEY_PRIMARY', subject: entity } });
  expect((await ask(other, form('再来一次'))).status).toBe(409);
  // One person alone changes nothing.
  expect(await keysOf(entity)).toMatchObject({ [lost]: true, [other]: false });
  const paper = await second.browser.call(`${DESK}/entities/${entity}/recovery/proof`);
  expect(paper).toMatchObject({ status: 200 });
  expect((await clerk.browser.call(`${DESK}/entities/${entity}/recovery/proof`)).status).toBe(403);
  expect((await decide(second, { id: opened.body.id, decision: 'APPROVE' })).status).toBe(200);

  expect(await keysOf(entity)).toMatchObject({ [lost]: false, [other]: true });
  const [told] = await audited(world, 'key.make-primary');
  expect(told).toMatchObject({ subject_id: other, reason: '主锁丢失，已登报声明' });
  const { rows } = await sql<{ key_id: string; event: string; by_fingerprint: string | null }>`
    select key_id, event, by_fingerprint from library_key_version where entity_id = ${entity} order by event`.execute(
    world.infra.database.db,
  );
  expect(rows).toEqual([
    { key_id: other, event: 'become-primary', by_fingerprint: null },
    { key_id: lost, event: 'cease-primary', by_fingerprint: null },
  ]);
});

test('OD-25: if the primary has changed meanwhile, the second person’s yes changes nothing', async () => {
  const entity = await world.organisation('鄂托克旗化工');
  const lost = await key(entity, { primary: true });
  const [one, other] = [await key(entity), await key(entity)];
  const opened = await reviewer.browser.call<Approval>(`${DESK}/entities/${entity}/keys/${one}/primary`, {
    body: form('主锁丢失'),
  });
  const { db } = world.infra.database;
  await sql`update library_key set is_primary = false where id = ${lost}`.execute(db);
  await sql`update library_key set is_primary = true where id = ${other}`.execute(db);
  expect((await decide(second, { id: opened.body.id, decision: 'APPROVE' })).body).toMatchObject({
    code: 'DESK_STALE_PROPOSAL',
  });
  expect(await keysOf(entity)).toMatchObject({ [one]: false, [other]: true });
});
