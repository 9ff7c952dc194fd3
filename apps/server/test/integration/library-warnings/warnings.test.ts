import path from 'node:path';
import type { LibraryWarning, UnreadWarnings, WarningKind, WarningPreferences } from '@hufu/contracts';
import { addDays, shanghaiInstant } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../../src/app.ts';
import {
  createWarnings,
  type Expiring,
  type ExpirySource,
  type Notice,
  type Warnings,
} from '../../../src/features/warnings/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { smtpTransport } from '../../../src/infra/mail/mail.ts';
import { onPostgresql } from '../../support/database.ts';
import { type TestInfra, testInfra } from '../../support/infra.ts';
import { makeEntities, memberByHeader } from '../../support/library/members.ts';
import { type SmtpServer, startSmtpServer } from '../../support/library/smtp-server.ts';

/** Mails go to Debian's aiosmtpd, a program of its own. */
const OWNER = 'entity-owner';
const OTHER = 'entity-other';
const TODAY = '2026-11-21';
/** Time goes forward only: limits of requests are counted by it, too. */
const FIRST_DAY = addDays(TODAY, -62);
let now = shanghaiInstant(FIRST_DAY, '07:00:00');
let smtp: SmtpServer;
let infra: TestInfra;
let warnings: Warnings;
let app: App;

const GENEROUS = JSON.stringify({
  request: { requests: 100_000, seconds: 1 },
  'library-address': { requests: 100_000, seconds: 1 },
});

const papers: Expiring[] = [];
const keys: Expiring[] = [];
/** Two at a time, so that there is always another page. */
const source =
  (items: readonly Expiring[]): ExpirySource['page'] =>
  async (_executor, { from, to, after = '0' }) => {
    const due = items.filter(({ expiresOn }) => expiresOn >= from && expiresOn <= to);
    const at = Number(after);
    return { items: due.slice(at, at + 2), next: at + 2 < due.length ? String(at + 2) : undefined };
  };
const sources: readonly ExpirySource[] = [
  { kind: 'RECORD_EXPIRES', type: 'certificate', page: source(papers) },
  { kind: 'KEY_EXPIRES', page: source(keys) },
];
const feature = () => warnings.feature({ members: memberByHeader, sources });
const task = async (name: string) => {
  await feature()
    .periodic!.find((one) => one.name === name)!
    .run();
};
const watch = () => task('warnings-watch-expiry');
const digest = () => task('warnings-digest');

beforeAll(async () => {
  smtp = await startSmtpServer();
  infra = await testInfra({ clock: { now: () => now }, settings: { HUFU_RATE_LIMITS: GENEROUS } });
  await makeEntities(infra.database, [OWNER, OTHER]);
  warnings = createWarnings(infra);
  app = await createApp({
    infra,
    // Without its periodic work: the test says when.
    features: [{ ...feature(), periodic: [] }],
    mailTransport: smtpTransport(smtp.url, 'hufu@library.example'),
    portalDirectory: path.join(infra.directory, 'portal'),
  });
  await app.listen();
});
afterAll(async () => {
  await app?.close();
  await infra?.dispose();
  await smtp?.stop();
});

type Answer<T> = { status: number; body: T & { code?: string } };

