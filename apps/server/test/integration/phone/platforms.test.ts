import type { PhoneEnterprise, PhoneGrant, PhonePeople, PhoneScope, PhoneUses } from '@hufu/contracts';
import { fromUtf8 } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { bind, CODES, joinPlatform, logIn } from '../../support/hub/hub-world.ts';
import type { TestKey } from '../../support/hub/test-authority.ts';
import { ID_NUMBERS } from '../../support/library/entities.ts';
import type { Handset } from '../../support/phone/handset.ts';
import { type Kept, type PhoneWorld, phoneWorld } from '../../support/phone/phone-world.ts';
import { signText } from '../../support/phone/use-key.ts';

type Browser = Handset['browser'];
type Chosen = { id: string; code?: string };
const UNIT = { unitName: '内蒙古黄河湿地生态有限公司', uscc: CODES[0] };
const CLERK = '13900000082';

let world: PhoneWorld;
let admin: Handset;
let clerk: Handset;
let enterprise: PhoneEnterprise;
let kept: Kept;
let clerkPerson: string;

/** The phone's key where a lock's would be: every signature is a use of both halves. */
const phoneKey = (): TestKey => ({
  certificate: kept.signing,
  serial: '',
  signer: {
    sign: (message: Uint8Array) =>
      signText(world, admin, { certificateId: kept.id, text: fromUtf8(message) }),
  } as TestKey['signer'],
});

/** Logged in to the hub by a scan of this person. */
async function scannedBy(handset: Handset | undefined): Promise<Browser> {
  world.signer = handset && world.callerOf(handset).userId;
  const browser = world.browser();
  const answer = await logIn(browser, phoneKey());
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return browser;
}
const choose = async (browser: Browser, platform: string) =>
  (await browser.call<Chosen>('/api/v1/hub/authorisations', { body: { platform } })).body;
const confirm = (browser: Browser, id: string) =>
  browser.call<{ redirectTo?: string; code?: string }>(`/api/v1/hub/authorisations/${id}/confirm`, {
    method: 'POST',
  });
const at = (path: string) => `/api/v1/phone/enterprises/${enterprise.id}${path}`;
async function grant(...scopes: PhoneScope[]): Promise<PhoneGrant[]> {
  const { body } = await admin.browser.call<PhoneGrant[]>(at('/grants'), {
    body: { certificateId: kept.id, personId: clerkPerson, scopes },
  });
  return body;
}
const revoke = (id: string) => admin.browser.call(`/api/v1/phone/grants/${id}`, { method: 'DELETE' });

beforeAll(async () => {
  world = await phoneWorld();
  admin = await world.user('13900000081', { name: '王小明', idNo: ID_NUMBERS[0] });
  clerk = await world.user(CLERK, { name: '李小红', idNo: ID_NUMBERS[1] });
  enterprise = await world.administered(admin, { name: UNIT.unitName, uscc: UNIT.uscc });
  kept = await world.certified(admin, { ...UNIT, entityId: enterprise.id });
  const invited = await admin.browser.call<{ id: string }>(at('/invitations'), { body: { mobile: CLERK } });
  await clerk.browser.call(`/api/v1/phone/invitations/${invited.body.id}/answer`, { body: { accept: true } });
  const { body } = await clerk.browser.call<PhonePeople>(at('/people'));
  clerkPerson = body.people.find(({ self }) => self)!.id;
  const bound = await bind(world.browser(), phoneKey(), { uscc: UNIT.uscc });
  if (bound.status !== 201) throw new Error(JSON.stringify(bound.body));
  await joinPlatform(world, 'hohhot');
  await joinPlatform(world, 'baotou');
}, 120_000);
afterAll(() => world.close());

describe('MOB-050 a platform by way of the hub', () => {
  test('MOB-050 the administrator goes everywhere', async () => {
    const browser = await scannedBy(admin);
    const { id } = await choose(browser, 'hohhot');
    expect((await confirm(browser, id)).body.redirectTo).toContain('https://hohhot.example/start');
  });

  test('MOB-047 a person goes where a grant says, and nowhere else', async () => {
    await grant('HUB', 'hohhot');
    const browser = await scannedBy(clerk);
    expect(await choose(browser, 'baotou')).toMatchObject({ code: 'PHONE_NOT_GRANTED' });
    const { id } = await choose(browser, 'hohhot');
    expect((await confirm(browser, id)).body.redirectTo).toContain('https://hohhot.example/start');
  });

  test('MOB-050 a grant that ends between the two confirmations opens nothing, and is on record', async () => {
    const { body: granted } = await admin.browser.call<PhoneGrant[]>(at('/grants?state=GRANTED'));
    const platform = granted.find(({ scope }) => scope === 'hohhot');
    const browser = await scannedBy(clerk);
    const { id } = await choose(browser, 'hohhot');
    await revoke(platform!.id);
    expect((await confirm(browser, id)).body.code).toBe('PHONE_NOT_GRANTED');
    expect((await choose(browser, 'hohhot')).code).toBe('PHONE_NOT_GRANTED');
    const { body } = await admin.browser.call<z.infer<typeof PhoneUses>>('/api/v1/phone/uses');
    expect(body.items[0]).toMatchObject({ purpose: 'platform-login', scope: 'hohhot', outcome: 'REFUSED' });
  });

  test('MOB-050 a grant for everything opens every platform', async () => {
    const [given] = await grant('ALL');
    const browser = await scannedBy(clerk);
    expect((await choose(browser, 'baotou')).id).toBeTruthy();
    await revoke(given!.id);
    expect((await choose(browser, 'baotou')).code).toBe('PHONE_NOT_GRANTED');
  });

  test('MOB-050 a session of which nobody knows who scanned opens no platform', async () => {
    const browser = await scannedBy(undefined);
    expect((await choose(browser, 'hohhot')).code).toBe('PHONE_NOT_GRANTED');
  });
});
