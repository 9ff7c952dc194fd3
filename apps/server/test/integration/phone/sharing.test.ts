import { randomBytes } from 'node:crypto';
import type {
  PhoneCertificate,
  PhoneEnterprise,
  PhoneGrant,
  PhoneOffer,
  PhoneParcel,
  PhonePeople,
  PhoneReceiver,
  PhoneScope,
} from '@hufu/contracts';
import { nobleSm2 } from '@hufu/gm';
import { fromBase64, toBase64, utf8 } from '@hufu/kernel';
import type { Parcel } from '@hufu/phone-key';
import { parseCertificate } from '@hufu/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CODES } from '../../support/hub/hub-world.ts';
import { ID_NUMBERS } from '../../support/library/entities.ts';
import { eventually } from '../../support/phone/eventually.ts';
import { type Handset, PIN } from '../../support/phone/handset.ts';
import { type Kept, type PhoneWorld, phoneWorld } from '../../support/phone/phone-world.ts';
import { authorise, refusalOf, signText, through } from '../../support/phone/use-key.ts';

type Refused = { code?: string };
const UNIT = { unitName: '内蒙古青山建设工程有限公司', uscc: CODES[0] };
const CLERK = '13900000052';
const CLERK_PIN = '246802';
const sm2 = nobleSm2((length) => new Uint8Array(randomBytes(length)));

let world: PhoneWorld;
let admin: Handset;
let clerk: Handset;
let enterprise: PhoneEnterprise;
let kept: Kept;
let clerkPerson: string;
/** The vault's half on the clerk's phone. */
let shared: string;

beforeAll(async () => {
  world = await phoneWorld();
  admin = await world.user('13900000051', { name: '王小明', idNo: ID_NUMBERS[0] });
  clerk = await world.user(CLERK, { name: '李小红', idNo: ID_NUMBERS[1] });
  enterprise = await world.administered(admin, { name: UNIT.unitName, uscc: UNIT.uscc });
  kept = await world.certified(admin, { ...UNIT, entityId: enterprise.id });
  clerkPerson = await join();
}, 120_000);
afterAll(() => world.close());

const at = (path: string) => `/api/v1/phone/enterprises/${enterprise.id}${path}`;

async function join(): Promise<string> {
  const invited = await admin.browser.call<{ id: string }>(at('/invitations'), { body: { mobile: CLERK } });
  await clerk.browser.call(`/api/v1/phone/invitations/${invited.body.id}/answer`, { body: { accept: true } });
  const { body } = await clerk.browser.call<PhonePeople>(at('/people'));
  return body.people.find(({ self }) => self)!.id;
}
const grant = (handset: Handset, scopes: PhoneScope[], personId = clerkPerson) =>
  handset.browser.call<PhoneGrant[] & Refused>(at('/grants'), {
    body: { certificateId: kept.id, personId, scopes },
  });
const grantsOf = async (handset: Handset, query = '') =>
  (await handset.browser.call<PhoneGrant[]>(at(`/grants${query}`))).body;
const revoke = (handset: Handset, id: string) =>
  handset.browser.call<PhoneGrant & Refused>(`/api/v1/phone/grants/${id}`, { method: 'DELETE' });
const clerkMay = (scope: PhoneScope = 'HUB') => refusalOf(world, clerk, { certificateId: kept.id, scope });
const receiversOf = async (handset: Handset) =>
  (await handset.browser.call<PhoneReceiver[] & Refused>(`/api/v1/phone/certificates/${kept.id}/receivers`))
    .body;
const packed = (parcel: Parcel): PhoneParcel => ({
  ...parcel,
  senderKey: toBase64(parcel.senderKey),
  iv: toBase64(parcel.iv),
  sealed: toBase64(parcel.sealed),
});
const unpacked = (parcel: PhoneParcel): Parcel => ({
  ...parcel,
  senderKey: fromBase64(parcel.senderKey),
  iv: fromBase64(parcel.iv),
  sealed: fromBase64(parcel.sealed),
});

