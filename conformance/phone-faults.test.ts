import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from './support/browser.ts';
import { FIELDS } from './support/holder.ts';
import { expectStatus } from './support/installation.ts';
import { Phone, PIN, VaultRefusal } from './support/phone.ts';
import { newDisk } from './support/phone-device.ts';
import { type PhoneHolder, phoneHolder } from './support/phone-order.ts';
import { openAct, outcome, proofByPhone, scanned } from './support/phone-page.ts';
import { createPhoneWorld, type PhoneWorld, SIQIN } from './support/phone-world.ts';
import { START_WITHIN_MS } from './support/programs.ts';

/** More of them on request: each takes a start of the vault. */
const KILLS = Number(process.env['HUFU_KILLS'] ?? 2);
const OTHER_PIN = 'x9y8z7';

let world: PhoneWorld;
let holder: PhoneHolder;
let page: Browser;

beforeAll(async () => {
  world = await createPhoneWorld();
  holder = await phoneHolder(world, new Phone(world.hub.base));
  page = world.hub.browser();
  const proof = await proofByPhone(page, holder.phone, 'bind');
  const fields = { ...FIELDS, uscc: holder.uscc };
  expectStatus(await page.call('/api/v1/hub/bindings', { body: { proof, fields } }), 201);
}, START_WITHIN_MS);
afterAll(() => world?.close());

/** What a try to sign a login with this PIN comes to. */
async function attempt(phone: Phone, pin: string): Promise<string> {
  const opened = await openAct(page, 'login');
  const scan = await scanned(page, phone, opened);
  const certificate = scan.certificates.find(({ problem }) => problem === null);
  if (certificate === undefined) return scan.certificates[0]?.problem?.code ?? 'NO_CERTIFICATE';
  try {
    const signatures = await phone.sign(scan, certificate, pin);
    const finished = await phone.finish(scan, signatures);
    return finished.status === 200 ? 'SIGNED' : String(finished.body['code']);
  } catch (error) {
    return error instanceof VaultRefusal ? error.code : (error as { code?: string }).code || String(error);
  }
}

describe('kill -9 between the rounds leaves nothing half-done', () => {
  test('MOB-033 of the server, after the vault has answered: the phone hands in what it has signed', async () => {
    const opened = await openAct(page, 'login');
    const scan = await scanned(page, holder.phone, opened);
    const signatures = await holder.phone.sign(scan, scan.certificates[0]!);
    await world.hub.server().kill();
    await world.hub.start();
    expectStatus(await holder.phone.finish(scan, signatures), 200);
    const { result } = await outcome(page, opened.id);
    if (result === null || !('proof' in result)) throw new Error('no proof');
    expectStatus(await page.call('/api/v1/hub/logins', { body: result.proof }), 201);
    // Once used, it is used, on either side of the kill.
    expectStatus(await page.call('/api/v1/hub/logins', { body: result.proof }), 409);
  }, 240_000);

  test('MOB-017 of the vault, while the PIN is changed: one PIN counts, the key is the same', async () => {
    const { phone, certificateId } = holder;
    const halfId = await phone.halfOf(certificateId, 'sign');
    let pin = PIN;
    for (let kill = 0; kill < KILLS; kill++) {
      const next = pin === PIN ? OTHER_PIN : PIN;
      const changing = phone.key.changePin({ halfId, pin, newPin: next }).then(
        () => true,
        () => false,
      );
      await wait(randomInt(60));
      await world.vault().kill();
      const changed = await changing;
      await world.startVault();
      const [withNext, withOld] = [await attempt(phone, next), await attempt(phone, pin)];
      expect(
        [withNext, withOld].filter((one) => one === 'SIGNED'),
        `${withNext} ${withOld}`,
      ).toHaveLength(1);
      if (changed) expect(withNext).toBe('SIGNED');
      if (withNext === 'SIGNED') pin = next;
    }
    if (pin !== PIN) await phone.key.changePin({ halfId, pin, newPin: PIN });
  }, 240_000);
});

describe('a full copy of one side signs nothing', () => {
  test('MOB-017 the vault’s, with the server’s session: another device’s request is not this half’s', async () => {
    const thief = new Phone(world.hub.base, newDisk());
    // Everything that the first device’s disk says about its halves, but not its key.
    for (const record of holder.phone.disk.records()) await thief.disk.store.put(record);
    await thief.logIn(SIQIN.mobile);
    expect(await attempt(thief, PIN)).not.toBe('SIGNED');
  });

  test('OD-38 the device’s, with its key and its session: ten guesses, counted by the vault', async () => {
    const copy = new Phone(world.hub.base, holder.phone.disk.copy());
    await copy.logIn(SIQIN.mobile);
    const said: string[] = [];
    for (let guess = 0; guess < 10; guess++) said.push(await attempt(copy, `guess${guess}`));
    expect(said.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 'PHONE_PIN_WRONG'));
    expect(said[9]).toBe('PHONE_PIN_LOCKED');
    expect(await attempt(copy, PIN)).toBe('PHONE_PIN_LOCKED');
    expect(await attempt(holder.phone, PIN)).toBe('PHONE_PIN_LOCKED');
  }, 240_000);
});
