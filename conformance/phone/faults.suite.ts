import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createPhoneKey, type HalfAnswer, type HalfOp, type SignedRequest } from '@hufu/phone-key';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../support/browser.ts';
import { FIELDS } from '../support/holder.ts';
import { expectStatus } from '../support/installation.ts';
import { Phone, PIN, VaultRefusal } from '../support/phone.ts';
import { newDisk, nodeRandom, nodeStretch } from '../support/phone-device.ts';
import { type PhoneHolder, phoneHolder } from '../support/phone-order.ts';
import { openAct, outcome, proofByPhone, scanned } from '../support/phone-page.ts';
import type { PhoneWorld } from '../support/phone-world.ts';
import { START_WITHIN_MS } from '../support/programs.ts';

/** Kills of the server and of the vault, and thieves of either side. */
export function phoneFaultsSuite(opened: () => PhoneWorld): void {
  /** More of them on request: each takes a start of the vault. */
  const KILLS = Number(process.env['HUFU_KILLS'] ?? 2);
  const OTHER_PIN = 'x9y8z7';

  let world: PhoneWorld;
  let holder: PhoneHolder;
  let page: Browser;

  beforeAll(async () => {
    world = opened();
    holder = await phoneHolder(world, new Phone(world.hub.base), 'hasi');
    page = world.hub.browser();
    const proof = await proofByPhone(page, holder.phone, 'bind');
    const fields = { ...FIELDS, uscc: holder.uscc };
    expectStatus(await page.call('/api/v1/hub/bindings', { body: { proof, fields } }), 201);
  }, START_WITHIN_MS);

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
    test('MOB-017 the vault’s: whoever holds its disk and its token, but no phone, gets no answer out of it', async () => {
      const thief = newDisk();
      const [record] = holder.phone.disk.records().filter(({ usage }) => usage === 'sign');
      // Everything that is known of the half but the other device's key.
      await thief.store.put(record!);
      const key = createPhoneKey({
        device: thief.key,
        stretch: nodeStretch,
        store: thief.store,
        random: nodeRandom,
        vault: { send: (operation, request) => askVault(world.vaultFolder, operation, request) },
      });
      const use = { halfId: record!.halfId, pin: PIN, order: 'order:stolen', messages: [nodeRandom(32)] };
      await expect(key.signAll(use)).rejects.toMatchObject({ code: 'PHONE_DEVICE_SIGNATURE' });
    });

    test('OD-38 the device’s, with its key and its session: ten guesses, counted by the vault', async () => {
      const { phone } = holder;
      const copy = new Phone(world.hub.base, phone.disk.copy(), phone.browser);
      const said: string[] = [];
      for (let guess = 0; guess < 10; guess++) said.push(await attempt(copy, `guess${guess}`));
      expect(said.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 'PHONE_PIN_WRONG'));
      expect(said[9]).toBe('PHONE_PIN_LOCKED');
      // From then on the right one is of no use either, on whichever device it is typed.
      expect(await attempt(copy, PIN)).toBe('PHONE_PIN_LOCKED');
      expect(await attempt(phone, PIN)).toBe('PHONE_PIN_LOCKED');
    }, 240_000);
  });

  /** Past the web server, with its own token. */
  async function askVault<Op extends HalfOp>(
    folder: string,
    operation: Op,
    body: SignedRequest,
  ): Promise<HalfAnswer<Op>> {
    const token = (await readFile(path.join(folder, 'clients', 'server.token'), 'utf8')).trim();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const text = await new Promise<string>((resolve, reject) => {
      const socketPath = path.join(folder, 'signer.sock');
      const asked = http.request({
        socketPath,
        path: `/v1/halves/ops/${operation}`,
        method: 'POST',
        headers,
      });
      asked.once('error', reject);
      asked.once('response', (answer) => {
        let said = '';
        answer.on('data', (chunk) => {
          said += chunk;
        });
        answer.once('end', () => (answer.statusCode === 200 ? resolve(said) : reject(JSON.parse(said))));
      });
      asked.end(JSON.stringify(body));
    });
    return JSON.parse(text) as HalfAnswer<Op>;
  }
}