/** The sender's half of handing a half over. */
async function offerTo(sender: Handset, receiver: PhoneReceiver, halfId: string) {
  const parcel = await sender.key.offer({
    halfId,
    pin: PIN,
    receiver: {
      signingKey: fromBase64(receiver.signingKey),
      agreementKey: fromBase64(receiver.agreementKey),
    },
  });
  return sender.browser.call<PhoneOffer & Refused>('/api/v1/phone/offers', {
    body: { certificateId: kept.id, deviceId: receiver.deviceId, parcels: [packed(parcel)] },
  });
}
const answer = (handset: Handset, id: string, accept: boolean) =>
  handset.browser.call<PhoneOffer & Refused>(`/api/v1/phone/offers/${id}/answer`, { body: { accept } });

describe('授权管理', () => {
  test('MOB-047 the administrator alone grants, to people of the enterprise, for platforms that are', async () => {
    expect(await clerkMay()).toBe('PHONE_NOT_GRANTED');
    expect((await grant(clerk, ['HUB'])).body.code).toBe('PHONE_ADMIN_ONLY');
    expect((await grant(admin, ['nowhere'])).body.code).toBe('PHONE_SCOPE_UNKNOWN');
    expect((await grant(admin, ['HUB'], 'nobody')).body.code).toBe('PHONE_UNKNOWN');
    const { body } = await admin.browser.call<PhonePeople>(at('/people'));
    const self = body.people.find((one) => one.self)!.id;
    expect((await grant(admin, ['HUB'], self)).body.code).toBe('PHONE_GRANT_SELF');
    const given = await grant(admin, ['HUB', 'hohhot']);
    expect([given.status, given.body.map(({ scope }) => scope).sort()]).toEqual([201, ['HUB', 'hohhot']]);
    expect((await grant(admin, ['HUB'])).body.code).toBe('PHONE_GRANTED_ALREADY');
  });

  test('MOB-047 a grant needs a half on the person’s own phone', async () => {
    const { body } = await clerk.browser.call<PhoneCertificate[]>('/api/v1/phone/certificates');
    expect(body[0]).toMatchObject({ id: kept.id, standing: 'GRANTED', halves: [], renewable: false });
    expect(body[0]!.scopes).toEqual(['HUB', 'hohhot']);
    expect(await clerkMay()).toBe('PHONE_CERTIFICATE_ELSEWHERE');
  });
});

describe('a certificate on another phone', () => {
  test('can be handed to a person with a grant, and to nobody else', async () => {
    const outsider = await world.user('13900000053', { name: '赵小刚', idNo: ID_NUMBERS[2] });
    expect((await receiversOf(outsider)).code).toBe('PHONE_UNKNOWN');
    const receivers = await receiversOf(admin);
    expect(receivers.map(({ deviceId, own }) => [deviceId, own])).toEqual([[clerk.deviceId, false]]);
    const keys = { signingKey: outsider.device.signingKey, agreementKey: outsider.device.agreementKey };
    const forOutsider = admin.key.offer({ halfId: kept.sign, pin: PIN, receiver: keys });
    await expect(forOutsider).rejects.toMatchObject({ code: 'PHONE_RECEIVER' });
  });

  test('declined, the new half is destroyed', async () => {
    const [receiver] = await receiversOf(admin);
    const { body: offer } = await offerTo(admin, receiver!, kept.sign);
    expect((await answer(admin, offer.id, true)).body.code).toBe('PHONE_UNKNOWN');
    // Not taken over yet.
    expect((await answer(clerk, offer.id, true)).body.code).toBe('PHONE_HALF_FOREIGN');
    expect((await answer(clerk, offer.id, false)).body.state).toBe('DECLINED');
    const { halfId } = offer.parcels[0]!;
    await eventually(
      () => world.halves.statuses([halfId]),
      (found) => found.every(({ state }) => state === 'DESTROYED'),
    );
  });

  test('taken over under a PIN of its own, it signs what the first phone signs', async () => {
    const [receiver] = await receiversOf(admin);
    const { body: offer } = await offerTo(admin, receiver!, kept.sign);
    const waiting = await clerk.browser.call<{ offers: PhoneOffer[] }>('/api/v1/phone/approvals');
    expect(waiting.body.offers.map(({ id }) => id)).toEqual([offer.id]);
    const taken = await clerk.key.accept({ parcel: unpacked(offer.parcels[0]!), pin: CLERK_PIN });
    expect((await answer(clerk, offer.id, true)).body.state).toBe('ACCEPTED');
    expect((await answer(clerk, offer.id, true)).body.code).toBe('PHONE_ANSWERED');
    shared = taken.halfId;
    expect(await clerkMay('HUB')).toBeNull();
    const signature = await signText(world, clerk, { certificateId: kept.id, text: '虎符', pin: CLERK_PIN });
    const key = parseCertificate(kept.signing).spki.publicKey;
    expect(sm2.verify(key, utf8('虎符'), signature)).toBe(true);
    expect(await clerkMay('LIBRARY')).toBe('PHONE_NOT_GRANTED');
    expect(await clerkMay('hohhot')).toBeNull();
  });

  test('a person with a grant hands it to nobody else', async () => {
    const own = await receiversOf(clerk);
    expect(own.filter(({ own: isOwn }) => !isOwn).map(({ deviceId }) => deviceId)).toEqual([admin.deviceId]);
  });
});