async function call<T>(
  address: string,
  { as = OWNER, method = 'GET', body, lang = 'zh' }: CallOptions = {},
): Promise<Answer<T>> {
  const response = await fetch(`http://127.0.0.1:${infra.config.port}/api/v1/library/warnings${address}`, {
    method,
    headers: {
      'x-member': as,
      'accept-language': lang,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T & { code?: string } };
}
type CallOptions = { as?: string; method?: string; body?: unknown; lang?: string };
type Page = { items: LibraryWarning[]; total: number };

const list = async (query = '', as = OWNER) => (await call<Page>(query, { as })).body;
const unread = async (as = OWNER) => (await call<UnreadWarnings>('/unread', { as })).body;
const notify = (notice: Notice) => withTransaction(infra.database, (tx) => warnings.notify(tx, notice));
const prefer = (form: Record<string, unknown>, as = OWNER) =>
  call<WarningPreferences>('/preferences', { method: 'PUT', body: form, as });
const preferences = async () => (await call<WarningPreferences>('/preferences')).body;
const mailed = async (count: number) => {
  await expect.poll(async () => (await smtp.mails()).length, { timeout: 45_000 }).toBe(count);
  return (await smtp.mails()).at(-1)!;
};

describe('papers that end', () => {
  test('are told of at 60, 30 and 15 days and when they have ended, once each, however often one looks', async () => {
    const paper = { entityId: OWNER, id: 'paper-1', expiresOn: addDays(FIRST_DAY, 61) };
    papers.push(paper);
    const counts: number[] = [];
    for (const days of [0, 1, 20, 31, 40, 46, 61, 62]) {
      now = shanghaiInstant(addDays(FIRST_DAY, days), '07:00:00');
      await watch();
      await watch();
      counts.push((await list('?kind=RECORD_EXPIRES')).total);
    }
    expect(counts).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
    const { items } = await list('?kind=RECORD_EXPIRES');
    expect(items[0]).toMatchObject({
      text: `企业证书信息已于 ${paper.expiresOn} 到期`,
      tone: 'urgent',
      link: '/library/r/certificate/paper-1',
      facts: { type: 'certificate', id: 'paper-1', expiresOn: paper.expiresOn },
      read: false,
    });
    const english = await call<Page>('?kind=RECORD_EXPIRES', { lang: 'en' });
    expect(english.body.items[0]?.text).toMatch(/ ended on 20/);
  });

  test('a renewed one is told of anew for its new day; every page of every source is looked at', async () => {
    now = shanghaiInstant(TODAY, '07:00:00');
    papers.length = 0;
    for (let at = 0; at < 5; at += 1)
      papers.push({ entityId: OTHER, id: `many-${at}`, expiresOn: addDays(TODAY, at) });
    keys.push({ entityId: OTHER, id: 'key-1', expiresOn: addDays(TODAY, 29) });
    await watch();
    papers[0] = { ...papers[0]!, expiresOn: addDays(TODAY, 14) };
    await watch();
    expect((await unread(OTHER)).byKind).toEqual({ RECORD_EXPIRES: 6, KEY_EXPIRES: 1 });
  });
});

describe('who has read', () => {
  test('each person reads for themselves, one by one or all; nobody reads another entity’s', async () => {
    const before = (await unread()).unread;
    await notify({ entityId: OWNER, kind: 'KEY_ACTIVATED', facts: { keyId: 'k2' }, once: 'k2' });
    await notify({ entityId: OWNER, kind: 'KEY_ACTIVATED', facts: { keyId: 'k2' }, once: 'k2' });
    expect((await unread()).unread).toBe(before + 1);
    const [newest] = (await list('?kind=KEY_ACTIVATED')).items;
    const read = (body: unknown, as = OWNER) => call<UnreadWarnings>('/read', { method: 'POST', body, as });
    expect((await read({ ids: [newest!.id] }, OTHER)).body.unread).toBe((await unread(OTHER)).unread);
    expect((await read({ ids: [newest!.id] })).body.unread).toBe(before);
    expect((await list('?kind=KEY_ACTIVATED&unread=true')).total).toBe(0);
    expect((await list('?kind=KEY_ACTIVATED&unread=false')).total).toBe(1);
    expect((await list('?kind=KEY_ACTIVATED&unread=true', `${OWNER}/SECONDARY`)).total).toBe(1);
    expect((await read({ all: true })).body).toEqual({ unread: 0, byKind: {} });
    expect((await unread(`${OWNER}/SECONDARY`)).unread).toBe(before + 1);
    expect((await list('', OTHER)).items.some(({ id }) => id === newest!.id)).toBe(false);
  });

  test('what is told inside a transaction that comes to nothing was never told', async () => {
    const { total } = await list();
    const failed = withTransaction(infra.database, async (tx) => {
      await warnings.notify(tx, { entityId: OWNER, kind: 'KEY_ACTIVATED', facts: { keyId: 'k3' } });
      throw new Error('taken back');
    });
    await expect(failed).rejects.toThrow('taken back');
    expect((await list()).total).toBe(total);
  });
});

describe('mail', () => {
  const KINDS: WarningKind[] = ['KEY_ACTIVATED', 'SYNC_FAILED'];
  const SYNC: Notice = {
    entityId: OWNER,
    kind: 'SYNC_FAILED',
    facts: { platform: 'hohhot', platformName: '呼和浩特交易平台' },
  };

  test('an address proves itself by a code before anything else is sent to it', async () => {
    expect(await preferences()).toEqual({
      address: null,
      confirmed: false,
      kinds: [],
      language: 'zh',
      version: 0,
    });
    now = shanghaiInstant(TODAY, '07:50:00');
    const chosen = await prefer({ address: 'zhang.san@unit.example', kinds: KINDS, version: 0 });
    expect(chosen.body).toMatchObject({ address: 'z***@unit.example', confirmed: false, version: 1 });
    const letter = await mailed(1);
    expect([letter.to, letter.from, letter.subject]).toEqual([
      'zhang.san@unit.example',
      'hufu@library.example',
      '主体信息库：邮箱验证码',
    ]);
    const code = /验证码：(\d{6})/.exec(letter.text)![1]!;
    await notify(SYNC);
    now = shanghaiInstant(TODAY, '08:05:00');
    await digest();
    const confirm = (text: string, as = OWNER) =>
      call<WarningPreferences>('/preferences/confirmation', { method: 'POST', body: { code: text }, as });
    const wrong = code === '000000' ? '000001' : '000000';
    expect((await confirm(wrong)).body.code).toBe('WARNING_CODE');
    expect((await confirm(code, OTHER)).body.code).toBe('WARNING_CODE');
    expect((await confirm(code, `${OWNER}/SECONDARY`)).body.code).toBe('LIBRARY_PRIMARY_ONLY');
    expect((await confirm(code)).body).toMatchObject({ confirmed: true, version: 2 });
    expect((await confirm(code)).body.code).toBe('WARNING_CODE');
    expect((await smtp.mails()).length).toBe(1);
  });

  test('a code runs out after half an hour, and after five wrong answers', async () => {
    await prefer({ address: 'other@unit.example', kinds: KINDS, version: 0 }, OTHER);
    const code = /(\d{6})/.exec((await mailed(2)).text)![1]!;
    const confirm = (text: string) =>
      call('/preferences/confirmation', { method: 'POST', body: { code: text }, as: OTHER });
    now += 31 * 60_000;
    expect((await confirm(code)).body.code).toBe('WARNING_CODE');
    await prefer({ address: 'other@unit.example', kinds: KINDS, version: 1 }, OTHER);
    const second = /(\d{6})/.exec((await mailed(3)).text)![1]!;
    const wrong = second === '000000' ? '000001' : '000000';
    for (let at = 0; at < 5; at += 1) await confirm(wrong);
    expect((await confirm(second)).body.code).toBe('WARNING_CODE');
  });

  test('one digest in Shanghai’s morning tells what is wanted, once, and names nobody', async () => {
    await notify(SYNC);
    await notify({ entityId: OWNER, kind: 'KEY_ACTIVATED', facts: { keyId: 'k9' } });
    await notify({
      entityId: OWNER,
      kind: 'PROJECT_ARRIVED',
      facts: { type: 'project-general', id: 'p1', platform: 'hohhot', platformName: '呼和浩特交易平台' },
    });
    now = shanghaiInstant(addDays(TODAY, 1), '07:59:59');
    await digest();
    expect((await smtp.mails()).length).toBe(3);
    now = shanghaiInstant(addDays(TODAY, 1), '08:00:00');
    await Promise.all(onPostgresql ? [digest(), digest()] : [digest()]);
    const letter = await mailed(4);
    expect([letter.to, letter.subject]).toEqual(['zhang.san@unit.example', '主体信息库提醒：2 项']);
    expect(letter.text).toContain('· 信息未能同步到呼和浩特交易平台');
    expect(letter.text).toContain('· 激活了一把新的CA锁');
    expect(letter.text).not.toContain('推送的项目');
    expect(letter.text).not.toMatch(/k9|entity-|张|zhang/);
    await notify(SYNC);
    now = shanghaiInstant(addDays(TODAY, 1), '20:00:00');
    await digest();
    now = shanghaiInstant(addDays(TODAY, 2), '10:00:00');
    await digest();
    expect((await mailed(5)).subject).toBe('主体信息库提醒：1 项');
    const ids = (await smtp.mails()).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('what is no longer wanted is not sent, not even what was waiting; English for who wants it', async () => {
    await notify(SYNC);
    const { version } = await preferences();
    const changed = await prefer({ kinds: ['KEY_ACTIVATED'], language: 'en', version });
    expect(changed.body).toMatchObject({ confirmed: true, address: 'z***@unit.example', language: 'en' });
    await notify({ entityId: OWNER, kind: 'KEY_ACTIVATED', facts: { keyId: 'k4' } });
    now = shanghaiInstant(addDays(TODAY, 3), '08:30:00');
    await digest();
    const letter = await mailed(6);
    expect(letter.subject).toBe('Entity library: 1 notice');
    expect(letter.text).toContain('A new key was activated');
    const none = await prefer({ address: null, kinds: KINDS, version: changed.body.version });
    expect(none.body).toMatchObject({ address: null, confirmed: false });
    await notify(SYNC);
    now = shanghaiInstant(addDays(TODAY, 4), '08:30:00');
    await digest();
    expect((await smtp.mails()).length).toBe(6);
  });

  test('two who choose at once: the later one is told that it has changed', async () => {
    const { version } = await preferences();
    expect((await prefer({ kinds: [], version })).status).toBe(200);
    const late = await prefer({ kinds: KINDS, version });
    expect([late.status, late.body.code]).toEqual([409, 'WARNING_STALE']);
    const secondary = await prefer({ kinds: [], version }, `${OWNER}/SECONDARY`);
    expect([secondary.status, secondary.body.code]).toEqual([403, 'LIBRARY_PRIMARY_ONLY']);
  });

  test('addresses lie sealed in the database', async () => {
    const { rows } = await infra.database.pool.query('select * from library_warning_preference');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/zhang\.san|other@unit/);
  });
});
