import type { Admission, LibraryEntrance, Problem } from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bind, CODES, hubWorld, type World } from '../../support/hub/hub-world.ts';
import {
  agreementsOf,
  audited,
  ID_NUMBERS,
  keysOf,
  LIBRARY,
  readForRegistration,
  registered,
  sendRegistration,
  sessionOf,
} from '../../support/library/entities.ts';

let world: World;
beforeAll(async () => {
  world = await hubWorld();
}, 120_000);
afterAll(() => world.close());

const [OTHER, THIRD, FOURTH] = CODES;

test('LIB-REG-04 the agreements are shown before anything else, with their versions', async () => {
  const { body } = await world.browser().call<LibraryEntrance>(`${LIBRARY}/entrance`);
  expect(body.libEntry).toBe('SELF_REGISTER');
  expect(body.agreements.map(({ code }) => code)).toEqual(['registration', 'privacy']);
  for (const { version, sha256, sections } of body.agreements) {
    expect(version).toMatch(/^\d{4}-\d{2}$/);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(sections.length).toBeGreaterThan(0);
  }
});

describe('LIB-REG-07 … LIB-REG-12 registration by lock', () => {
  test('LIB-REG-10 KEY-014 the certificate fills the form; the account is simple, its key the primary, base information is next', async () => {
    const browser = world.browser();
    const key = await world.home.issue();
    const reading = await readForRegistration(browser, key);
    expect(reading.status).toBe(201);
    expect(reading.body).toMatchObject({
      purpose: 'REGISTER',
      kind: 'ORGANISATION',
      usccNeeded: false,
      certificate: { unitName: '内蒙古测试建设有限公司', uscc: '91150102MA0N00016G' },
    });
    const answer = await sendRegistration(browser, reading.body.id, { roles: ['BIDDER', 'TENDEREE'] });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      standing: 'PRIMARY',
      identityNeeded: true,
      entity: { state: 'REGISTERED_SIMPLE', name: '内蒙古测试建设有限公司' },
      completion: { base: false, letter: false, letterNeeded: true },
    });
    const keys = await keysOf({ browser });
    expect(keys).toMatchObject([
      { isPrimary: true, state: 'SUBMITTED', own: true, holderName: '乌云其其格', serialNo: key.serial },
    ]);
    const [entry] = await audited(world, 'entity.register');
    expect(entry).toMatchObject({ outcome: 'ok', actor_id: answer.body.entity.id });
    expect(JSON.stringify(entry)).not.toContain('乌云其其格');
  });

  test('LIB-REG-01 a known entity is led to activation, a known key to login', async () => {
    const member = await registered(world, { uscc: OTHER });
    const again = await readForRegistration(world.browser(), member.key);
    expect(again).toMatchObject({ status: 409, body: { code: 'LIBRARY_REGISTERED_ALREADY' } });
    const spare = await world.home.issue({ uscc: OTHER });
    const reading = await readForRegistration(world.browser(), spare);
    expect(reading).toMatchObject({
      status: 201,
      body: { purpose: 'ACTIVATE', message: '当前使用的CA锁未激活，请先激活' },
    });
  });

  test('LIB-REG-04 without the present agreements there is no registration', async () => {
    const browser = world.browser();
    const { body } = await readForRegistration(browser, await world.home.issue({ uscc: THIRD }));
    const accepted = await agreementsOf(browser);
    const outdated = accepted.map((one) => ({ ...one, version: '2020-01' }));
    for (const agreements of [[], accepted.slice(1), outdated]) {
      const answer = await sendRegistration(browser, body.id, { agreements });
      expect(answer).toMatchObject({ status: 422, body: { code: 'LIBRARY_AGREEMENTS' } });
    }
    expect((await sendRegistration(browser, body.id)).status).toBe(201);
  });

  test('LIB-REG-04 which text was agreed to is kept with its time, and cannot be changed', async () => {
    const { rows } = await world.infra.database.pool.query(
      'select code, version, text_sha256, agreed_at from library_agreement order by id limit 2',
    );
    expect(rows.map(({ code }) => code)).toEqual(['registration', 'privacy']);
    await expect(
      world.infra.database.pool.query(`update library_agreement set version = '1999-01'`),
    ).rejects.toThrow(/append-only/);
  });

  test('F-REG fields are checked, all faults at once, by field', async () => {
    const browser = world.browser();
    const { body } = await readForRegistration(browser, await world.home.issue({ uscc: FOURTH }));
    const answer = await sendRegistration(browser, body.id, {
      applicantName: '',
      applicantPhone: '12345',
      applicantIdNo: '110105194912310021',
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map(({ path }) => path).toSorted()).toEqual([
      'applicantIdNo',
      'applicantName',
      'applicantPhone',
    ]);
    const roles = await sendRegistration(browser, body.id, { roles: [] });
    expect(roles).toMatchObject({ status: 422, body: { code: 'LIBRARY_CHOICE' } });
  });

  test('OD-03 a certificate without a code asks for one, and takes no other than it carries', async () => {
    const browser = world.browser();
    const bare = await world.home.issue({ uscc: null, unitName: '内蒙古无码建设有限公司' });
    const { body } = await readForRegistration(browser, bare);
    expect(body.usccNeeded).toBe(true);
    const missing = await sendRegistration(browser, body.id);
    expect(missing.body.code).toBe('LIBRARY_USCC_REQUIRED');
    const wrong = await sendRegistration(browser, body.id, { uscc: '91150102MA0N00016A' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'REQUEST_INVALID' } });
    const taken = await sendRegistration(browser, body.id, { uscc: '91150102MA0N00016G' });
    expect(taken).toMatchObject({ status: 409, body: { code: 'LIBRARY_REGISTERED_ALREADY' } });
  });

  test('what was read in one browser is nothing in another, and nothing the second time', async () => {
    const browser = world.browser();
    const key = await world.home.issue({ uscc: FOURTH, unitName: '内蒙古第四有限公司' });
    const { body } = await readForRegistration(browser, key);
    const stranger = world.browser();
    await stranger.call('/api/v1/hub/challenges', { body: { act: 'library-login' } });
    const stolen = await sendRegistration(stranger, body.id);
    expect(stolen).toMatchObject({ status: 410, body: { code: 'LIBRARY_ADMISSION' } });
    expect((await sendRegistration(browser, body.id)).status).toBe(201);
    expect(await sendRegistration(browser, body.id)).toMatchObject({ status: 410 });
  });

  test('two keys of one entity that register at once make one account', async () => {
    const code = '91150602MA0Q8C63XF';
    const pairs = await Promise.all(
      [1, 2].map(async () => {
        const browser = world.browser();
        const { body } = await readForRegistration(browser, await world.home.issue({ uscc: code }));
        return { browser, id: body.id };
      }),
    );
    const answers = await Promise.all(pairs.map(({ browser, id }) => sendRegistration(browser, id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });
});

describe('LIB-REG-02 who may not register', () => {
  const refused = async (reading: { status: number; body: Problem }) => ({
    status: reading.status,
    code: reading.body.code,
  });

  test('a key of an authority of elsewhere, a forged, an expired and a revoked certificate', async () => {
    const foreign = await world.foreign.issue();
    expect(await refused(await readForRegistration(world.browser(), foreign))).toMatchObject({ status: 403 });
    const forged = await world.home.issue({ forged: true });
    expect((await readForRegistration(world.browser(), forged)).status).toBe(403);
    const expired = await world.home.issue({ validTo: Date.now() - 86_400_000 });
    expect(await refused(await readForRegistration(world.browser(), expired))).toEqual({
      status: 403,
      code: 'CERTIFICATE_EXPIRED',
    });
  });

  test("a legal representative's, an operator's and an unreadable certificate", async () => {
    for (const kind of ['法定代表人', '经办人'] as const) {
      const reading = await readForRegistration(world.browser(), await world.home.issue({ kind }));
      expect(await refused(reading)).toEqual({ status: 403, code: 'LIBRARY_HOLDER_KIND' });
    }
    const unknown = await readForRegistration(world.browser(), await world.home.issue({ kind: '未知' }));
    expect(await refused(unknown)).toEqual({ status: 403, code: 'LIBRARY_CERTIFICATE_UNCLEAR' });
  });

  test('a signature for another act, another site or a spent challenge', async () => {
    const browser = world.browser();
    const key = await world.home.issue({ uscc: '91152502MA0R5D8481' });
    const login = await browser.proof('library-login', key);
    const asRegistration = await browser.call<Problem>(`${LIBRARY}/registration-readings`, { body: login });
    expect(asRegistration).toMatchObject({ status: 403, body: { code: 'HUB_CHALLENGE_FOREIGN' } });
    const elsewhere = await readForRegistration(browser, key, { change: { origin: 'https://evil.example' } });
    expect(elsewhere).toMatchObject({ status: 403, body: { code: 'HUB_SIGNATURE_INVALID' } });
    const proof = await browser.proof('library-register', key);
    expect((await browser.call<Admission>(`${LIBRARY}/registration-readings`, { body: proof })).status).toBe(
      201,
    );
    const replayed = await browser.call<Problem>(`${LIBRARY}/registration-readings`, { body: proof });
    expect(replayed).toMatchObject({ status: 409, body: { code: 'HUB_CHALLENGE_UNKNOWN' } });
  });
});

describe('OD-12 a natural person by individual certificate', () => {
  const person = { name: '王小明', idNo: ID_NUMBERS[1] };

  test('registers as the person that the certificate names, and as nobody else', async () => {
    const browser = world.browser();
    const key = await world.home.issue({ kind: '个人', person });
    const { body } = await readForRegistration(browser, key);
    expect(body).toMatchObject({ purpose: 'REGISTER', kind: 'NATURAL_PERSON', usccNeeded: false });
    const other = await sendRegistration(browser, body.id);
    expect(other).toMatchObject({ status: 422, body: { code: 'LIBRARY_OTHER_HOLDER' } });
    const own = { applicantName: person.name, applicantIdNo: person.idNo, roles: [] };
    const answer = await sendRegistration(browser, body.id, own);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        standing: 'NATURAL',
        entity: { kind: 'NATURAL_PERSON', name: '王小明', uscc: null },
        completion: { letterNeeded: false },
      },
    });
    const { rows } = await world.infra.database.pool.query(`select * from library_entity where id = $1`, [
      answer.body.entity.id,
    ]);
    expect(JSON.stringify(rows)).not.toContain('王小明');
    expect(JSON.stringify(rows)).not.toContain(person.idNo);
  });

  test('a certificate that names no number, or a wrong one, is nobody’s', async () => {
    for (const idNo of [undefined, '110105194912310020']) {
      const key = await world.home.issue({ kind: '个人', person: { name: '王小明', ...(idNo && { idNo }) } });
      const reading = await readForRegistration(world.browser(), key);
      expect(reading.body.code).toBe('LIBRARY_CERTIFICATE_UNCLEAR');
    }
  });
});

test('GEN-001 hub and library know the entity by one id, whichever door it came through first', async () => {
  const code = '91420000757013137P';
  const uscc = { uscc: code, unitName: '湖北一体有限公司' };
  const known = await world.infra.database.pool.query(`select id from entity where uscc = $1`, [code]);
  const member = known.rows[0] ? undefined : await registered(world, uscc);
  const bound = await bind(world.browser(), await world.home.issue(uscc), { uscc: code });
  expect([200, 201]).toContain(bound.status);
  const { rows } = await world.infra.database.pool.query(
    `select e.id, l.id as library, h.id as hub from entity e
       join library_entity l on l.id = e.id join enterprise h on h.id = e.id where e.uscc = $1`,
    [code],
  );
  expect(rows).toHaveLength(1);
  if (member) expect(rows[0].id).toBe(member.session.entity.id);
});

test('GEN-004 nobody is logged in without a session, and a cookie of one’s own making is none', async () => {
  const browser = world.browser();
  expect(await sessionOf(browser)).toMatchObject({ status: 401, body: { code: 'LIBRARY_SESSION_REQUIRED' } });
  browser.cookies.set('hufu_library', 'A'.repeat(43));
  expect((await sessionOf(browser)).status).toBe(401);
});
