import fs from 'node:fs';
import path from 'node:path';
import type { EnterpriseProfile, UnbindApplication } from '@hufu/contracts';
import { CHINA_CALENDAR_YEARS, unbindingDueDate, workingCalendar } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { purgeTask } from '../../../src/infra/attachments/purge-task.ts';
import {
  type BoundHolder,
  bind,
  boundHolder,
  CODES,
  decide,
  FIELDS,
  hubWorld,
  logIn,
  type Operator,
  operators,
  type World,
} from '../../support/hub/hub-world.ts';

const UNIT = '内蒙古测试建设有限公司';
const PDF = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');

let world: World;
let holder: BoundHolder;
let clerk: Operator;
let reviewer: Operator;

beforeAll(async () => {
  world = await hubWorld({
    settings: { HUFU_RATE_LIMITS: '{"unbind-submit":{"requests":1000,"seconds":1}}' },
  });
  holder = await boundHolder(world);
  [clerk, reviewer] = await operators(world, [
    ['clerk', 'reviewer'],
    ['reviewer', 'admin'],
  ] as const);
});
afterAll(() => world.close());

type Receipt = { token: string; statusUrl: string; application: UnbindApplication };
type Desk = { id: string; state: string; nameOnRecord: string };

function form(fields: Record<string, string> = {}, files: Record<string, Uint8Array> = {}): FormData {
  const data = new FormData();
  const complete = {
    unitName: UNIT,
    uscc: FIELDS.uscc,
    applicantEmail: 'applicant@example.com',
    nameChangeFinished: 'true',
    licenceSealedOrColour: 'true',
    ...fields,
  };
  for (const [name, value] of Object.entries(complete)) data.set(name, value);
  const scans = { licenceScan: PDF, authorisation: PDF, ...files };
  for (const [name, bytes] of Object.entries(scans)) {
    if (bytes.length > 0 || name in files) data.set(name, new Blob([bytes.slice()]), `${name}.pdf`);
  }
  return data;
}

const submit = (data: FormData) =>
  world.browser().call<Receipt>('/api/v1/unbind-applications', { body: data });
const check = (who: Operator, id: string) =>
  who.browser.call(`/api/v1/desk/unbind-applications/${id}/check`, { body: { note: '' } });
const approvalOf = async (who: Operator, applicationId: string) => {
  const { body } = await who.browser.call<{ items: { id: string; subject: string }[] }>(
    '/api/v1/desk/approvals',
  );
  return body.items.find(({ subject }) => subject === applicationId)!;
};
const mails = () => {
  const folder = path.join(world.infra.directory, 'mail');
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names.map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
};
const until = async (holds: () => boolean) => {
  for (let i = 0; i < 600 && !holds(); i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
};

describe('HUB-101 … HUB-108 what is not in order is refused and leaves nothing', () => {
  const code = async (data: FormData) =>
    (await submit(data)).body as unknown as { code: string; title: string };

  test('a scan is missing', async () => {
    const data = form();
    data.delete('authorisation');
    expect(await code(data)).toMatchObject({ code: 'UNBIND_FILE_MISSING' });
  });
  test('OD-37 a file that is none of PDF, JPG, PNG by its content', async () => {
    const script = new TextEncoder().encode('<script>alert(1)</script>');
    expect(await code(form({}, { licenceScan: script }))).toMatchObject({ code: 'FILE_TYPE' });
  });
  test('an empty file', async () => {
    expect(await code(form({}, { licenceScan: new Uint8Array() }))).toMatchObject({ code: 'FILE_EMPTY' });
  });
  test('HUB-108 the name is not the one on record, or its change is not finished', async () => {
    expect(await code(form({ unitName: '别的单位' }))).toMatchObject({ code: 'UNBIND_NAME_MISMATCH' });
    expect(await code(form({ nameChangeFinished: 'false' }))).toMatchObject({
      code: 'UNBIND_NAME_CHANGE_PENDING',
    });
  });
  test('nobody bound that code', async () => {
    expect(await code(form({ uscc: CODES[3] }))).toMatchObject({ code: 'UNBIND_NOT_BOUND' });
  });
  test('a wrong address, by name of the field', async () => {
    const answer = await submit(form({ applicantEmail: 'nobody' }));
    expect(answer.body).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ path: 'applicantEmail' }] });
  });
  test('a scan without a name of its file is no reason to fail', async () => {
    const lines = [
      '--b',
      'content-disposition: form-data; name="licenceScan"',
      'content-type: application/octet-stream',
      '',
      '%PDF-1.7',
      '--b--',
      '',
    ];
    const answer = await fetch(`${world.base}/api/v1/unbind-applications`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: lines.join('\r\n'),
    });
    expect(await answer.json()).toMatchObject({ code: 'UNBIND_FILE_MISSING' });
  });
  test('nothing was kept of all these', async () => {
    const { rows } = await world.infra.database.pool.query('select id from unbind_application');
    expect(rows).toEqual([]);
  });
});

