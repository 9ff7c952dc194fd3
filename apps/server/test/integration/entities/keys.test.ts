import type { Admission, Delegation, LibraryKey, LibraryKeyVersion, Problem } from '@hufu/contracts';
import { addDays, shanghaiParts } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hubWorld, type World } from '../../support/hub/hub-world.ts';
import {
  anyCode,
  audited,
  ID_NUMBERS,
  keysOf,
  LIBRARY,
  type LibraryMember,
  logInToLibrary,
  readKey,
  registered,
  sendActivation,
  sessionOf,
  USER,
  withSecondKey,
} from '../../support/library/entities.ts';
import { uploadProof } from '../../support/library/upload-proof.ts';

let world: World;
beforeAll(async () => {
  world = await hubWorld();
}, 120_000);
afterAll(() => world.close());

type Change = { readonly [field: string]: unknown };
type Member = Pick<LibraryMember, 'browser'>;

const change = ({ browser }: Member, key: LibraryKey, more: Change = {}) =>
  browser.call<LibraryKey & Problem>(`${LIBRARY}/keys/${key.id}`, {
    method: 'PUT',
    body: { ...USER, version: key.version, isPrimary: key.isPrimary, ...more },
  });
const voidKey = ({ browser }: Member, key: LibraryKey, more: Change = {}) =>
  browser.call<LibraryKey & Problem>(`${LIBRARY}/keys/${key.id}/void`, {
    body: { version: key.version, reason: '人员离职', proof: [], ...more },
  });
const add = ({ browser }: Member, admissionId: string, more: Change = {}) =>
  browser.call<LibraryKey & Problem>(`${LIBRARY}/keys`, { body: { admissionId, ...USER, ...more } });

const pair = async (uscc = anyCode()) => {
  const primary = await registered(world, { uscc });
  const second = await withSecondKey(world, { uscc });
  const [first, spare] = await keysOf(primary);
  return { uscc, primary, second, first: first!, spare: spare! };
};

describe('KEY-002 新增', () => {
  test('KEY-004 KEY-005 KEY-007 five values come from the key that proved itself; typed ones are not even looked at', async () => {
    const uscc = anyCode();
    const primary = await registered(world, { uscc });
    const key = await world.home.issue({ uscc });
    const reading = await readKey(primary, key);
    expect(reading).toMatchObject({ status: 201, body: { purpose: 'KEY', certType: 'TOKEN' } });
    const added = await add(primary, reading.body.id, { serialNo: 'deadbeef', issuer: '某CA' });
    expect(added).toMatchObject({
      status: 201,
      body: { state: 'SUBMITTED', isPrimary: false, serialNo: key.serial, holderName: USER.holderName },
    });
    expect(added.body.issuer).not.toBe('某CA');
    const browser = world.browser();
    expect((await logInToLibrary(browser, key)).body.session).toMatchObject({ standing: 'SECONDARY' });
    expect((await add(primary, reading.body.id)).body.code).toBe('LIBRARY_ADMISSION');
  });

  test('another entity’s key, one already on record, and a reading of another session are refused', async () => {
    const { uscc, primary, second } = await pair();
    const foreign = await readKey(primary, await world.home.issue({ uscc: anyCode() }));
    expect(foreign).toMatchObject({ status: 422, body: { code: 'LIBRARY_OTHER_HOLDER' } });
    const known = await readKey(primary, second.key);
    expect(await add(primary, known.body.id)).toMatchObject({
      status: 409,
      body: { code: 'LIBRARY_KEY_ACTIVE_ALREADY' },
    });
    const reading = await readKey(second, await world.home.issue({ uscc }));
    expect((await add(primary, reading.body.id)).body.code).toBe('LIBRARY_ADMISSION');
    const proof = await second.browser.proof('library-key', await world.home.issue({ uscc }));
    const carried = await primary.browser.call<Admission & Problem>(`${LIBRARY}/key-readings`, {
      body: proof,
    });
    expect(carried.body.code).toBe('HUB_CHALLENGE_FOREIGN');
  });
});

