import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { fromBase64 } from '@hufu/kernel';
import { parseCertificate, parseProfile, readProfile } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAuthority } from '../../src/index.ts';
import {
  admin,
  newFolder,
  newOptions,
  newPrivateKey,
  newRequest,
  startVendor,
  UNIT,
} from '../support/vendor.ts';

const reference = () => `order-${randomBytes(6).toString('hex')}`;
const certificateIn = (part: unknown) =>
  parseCertificate(fromBase64((part as { certificate: string }).certificate));

type Answer = Awaited<ReturnType<typeof admin>>;
const encryptionOf = ({ body }: Answer) => body['encryption'] as { serialHex: string; envelopedKey?: string };

let vendor: Awaited<ReturnType<typeof startVendor>>;
beforeAll(async () => {
  vendor = await startVendor({ algorithm: 'sm2' });
});
afterAll(() => vendor.close());

const order = (changes: object) => admin(vendor.baseUrl, 'POST /certificates', { holder: UNIT, ...changes });

async function newPair() {
  const [signing, encryption] = [newPrivateKey('sm2'), newPrivateKey('sm2')];
  return {
    csr: await newRequest(signing),
    encryptionCsr: await newRequest(encryption),
    encryptionKey: nodeSigner(encryption).publicKey,
  };
}

describe('MOB-017 the encryption key is the holder’s own', () => {
  test('certifies the key of the second request and makes none', async () => {
    const { csr, encryptionCsr, encryptionKey } = await newPair();
    const answer = await order({ csr, encryptionCsr });
    expect(answer.status).toBe(201);
    expect(certificateIn(encryptionOf(answer)).spki.der).toEqual(encryptionKey);
    expect(encryptionOf(answer).envelopedKey).toBeUndefined();
  });

  test('refuses one key for both, a key that was certified, and a request that proves nothing', async () => {
    const { csr, encryptionCsr } = await newPair();
    expect(await order({ csr, encryptionCsr: csr })).toMatchObject({ body: { code: 'CA_KEY_REUSED' } });
    expect(await order({ csr, encryptionCsr })).toMatchObject({ status: 201 });
    const other = await newPair();
    expect(await order({ csr: other.csr, encryptionCsr })).toMatchObject({ body: { code: 'CA_KEY_REUSED' } });
    const broken = Buffer.from(other.encryptionCsr, 'base64');
    broken[broken.length - 1]! ^= 1;
    expect((await order({ csr: other.csr, encryptionCsr: broken.toString('base64') })).status).toBe(422);
  });

  test('an authority of another kind has no such second key', async () => {
    const p256 = await startVendor();
    const csr = await newRequest(newPrivateKey('p256'));
    const { encryptionCsr } = await newPair();
    expect(
      await admin(p256.baseUrl, 'POST /certificates', { holder: UNIT, csr, encryptionCsr }),
    ).toMatchObject({ status: 422, body: { code: 'CA_ENCRYPTION_KEY' } });
    await p256.close();
  });

  test.each(['a', 'b', 'c'] as const)(
    'HUB-051 vendor %s says that the certificate is in a phone',
    async (id) => {
      const other = await startVendor({ vendor: id });
      const csr = await newRequest(newPrivateKey('p256'));
      const answer = await admin(other.baseUrl, 'POST /certificates', {
        csr,
        holder: { ...UNIT, onPhone: true },
      });
      const profile = parseProfile(await (await fetch(`${other.baseUrl}/ca/profile.json`)).json());
      expect(readProfile(certificateIn(answer.body), profile)).toMatchObject({
        medium: 'phone',
        problems: [],
      });
      await other.close();
    },
  );
});

describe('OD-31 a renewal keeps the encryption key', () => {
  test('certifies it again for the same holder', async () => {
    const first = await newPair();
    const before = await order({ csr: first.csr, encryptionCsr: first.encryptionCsr });
    const renewal = {
      csr: (await newPair()).csr,
      encryptionOf: encryptionOf(before).serialHex,
      holder: { ...UNIT, keyNo: before.body['keyNo'] },
    };
    const after = await order(renewal);
    expect(after.status).toBe(201);
    expect(certificateIn(encryptionOf(after)).spki.der).toEqual(first.encryptionKey);
    expect(encryptionOf(after).serialHex).not.toBe(encryptionOf(before).serialHex);
    expect(after.body['keyNo']).toBe(before.body['keyNo']);
  });

  test('refuses another holder, a signing certificate, and one that was revoked', async () => {
    const before = await order(await newPair().then(({ encryptionKey: _, ...pair }) => pair));
    const serial = encryptionOf(before).serialHex;
    const renew = async (encryptionOfSerial: string, holder: object = UNIT) =>
      order({ csr: (await newPair()).csr, encryptionOf: encryptionOfSerial, holder });
    const refused = { status: 422, body: { code: 'CA_RENEWAL' } };
    expect(await renew(serial, { ...UNIT, unitName: '内蒙古另一家建设工程有限公司' })).toMatchObject(refused);
    expect(await renew(String(before.body['serialHex']))).toMatchObject(refused);
    await admin(vendor.baseUrl, `POST /certificates/${serial}/revoke`, {});
    expect(await renew(serial)).toMatchObject(refused);
    expect(await renew('ab12')).toMatchObject({ status: 404 });
  });
});

describe('an order with a reference is carried out once', () => {
  test('the same order answers the same certificates, several at once too', async () => {
    const { csr, encryptionCsr } = await newPair();
    const one = { reference: reference(), csr, encryptionCsr };
    const answers = await Promise.all([order(one), order(one), order(one)]);
    const again = await order(one);
    for (const answer of answers) expect(answer).toEqual(again);
    expect(await admin(vendor.baseUrl, `GET /orders/${one.reference}`)).toMatchObject({ body: again.body });
  });

  test('other contents under the same reference are refused', async () => {
    const one = { reference: reference(), csr: (await newPair()).csr };
    expect((await order(one)).status).toBe(201);
    expect(await order({ ...one, csr: (await newPair()).csr })).toMatchObject({
      status: 409,
      body: { code: 'CA_ORDER_DIFFERS' },
    });
    expect(await admin(vendor.baseUrl, `GET /orders/${reference()}`)).toMatchObject({
      status: 404,
      body: { code: 'CA_ORDER_UNKNOWN' },
    });
  });

  test('a restart remembers it, the sealed key of a lock as well', async () => {
    const folder = newFolder();
    const one = { holder: UNIT, reference: reference(), csr: await newRequest(newPrivateKey('sm2')) };
    const options = newOptions(folder, { algorithm: 'sm2' });
    const before = await startAuthority(options);
    const first = await admin(before.baseUrl, 'POST /certificates', one);
    await before.close();
    const after = await startAuthority({ ...options, port: Number(new URL(before.baseUrl).port) });
    expect(await admin(after.baseUrl, 'POST /certificates', one)).toEqual(first);
    await after.close();
    expect(encryptionOf(first).envelopedKey).toBeTruthy();
    rmSync(folder, { recursive: true });
  });
});
