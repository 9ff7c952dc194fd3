import { randomBytes } from 'node:crypto';
import type { PhoneEnterprise, PhoneEnvelopes, PhoneRewrap } from '@hufu/contracts';
import { nobleSm2 } from '@hufu/gm';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { parseCertificate } from '@hufu/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { CODES } from '../../support/hub/hub-world.ts';
import { ID_NUMBERS } from '../../support/library/entities.ts';
import { type Handset, PIN } from '../../support/phone/handset.ts';
import { type Kept, type PhoneWorld, phoneWorld } from '../../support/phone/phone-world.ts';
import { authorise, through } from '../../support/phone/use-key.ts';

type Refused = { code?: string };
const UNIT = { unitName: '内蒙古阴山建设工程有限公司', uscc: CODES[0] };
const random = (length: number) => new Uint8Array(randomBytes(length));
const sm2 = nobleSm2(random);
const publicKeyOf = (der: Uint8Array) => parseCertificate(der).spki.publicKey;

/** Sealed bids, each with the certificates that its content key is encrypted to. */
const bids = new Map<string, { certificateId: string; ciphertext: Uint8Array }[]>();
const envelopes = {
  of: async (_executor: unknown, certificateId: string) =>
    [...bids].flatMap(([id, recipients]) =>
      recipients.length === 1 && recipients[0]!.certificateId === certificateId
        ? [{ id, title: `标书${id}`, waiting: true, ciphertext: recipients[0]!.ciphertext }]
        : [],
    ),
  async addRecipient(
    _tx: unknown,
    { envelopeId, ...recipient }: { envelopeId: string; certificateId: string; ciphertext: Uint8Array },
  ) {
    bids.get(envelopeId)!.push(recipient);
  },
};

let world: PhoneWorld;
let admin: Handset;
let enterprise: PhoneEnterprise;
let former: Kept;
let next: Kept;
const contentKeys = new Map([
  ['b1', random(16)],
  ['b2', random(16)],
]);

const listed = async (handset: Handset, id = former.id) =>
  (await handset.browser.call<PhoneEnvelopes & Refused>(`/api/v1/phone/certificates/${id}/envelopes`)).body;
const begin = async (handset: Handset, ids: readonly string[]) =>
  (
    await handset.browser.call<PhoneRewrap & Refused>(`/api/v1/phone/certificates/${former.id}/rewraps`, {
      body: { envelopes: ids },
    })
  ).body;
const finish = (handset: Handset, id: string, ciphertexts: readonly string[]) =>
  handset.browser.call<Refused>(`/api/v1/phone/rewraps/${id}/results`, { body: { ciphertexts } });
const onDevice = (handset: Handset, { halfId, order, ciphertexts, recipient }: PhoneRewrap, pin = PIN) =>
  handset.key.rewrap({
    halfId,
    pin,
    order,
    ciphertexts: ciphertexts.map(fromBase64),
    recipient: publicKeyOf(fromBase64(recipient)),
  });

beforeAll(async () => {
  world = await phoneWorld({ envelopes });
  admin = await world.user('13900000091', { name: '王小明', idNo: ID_NUMBERS[0] });
  enterprise = await world.administered(admin, { name: UNIT.unitName, uscc: UNIT.uscc });
  former = await world.certified(admin, { ...UNIT, entityId: enterprise.id });
  for (const [id, contentKey] of contentKeys) {
    const ciphertext = sm2.encrypt(publicKeyOf(former.encryption), contentKey);
    bids.set(id, [{ certificateId: former.id, ciphertext }]);
  }
}, 120_000);
afterAll(() => world.close());

describe('OD-31 what is encrypted to a certificate that was changed', () => {
  test('OD-31 is listed before the change; without a successor there is nothing to re-wrap it to', async () => {
    expect(await listed(admin)).toMatchObject({ envelopes: [{ id: 'b1' }, { id: 'b2' }], to: null });
    expect((await begin(admin, ['b1'])).code).toBe('PHONE_CERTIFICATE_STATE');
  });

  test('OD-31 goes to the successor by one PIN; the former recipient stays', async () => {
    next = await world.certified(admin, { ...UNIT, entityId: enterprise.id, replaces: former.id });
    // 变更: the authority revokes the former one, whose decryption key stays with its holder.
    await withTransaction(world.infra.database, (tx) =>
      world.phone.certificates.stateChanged(tx, { id: former.id, state: 'REVOKED', keepDecryption: true }),
    );
    expect(await listed(admin)).toMatchObject({ to: next.id });
    const rewrap = await begin(admin, ['b1', 'b2']);
    const again = await onDevice(admin, rewrap);
    expect((await finish(admin, rewrap.id, again.map(toBase64))).status).toBe(204);
    expect((await listed(admin)).envelopes).toEqual([]);
    expect(bids.get('b1')).toHaveLength(2);

    const ciphertexts = ['b1', 'b2'].map((id) => bids.get(id)![1]!.ciphertext);
    const use = await authorise(world, admin, { certificateId: next.id, purpose: 'decrypt', count: 2 });
    if (!use.verdict.allowed) throw new Error(use.verdict.code);
    const { useId, halfId } = use.verdict;
    const opened = await through(world, { handset: admin, useId }, () =>
      admin.key.decryptAll({ halfId, pin: PIN, order: use.order, ciphertexts }),
    );
    expect(opened).toEqual([...contentKeys.values()]);
    expect((await finish(admin, rewrap.id, again.map(toBase64))).body.code).toBe('PHONE_ANSWERED');
  });

  test('OD-31 is opened for what was listed, and for nothing else', async () => {
    const stranger = await world.user('13900000092', { name: '李小红', idNo: ID_NUMBERS[1] });
    expect((await listed(stranger)).code).toBe('PHONE_UNKNOWN');
    expect((await begin(stranger, ['b1'])).code).toBe('PHONE_UNKNOWN');
    expect((await begin(admin, ['b1'])).code).toBe('PHONE_UNKNOWN');
    const foreign = sm2.encrypt(publicKeyOf(former.encryption), random(16));
    bids.set('b3', [
      { certificateId: former.id, ciphertext: sm2.encrypt(publicKeyOf(former.encryption), random(16)) },
    ]);
    const rewrap = await begin(admin, ['b3']);
    const other = { ...rewrap, ciphertexts: [toBase64(foreign)] };
    await expect(onDevice(admin, other)).rejects.toMatchObject({ code: 'PHONE_USE_REQUIRED' });
    const unnamed = { ...rewrap, order: 'rewrap:unknown' };
    await expect(onDevice(admin, unnamed)).rejects.toMatchObject({ code: 'PHONE_USE_REQUIRED' });
    expect((await finish(admin, rewrap.id, [toBase64(random(64))])).body.code).toBe('PHONE_REWRAP');
    expect(bids.get('b3')).toHaveLength(1);
  });
});