test('SM-UNBIND the whole way: sent back, corrected, checked by one, decided by another, bound anew', async () => {
  const { status, body: receipt } = await submit(form());
  expect(status).toBe(201);
  expect(receipt.application).toMatchObject({
    title: `${UNIT}CA证书解绑申请`,
    state: 'SUBMITTED',
    dueAt: unbindingDueDate(Date.parse(receipt.application.receivedAt), workingCalendar(CHINA_CALENDAR_YEARS))
      .date,
    applicantEmailMasked: 'a***@example.com',
  });
  expect((await submit(form())).body).toMatchObject({ code: 'UNBIND_OPEN_ALREADY' });
  const { id } = receipt.application;

  const list = await clerk.browser.call<{ items: Desk[] }>('/api/v1/desk/unbind-applications');
  expect(list.body.items).toMatchObject([{ id, nameOnRecord: UNIT }]);
  const scan = await clerk.browser.call(`/api/v1/desk/unbind-applications/${id}/files/licenceScan`);
  expect(scan.headers.get('content-type')).toBe('application/pdf');

  await clerk.browser.call(`/api/v1/desk/unbind-applications/${id}/rejection`, {
    body: { reasons: ['UNCLEAR'], note: '请重新扫描' },
  });
  const status1 = await world.browser().call(`/api/v1/unbind-applications/${receipt.token}`);
  expect(status1.body).toMatchObject({ state: 'REJECTED', rejectReasons: ['UNCLEAR'] });
  expect((await check(clerk, id)).body).toMatchObject({ code: 'UNBIND_STATE' });
  await until(() => mails().length === 2);
  expect(mails()).toHaveLength(2);

  const again = await world.browser().call<Receipt>(`/api/v1/unbind-applications/${receipt.token}`, {
    method: 'PUT',
    body: form(),
  });
  expect(again.body.application).toMatchObject({
    state: 'SUBMITTED',
    reference: receipt.application.reference,
  });

  expect((await check(clerk, id)).body).toMatchObject({ state: 'CHECKED', checkedBy: '操作员0' });
  const approval = await approvalOf(clerk, id);
  expect((await decide(clerk, { id: approval.id, decision: 'APPROVE' })).body).toMatchObject({
    code: 'DESK_SELF_APPROVAL',
  });
  expect((await logIn(world.browser(), holder.key)).status).toBe(201);
  expect((await decide(reviewer, { id: approval.id, decision: 'APPROVE' })).body).toMatchObject({
    state: 'APPROVED',
  });
  expect((await holder.browser.call('/api/v1/hub/session')).status).toBe(401);
  expect((await logIn(world.browser(), holder.key)).body).toMatchObject({ code: 'HUB_NOT_BOUND' });
  const done = await world.browser().call(`/api/v1/unbind-applications/${receipt.token}`);
  expect(done.body).toMatchObject({ state: 'DONE' });

  const anew = await world.home.issue();
  const browser = world.browser();
  expect((await bind(browser, anew)).body).toMatchObject({ outcome: 'BOUND' });
  expect((await logIn(browser, anew)).body).toMatchObject({ session: { role: 'PRIMARY' } });
  holder = { browser, key: anew };
});

test('OD-09 the primary lost with secondaries left: the earliest of them becomes the primary', async () => {
  const lost = await boundHolder(world, { holder: { uscc: CODES[0], unitName: '多锁单位', keyNo: 'P' } });
  const spares = [];
  for (const keyNo of ['S1', 'S2']) {
    const spare = await world.home.issue({ uscc: CODES[0], unitName: '多锁单位', keyNo });
    const proof = await lost.browser.proof('activate', spare);
    expect((await lost.browser.call('/api/v1/hub/enterprise/certificates', { body: proof })).status).toBe(
      201,
    );
    spares.push(spare);
  }
  const mine = { unitName: '多锁单位', uscc: CODES[0] };
  const secondary = await submit(form({ ...mine, certSerial: spares[0]!.serial }));
  expect(secondary.body).toMatchObject({ code: 'UNBIND_USE_PRIMARY' });

  const { body } = await submit(form(mine));
  const { id } = body.application;
  await check(clerk, id);
  await decide(reviewer, { id: (await approvalOf(reviewer, id)).id, decision: 'APPROVE' });
  const browser = world.browser();
  expect((await logIn(browser, spares[0]!)).body).toMatchObject({ session: { role: 'PRIMARY' } });
  const profile = await browser.call<EnterpriseProfile>('/api/v1/hub/enterprise');
  expect(profile.body.certificates.map(({ certKeyNo, role }) => [certKeyNo, role])).toEqual([
    ['S1', 'PRIMARY'],
    ['S2', 'SECONDARY'],
  ]);
});

