import { derOctetString, derOid, derSequence } from '@hufu/gm';
import { equalBytes, utf8 } from '@hufu/kernel';
import { digest } from '@hufu/pki';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  judgeSeal,
  judgeSesSignature,
  parseSeal,
  parseSesSignature,
  type SesSignature,
} from '../../src/index.ts';
import { encodeSeal, encodeSealInfo, encodeSesSignature, encodeToSign } from '../../src/ses/encode.ts';
import { codeOf } from '../support/codes.ts';
import { NOW } from '../support/parties.ts';
import { DAY, newWorld, objections, sealOf, specOf, type World } from './support.ts';

const SM2 = '1.2.156.10197.1.501';
const dataHash = digest('sm3', utf8('旧版签章'));

let world: World;
let seal: Uint8Array;
beforeAll(async () => {
  world = await newWorld();
  const { vendor, id, property, picture } = specOf(world);
  const whole = (at: number) => Math.floor(at / 1000) * 1000;
  const { createdAt, validFrom, validTo } = property;
  const dates = { createdAt: whole(createdAt), validFrom: whole(validFrom), validTo: whole(validTo) };
  const info = {
    headerVersion: 1,
    vendor,
    id,
    property: { ...property, ...dates },
    picture,
    extensions: undefined,
  };
  const makerCertificate = world.maker.certificate.der;
  const signed = derSequence(encodeSealInfo(info, true), derOctetString(makerCertificate), derOid(SM2));
  const signature = await world.maker.signer.sign(signed);
  seal = encodeSeal({
    version: 1,
    info,
    makerCertificate,
    signatureOid: SM2,
    signature,
    timeStamp: undefined,
  });
});

async function signature(timeInfo: Uint8Array): Promise<Uint8Array> {
  const parts: Omit<SesSignature, 'der' | 'signed' | 'signature' | 'timeStamp'> = {
    version: 1,
    statedVersion: 1,
    seal: parseSeal(seal),
    timeInfo,
    signedAt: undefined,
    dataHash,
    propertyInfo: '/Doc_0/Signs/Sign_0/Signature.xml',
    extensions: undefined,
    signerCertificate: world.holder.certificate.der,
    signatureOid: SM2,
  };
  const toSign = encodeToSign(parts);
  const value = await world.holder.signer.sign(toSign);
  return encodeSesSignature({ ...parts, signature: value, timeStamp: undefined }, toSign);
}

const judge = (der: Uint8Array) =>
  judgeSesSignature(parseSesSignature(der), { now: NOW + DAY, documentDigest: () => dataHash }, world.tools);

describe('GM/T 0031-2014', () => {
  test('the maker signs the seal together with certificate and algorithm', async () => {
    const parsed = parseSeal(seal);
    expect([parsed.version, equalBytes(encodeSeal(parsed), seal)]).toEqual([1, true]);
    expect((await judgeSeal(parsed, { at: NOW }, world.tools)).verdict).toEqual({ status: 'valid' });
    const alone = { ...parsed, signed: encodeSealInfo(parsed.info, true) };
    expect((await judgeSeal(alone, { at: NOW }, world.tools)).verdict).toEqual({
      status: 'invalid',
      reason: 'SEAL_SIGNATURE_WRONG',
    });
  });

  test.each([
    ['a UTCTime', '261120043005Z'],
    ['a GeneralizedTime', '20261120043005Z'],
  ])('a signature that states %s is read, written again and judged', async (_what, time) => {
    const der = await signature(utf8(time));
    const parsed = parseSesSignature(der);
    expect([parsed.version, parsed.signedAt]).toEqual([1, NOW]);
    expect(equalBytes(encodeSesSignature(parsed, encodeToSign(parsed)), der)).toBe(true);
    expect((await judge(der)).verdict).toEqual({ status: 'valid' });
  });

  test('a time in another form leaves the verdict open', async () => {
    const judged = await judge(await signature(utf8('2026-11-20 12:30')));
    expect(judged.time).toBeUndefined();
    expect(objections(judged.findings)).toEqual(['signing-time?SIGNING_TIME_MISSING']);
  });

  test('a signature whose certificate was exchanged is wrong: it is signed too', async () => {
    const parsed = parseSesSignature(await signature(utf8('261120043005Z')));
    const other = { ...parsed, signerCertificate: world.maker.certificate.der };
    const forged = encodeSesSignature(other, encodeToSign(other));
    expect(objections((await judge(forged)).findings)).toEqual([
      'signature-value!SIGNATURE_WRONG',
      'signer-listed!SIGNER_NOT_IN_SEAL',
    ]);
  });

  test('a seal of 2020 inside of a signature of 2014 is refused', async () => {
    const parsed = parseSesSignature(await signature(utf8('261120043005Z')));
    const mixed = { ...parsed, seal: parseSeal(await sealOf(world)) };
    const der = encodeSesSignature(mixed, encodeToSign(mixed));
    expect(await codeOf(() => parseSesSignature(der))).toBe('SES_VERSION');
  });
});