describe('KEY-016 a secondary key', () => {
  test('changes its own row, and nothing else', async () => {
    const { primary, second, first, spare } = await pair();
    const own = await change(second, spare, { holderName: '王芳' });
    expect(own).toMatchObject({ status: 200, body: { holderName: '王芳', own: true, isPrimary: false } });
    expect(await change(second, first)).toMatchObject({ status: 403, body: { code: 'LIBRARY_KEY_NOT_OWN' } });
    const [, now] = await keysOf(primary);
    expect(await change(second, now!, { isPrimary: true })).toMatchObject({
      status: 403,
      body: { code: 'LIBRARY_KEY_PRIMARY_SETTING' },
    });
    for (const answer of [await add(second, 'x'), await voidKey(second, now!)]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'LIBRARY_PRIMARY_ONLY' } });
    }
    expect((await audited(world, 'libraryVoidKey')).at(-1)).toMatchObject({ code: 'LIBRARY_PRIMARY_ONLY' });
    expect(await keysOf(second)).toMatchObject([{ may: [] }, { may: ['change'] }]);
  });

  test('KEY-001 KEY-019 sees the other users masked', async () => {
    const { second } = await pair();
    const [first] = await keysOf(second);
    expect(first!.holderPhone).not.toBe('13800138000');
    expect(first!.holderIdNo).not.toBe(ID_NUMBERS[0]);
  });
});

describe('SM-KEY the life of a certificate', () => {
  test('KEY-013 变更 takes the user and 设置为主锁; what a certificate says cannot be typed', async () => {
    const { primary, spare } = await pair();
    const changed = await change(primary, spare, {
      holderName: '王芳',
      holderPhone: '13700137000',
      isPrimary: true,
      serialNo: 'deadbeef',
      issuer: '某CA',
      mediaNo: 'X',
      validTo: '2099-01-01T00:00:00Z',
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { holderName: '王芳', isPrimary: true, serialNo: spare.serialNo, mediaNo: spare.mediaNo },
    });
    expect([changed.body.issuer, changed.body.validTo]).toEqual([spare.issuer, spare.validTo]);
  });

  test('OD-24 a certificate read again is of the same entity; serial and validity are replaced, the old serial stays in the history', async () => {
    const { uscc, primary, spare } = await pair();
    const foreign = await readKey(primary, await world.home.issue({ uscc: anyCode() }));
    expect(foreign.body.code).toBe('LIBRARY_OTHER_HOLDER');
    const renewed = await world.home.issue({ uscc });
    const { body: reading } = await readKey(primary, renewed);
    const changed = await change(primary, spare, { admissionId: reading.id });
    expect(changed).toMatchObject({ status: 200, body: { id: spare.id, serialNo: renewed.serial } });
    expect(await keysOf(primary)).toHaveLength(2);
    const history = await primary.browser.call<LibraryKeyVersion[]>(`${LIBRARY}/keys/${spare.id}/history`);
    expect(history.body[0]!.differences).toEqual(
      expect.arrayContaining([{ field: 'serialNo', before: spare.serialNo, after: renewed.serial }]),
    );
  });

  test('unknown → to be activated, without a session → 提交成功, not the primary → 作废, for good', async () => {
    const uscc = anyCode();
    const primary = await registered(world, { uscc });
    expect(await keysOf(primary)).toMatchObject([{ state: 'SUBMITTED', isPrimary: true }]);
    const browser = world.browser();
    const key = await world.home.issue({ uscc });
    const { body } = await logInToLibrary(browser, key);
    expect(body).toMatchObject({ outcome: 'ACTIVATE', session: null });
    expect((await sessionOf(browser)).status).toBe(401);
    expect(await keysOf(primary)).toHaveLength(1);
    await sendActivation(browser, body.admission!.id);
    const [, row] = await keysOf(primary);
    expect(row).toMatchObject({ state: 'SUBMITTED', isPrimary: false });
    const proof = [await uploadProof(primary.browser)];
    const { body: voided } = await voidKey(primary, row!, { proof });
    expect(voided).toMatchObject({ state: 'VOIDED', may: [] });
    for (const answer of [await change(primary, voided), await voidKey(primary, voided, { proof })])
      expect(answer.body.code).toBe('LIBRARY_KEY_STATE');
  });
});