test('an objection by a holder stops it, also after the first check', async () => {
  const { body } = await submit(form());
  const { id } = body.application;
  await check(clerk, id);
  const notices = await holder.browser.call<{ kind: string; href: string }[]>('/api/v1/hub/notices');
  expect(notices.body[0]).toMatchObject({ kind: 'UNBIND_APPLIED', href: `/notices/unbind/${id}` });
  const path_ = `/api/v1/hub/unbind-applications/${id}/objection`;
  const stranger = await boundHolder(world, { holder: { uscc: CODES[1], unitName: '无关单位' } });
  expect((await stranger.browser.call(path_, { body: { reason: '捣乱' } })).body).toMatchObject({
    code: 'UNBIND_UNKNOWN',
  });
  expect((await holder.browser.call(path_, { body: { reason: '本单位没有申请' } })).status).toBe(204);
  const approval = await approvalOf(reviewer, id);
  const late = await decide(reviewer, { id: approval.id, decision: 'APPROVE' });
  expect(late.status).toBe(409);
  expect((await holder.browser.call('/api/v1/hub/session')).status).toBe(200);
  const status = await world.browser().call(`/api/v1/unbind-applications/${body.token}`);
  expect(status.body).toMatchObject({ state: 'OBJECTED' });
});

test('SM-UNBIND a correction waits while another application of the enterprise is open', async () => {
  const mine = { unitName: '重复申请单位', uscc: CODES[2] };
  await boundHolder(world, { holder: mine });
  const first = await submit(form(mine));
  await clerk.browser.call(`/api/v1/desk/unbind-applications/${first.body.application.id}/rejection`, {
    body: { reasons: ['UNCLEAR'], note: '' },
  });
  expect((await submit(form(mine))).status).toBe(201);
  const path_ = `/api/v1/unbind-applications/${first.body.token}`;
  const again = await world.browser().call(path_, { method: 'PUT', body: form(mine) });
  expect(again.body).toMatchObject({ status: 409, code: 'UNBIND_OPEN_ALREADY' });
  expect((await world.browser().call(path_)).body).toMatchObject({ state: 'REJECTED' });
});

test('the secret link is the only way: a guessed one is told nothing', async () => {
  const answer = await world.browser().call(`/api/v1/unbind-applications/${'A'.repeat(43)}`);
  expect(answer.body).toMatchObject({ status: 404, code: 'UNBIND_UNKNOWN' });
});

describe('OD-37 scans', () => {
  const folder = () => path.join(world.infra.directory, 'attachments');
  const files = () =>
    fs
      .readdirSync(folder(), { recursive: true, encoding: 'utf8' })
      .filter((name) => /[0-9a-f]{64}$/.test(name));
  const aDayLater = () => {
    const then = new Date(Date.now() - 25 * 3_600_000);
    for (const name of files()) fs.utimesSync(path.join(folder(), name), then, then);
  };
  const purge = () => purgeTask(world.infra, [world.hub.feature]).run();

  test('of a refused form are deleted after a day, those of an application are not', async () => {
    const { rows } = await world.infra.database.pool.query<{ attachment_id: string }>(
      'select distinct attachment_id from unbind_file',
    );
    expect(rows.length).toBeGreaterThan(0);
    const attached = rows.map(({ attachment_id }) => attachment_id).sort();
    const only = new TextEncoder().encode('%PDF-1.7 of a form that is refused');
    const refused = await submit(form({ unitName: '别的单位' }, { licenceScan: only }));
    expect(refused.body).toMatchObject({ code: 'UNBIND_NAME_MISMATCH' });
    await purge();
    expect(files().length).toBeGreaterThan(attached.length);
    aDayLater();
    await purge();
    expect(
      files()
        .map((name) => path.basename(name))
        .sort(),
    ).toEqual(attached);
  });
});