describe('the end of a grant', () => {
  test('MOB-048, MOB-049 the history is seen by platform and by person; one’s own by everybody', async () => {
    expect((await grantsOf(admin, '?scope=hohhot')).map(({ person }) => person.id)).toEqual([clerkPerson]);
    expect(await grantsOf(admin, `?personId=${clerkPerson}`)).toHaveLength(2);
    expect(await grantsOf(clerk)).toHaveLength(2);
  });

  test('MOB-050 it counts at the next scan, also of one that is under way', async () => {
    const { order, verdict } = await authorise(world, clerk, { certificateId: kept.id });
    expect(verdict.allowed).toBe(true);
    const [hub] = await grantsOf(admin, '?scope=HUB&state=GRANTED');
    expect((await revoke(clerk, hub!.id)).body.code).toBe('PHONE_ADMIN_ONLY');
    const ended = await revoke(admin, hub!.id);
    // The administrator knows their people by name; the person sees the administrator masked.
    expect(ended.body).toMatchObject({
      state: 'REVOKED',
      endedBy: 'ADMIN',
      revokedBy: '王小明',
      person: { name: '李小红' },
    });
    const seen = (await grantsOf(clerk)).find(({ id }) => id === ended.body.id);
    expect(seen).toMatchObject({ revokedBy: '王**', person: { name: '李**' } });
    expect((await revoke(admin, hub!.id)).body.code).toBe('PHONE_ANSWERED');
    expect(await clerkMay('HUB')).toBe('PHONE_NOT_GRANTED');
    expect(await clerkMay('hohhot')).toBeNull();
    expect(await grantsOf(admin, '?scope=HUB')).toHaveLength(1);
    if (!verdict.allowed) return;
    // Authorised before, but the grant was taken away meanwhile.
    const { useId, halfId } = verdict;
    const late = through(world, { handset: clerk, useId }, () =>
      clerk.key.signAll({ halfId, pin: CLERK_PIN, order, messages: [utf8('late')] }),
    );
    await expect(late).rejects.toMatchObject({ code: 'PHONE_NOT_GRANTED' });
  });

  test('MOB-050 with the last grant the vault holds the half, too; granted anew it is released', async () => {
    const [last] = await grantsOf(admin, '?state=GRANTED');
    await revoke(admin, last!.id);
    const stateIs = (wanted: string) =>
      eventually(
        () => world.halves.statuses([shared]),
        ([half]) => half?.state === wanted,
      );
    await stateIs('HELD');
    expect((await grant(admin, ['ALL'])).status).toBe(201);
    await stateIs('ACTIVE');
    expect(await clerkMay('LIBRARY')).toBeNull();
  });

  test('who leaves takes no key along', async () => {
    const left = await clerk.browser.call(at(`/people/${clerkPerson}`), { method: 'DELETE' });
    expect(left.status).toBe(204);
    expect(await clerkMay('LIBRARY')).toBe('PHONE_NOT_GRANTED');
    const [grantOfAll] = await grantsOf(admin, '?scope=ALL');
    expect(grantOfAll).toMatchObject({ state: 'REVOKED', endedBy: 'LEFT' });
    await eventually(
      () => world.halves.statuses([shared]),
      (found) => found.every(({ state }) => state === 'DESTROYED'),
    );
  });
});