describe('KEY-017 exactly one primary', () => {
  test('the flag goes over in one step, the former primary only looks from then on', async () => {
    const { primary, second, spare } = await pair();
    expect(await change(primary, spare, { isPrimary: true })).toMatchObject({
      status: 200,
      body: { isPrimary: true },
    });
    expect((await sessionOf(primary.browser)).body.standing).toBe('SECONDARY');
    expect((await sessionOf(second.browser)).body.standing).toBe('PRIMARY');
    expect((await keysOf(primary)).filter(({ isPrimary }) => isPrimary)).toHaveLength(1);
    const back = await change(primary, (await keysOf(primary))[0]!, {});
    expect(back.body.code).toBe('LIBRARY_KEY_NOT_OWN');
  });

  test('the flag cannot be taken away without a successor', async () => {
    const { primary, first } = await pair();
    expect((await change(primary, first, { isPrimary: false })).body.code).toBe('LIBRARY_ONE_PRIMARY');
  });

  test('two sessions that make two keys primary at once leave one', async () => {
    const { uscc, primary } = await pair();
    await withSecondKey(world, { uscc });
    const again = world.browser();
    await logInToLibrary(again, primary.key);
    const [, a, b] = await keysOf(primary);
    const answers = await Promise.all([
      change(primary, a!, { isPrimary: true }),
      change({ browser: again }, b!, { isPrimary: true }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const loser = answers.find(({ status }) => status !== 200)!;
    expect(['LIBRARY_KEY_NOT_OWN', 'LIBRARY_KEY_PRIMARY_SETTING']).toContain(loser.body.code);
    expect((await keysOf(primary)).filter(({ isPrimary }) => isPrimary)).toHaveLength(1);
  });

  test('the database itself holds it', async () => {
    const { spare } = await pair();
    await expect(
      world.infra.database.pool.query('update library_key set is_primary = true where id = $1', [spare.id]),
    ).rejects.toThrow(/library_key_one_primary/);
  });

  test('a stale change tells that there is a newer one', async () => {
    const { primary, spare } = await pair();
    await change(primary, spare, { holderName: '王芳' });
    expect(await change(primary, spare, { holderName: '赵敏' })).toMatchObject({
      status: 409,
      body: { code: 'LIBRARY_STALE', fields: { version: spare.version + 1 } },
    });
  });
});

describe('KEY-018 作废', () => {
  test('OD-26 neither the only key nor the primary', async () => {
    const sole = await registered(world, { uscc: anyCode() });
    const [only] = await keysOf(sole);
    expect((await voidKey(sole, only!)).body.code).toBe('LIBRARY_KEY_LAST');
    const { primary, first } = await pair();
    expect((await voidKey(primary, first)).body.code).toBe('LIBRARY_KEY_IS_PRIMARY');
  });

  test('needs a reason and a proof that the entity uploaded itself', async () => {
    const { primary, spare } = await pair();
    const stranger = await registered(world, { uscc: anyCode() });
    expect((await voidKey(primary, spare)).body.code).toBe('LIBRARY_PROOF_REQUIRED');
    const proof = [await uploadProof(stranger.browser)];
    expect((await voidKey(primary, spare, { proof })).body.code).toBe('LIBRARY_FOREIGN_FILE');
    const mine = [await uploadProof(primary.browser)];
    expect((await voidKey(primary, spare, { proof: mine, reason: ' ' })).body.code).toBe(
      'LIBRARY_PROOF_REQUIRED',
    );
  });

  test('ends its sessions, cannot log in, stays for ever, and shows who did what', async () => {
    const { primary, second, spare } = await pair();
    const proof = [await uploadProof(primary.browser)];
    const voided = await voidKey(primary, spare, { proof });
    expect(voided).toMatchObject({ status: 200, body: { state: 'VOIDED', voidReason: '人员离职', may: [] } });
    expect((await sessionOf(second.browser)).status).toBe(401);
    expect((await logInToLibrary(world.browser(), second.key)).body.code).toBe('LIBRARY_KEY_VOIDED');
    expect((await voidKey(primary, voided.body, { proof })).body.code).toBe('LIBRARY_KEY_STATE');
    expect((await change(primary, voided.body)).body.code).toBe('LIBRARY_KEY_STATE');
    const history = await primary.browser.call<LibraryKeyVersion[]>(`${LIBRARY}/keys/${spare.id}/history`);
    expect(history.body.map(({ event }) => event)).toEqual(['void', 'activate']);
    expect(history.body[0]).toMatchObject({
      reason: '人员离职',
      proof: [{ sha256: proof[0]!.sha256 }],
      differences: [{ field: 'state', before: 'SUBMITTED', after: 'VOIDED' }],
    });
    await expect(
      world.infra.database.pool.query('delete from library_key_version where key_id = $1', [spare.id]),
    ).rejects.toThrow(/append-only/);
  });
});

test('GEN-004 another entity’s key is as if there were none, and the attempt is written down', async () => {
  const { spare } = await pair();
  const stranger = await registered(world, { uscc: anyCode() });
  for (const path of [`keys/${spare.id}`, `keys/${spare.id}/history`]) {
    const answer = await stranger.browser.call<Problem>(`${LIBRARY}/${path}`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'LIBRARY_UNKNOWN' } });
  }
  expect((await change(stranger, spare)).status).toBe(404);
  expect((await voidKey(stranger, spare)).status).toBe(404);
  expect((await audited(world, 'key.look')).at(-1)).toMatchObject({
    code: 'LIBRARY_UNKNOWN',
    subject_id: spare.id,
    actor_id: stranger.session.entity.id,
  });
});

describe('people who act for the entity', () => {
  const person = { name: '王小明', idNo: ID_NUMBERS[1] };
  const day = (days: number) => addDays(shanghaiParts(Date.now()).date, days);
  const grant = ({ browser }: Member, more: Change = {}) =>
    browser.call<Delegation & Problem>(`${LIBRARY}/delegations`, {
      body: {
        personName: person.name,
        personIdNo: person.idNo,
        modules: ['bank'],
        until: day(30),
        ...more,
      },
    });

  test('a person logs in with their own certificate, in the granted modules, until it is revoked', async () => {
    const primary = await registered(world, { uscc: anyCode() });
    const granted = await grant(primary);
    expect(granted).toMatchObject({ status: 201, body: { state: 'GRANTED', modules: ['bank'] } });
    expect(granted.body.personIdNo).not.toBe(person.idNo);
    const browser = world.browser();
    const key = await world.home.issue({ kind: '个人', person });
    const login = await logInToLibrary(browser, key);
    expect(login.body).toMatchObject({
      outcome: 'LOGGED_IN',
      session: {
        standing: 'DELEGATE',
        modules: ['bank'],
        entity: { id: primary.session.entity.id },
      },
    });
    for (const route of ['delegations', 'sync-code']) {
      expect(await browser.call(`${LIBRARY}/${route}`)).toMatchObject({ status: 403 });
    }
    const revoked = await primary.browser.call<Delegation>(
      `${LIBRARY}/delegations/${granted.body.id}/revocation`,
      { body: { reason: '项目结束' } },
    );
    expect(revoked.body).toMatchObject({ state: 'REVOKED', revokedReason: '项目结束' });
    expect((await sessionOf(browser)).status).toBe(401);
    expect((await logInToLibrary(browser, key)).body.code).toBe('LIBRARY_NOT_REGISTERED');
  });

  test('of several entities one is chosen; nobody else’s delegation can be', async () => {
    const [one, two, three] = await Promise.all(
      [anyCode(), anyCode(), anyCode()].map((uscc) => registered(world, { uscc })),
    );
    const ids = [];
    for (const member of [one!, two!]) ids.push((await grant(member)).body.id);
    const other = await grant(three!, { personName: '李四', personIdNo: ID_NUMBERS[2] });
    const browser = world.browser();
    const { body } = await logInToLibrary(browser, await world.home.issue({ kind: '个人', person }));
    expect(body.outcome).toBe('CHOOSE');
    expect(body.admission!.doors.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const choose = (door: string) =>
      browser.call<Problem>(`${LIBRARY}/choices`, { body: { admissionId: body.admission!.id, door } });
    expect((await choose(other.body.id)).body.code).toBe('LIBRARY_CHOICE');
    const { body: next } = await logInToLibrary(browser, await world.home.issue({ kind: '个人', person }));
    const chosen = await browser.call(`${LIBRARY}/choices`, {
      body: { admissionId: next.admission!.id, door: ids[1] },
    });
    expect(chosen).toMatchObject({ status: 201, body: { entity: { id: two!.session.entity.id } } });
  });

  test('nobody grants what they lack, for ever, twice, or to themselves as a secondary', async () => {
    const { primary, second } = await pair();
    for (const modules of [['no-such-module'], ['bank', 'keys']]) {
      expect((await grant(primary, { modules })).body.code).toBe('LIBRARY_DELEGATION_BEYOND');
    }
    for (const until of [day(0), day(400)]) {
      expect((await grant(primary, { until })).body.code).toBe('LIBRARY_DELEGATION_TERM');
    }
    expect((await grant(second)).body.code).toBe('LIBRARY_PRIMARY_ONLY');
    expect((await grant(primary)).status).toBe(201);
    expect((await grant(primary)).body.code).toBe('LIBRARY_DELEGATION_EXISTS');
  });
});
