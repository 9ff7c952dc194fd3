import { sm2SignatureFromRaw, sm2SignatureToRaw } from '@hufu/gm';
import { digest } from '@hufu/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  buildSeal,
  completeSesSignature,
  dataDigestOf,
  judgeSeal,
  judgeSesSignature,
  parseSeal,
  parseSesSignature,
  prepareSesSignature,
  type SealSpec,
} from '../../src/index.ts';
import { codeOf } from '../support/codes.ts';
import { engine, NOW } from '../support/parties.ts';
import { DAY, newWorld, sealOf, signWith, specOf, told, type World } from './support.ts';

let world: World;
beforeAll(async () => {
  world = await newWorld();
});

const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
const at = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });

const extension = fc.record({
  oid: fc.constantFrom('1.2.156.112600.7.1', '2.5.29.99'),
  critical: fc.constantFrom(true, false, undefined),
  value: fc.uint8Array({ maxLength: 10 }),
});

const property = fc
  .record({
    type: fc.nat({ max: 99 }),
    name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((name) => name.trim() !== ''),
    signers: fc.oneof(
      fc.record({
        kind: fc.constant('certificates' as const),
        certificates: fc.array(bytes, { minLength: 1 }),
      }),
      fc.record({
        kind: fc.constant('digests' as const),
        digests: fc.array(fc.record({ type: fc.constantFrom('SM3', 'SHA-256'), value: bytes }), {
          minLength: 1,
        }),
      }),
    ),
    createdAt: at,
    validFrom: at,
    span: fc.integer({ min: 1, max: 1_000_000_000 }),
  })
  .map(({ span, ...rest }) => ({ ...rest, validTo: rest.validFrom + span * 1000 }));

const anySpec = fc.record({
  vendor: ascii,
  id: ascii,
  property,
  picture: fc.record({
    type: fc.constantFrom('PNG', 'GIF', 'ofd'),
    data: bytes,
    width: fc.integer({ min: 1, max: 200 }),
    height: fc.integer({ min: 1, max: 200 }),
  }),
  extensions: fc.array(extension, { maxLength: 3 }),
});

describe('making seals', () => {
  test('GB/T 38540-2020: what is built is read back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(anySpec, async (parts) => {
        const spec: SealSpec = { ...parts, makerCertificate: world.maker.certificate.der };
        const seal = parseSeal(await buildSeal(spec, world.maker.signer));
        expect(seal.version).toBe(4);
        expect(seal.info).toEqual({
          headerVersion: 4,
          vendor: spec.vendor,
          id: spec.id,
          property: spec.property,
          picture: spec.picture,
          extensions: { tagged: false, items: spec.extensions },
        });
        expect(seal.makerCertificate).toEqual(world.maker.certificate.der);
      }),
      { numRuns: 60 },
    );
  });

  test('GB/T 38540-2020: a seal that was made here is valid while it is in force', async () => {
    const seal = parseSeal(await sealOf(world));
    const judged = await judgeSeal(seal, { at: NOW }, world.tools);
    expect(judged.verdict).toEqual({ status: 'valid' });
    expect(told(judged.findings)).toEqual([
      'seal-signature=ok',
      'maker-certificate=ok',
      'seal-dates=ok',
      'seal-extensions=ok',
    ]);
  });

  test.each([
    ['without a name', (spec: SealSpec) => ({ ...spec, property: { ...spec.property, name: ' ' } })],
    [
      'for nobody',
      (spec: SealSpec) => ({
        ...spec,
        property: { ...spec.property, signers: { kind: 'digests', digests: [] } as const },
      }),
    ],
    [
      'that ends as it begins',
      (spec: SealSpec) => ({
        ...spec,
        property: { ...spec.property, validTo: spec.property.validFrom },
      }),
    ],
    [
      'without a picture',
      (spec: SealSpec) => ({ ...spec, picture: { ...spec.picture, data: new Uint8Array() } }),
    ],
    ['of no size', (spec: SealSpec) => ({ ...spec, picture: { ...spec.picture, width: 0 } })],
    ['of half a millimetre', (spec: SealSpec) => ({ ...spec, picture: { ...spec.picture, height: 39.5 } })],
  ])('SIGN-012 no seal is made %s', async (_what, change) => {
    expect(await codeOf(() => buildSeal(change(specOf(world)), world.maker.signer))).toBe('SES_SPEC');
  });

  test('no seal is made in the name of another maker', async () => {
    expect(await codeOf(() => buildSeal(specOf(world), world.holder.signer))).toBe('SES_KEY');
  });
});

describe('sealing in two phases', () => {
  const document = new TextEncoder().encode('投标文件');

  test('GB/T 38540-2020, GB/T 32918.2 §6.1: only the 32 bytes that SM2 signs leave', async () => {
    const prepared = prepareSesSignature({
      seal: await sealOf(world),
      signerCertificate: world.holder.certificate.der,
      signedAt: NOW + 999,
      dataHash: digest('sm3', document),
      propertyInfo: 'ByteRange',
    });
    expect(prepared.hash).toHaveLength(32);
    const { spki } = world.holder.certificate;
    const z = digest(
      'sm3',
      new Uint8Array([
        0,
        128,
        ...new TextEncoder().encode('1234567812345678'),
        ...curve(),
        ...spki.publicKey.subarray(1),
      ]),
    );
    expect(prepared.hash).toEqual(digest('sm3', new Uint8Array([...z, ...prepared.toSign])));
    // A token gives r ‖ s; it is the same signature.
    const der = await world.holder.signer.sign(prepared.toSign);
    const signature = sm2SignatureFromRaw(sm2SignatureToRaw(der));
    const made = parseSesSignature(completeSesSignature(prepared, { signature }));
    expect([made.signedAt, made.propertyInfo, made.timeStamp]).toEqual([
      Math.floor(NOW / 1000) * 1000,
      'ByteRange',
      undefined,
    ]);
    const documentDigest = () => digest('sm3', document);
    const judged = await judgeSesSignature(made, { now: NOW + DAY, documentDigest }, world.tools);
    expect(judged.verdict).toEqual({ status: 'valid' });
  });

  test('OD-36 with an ECDSA certificate the document is digested by SHA-256', async () => {
    const other = await newWorld('p256');
    expect(dataDigestOf(world.holder.certificate.der)).toBe('sm3');
    expect(dataDigestOf(other.holder.certificate.der)).toBe('sha256');
    const dataHash = digest('sha256', document);
    const made = await signWith({ world: other, seal: await sealOf(other), dataHash });
    const documentDigest = (algorithm: Parameters<typeof digest>[0]) => engine.digest(algorithm, document);
    const judged = await judgeSesSignature(
      parseSesSignature(made),
      { now: NOW + DAY, documentDigest },
      other.tools,
    );
    expect(judged.verdict).toEqual({ status: 'valid' });
  });

  test('a digest of another length and a seal of 2014 are refused', async () => {
    const { sample } = await import('./support.ts');
    const spec = {
      seal: await sealOf(world),
      signerCertificate: world.holder.certificate.der,
      signedAt: NOW,
      dataHash: digest('sha1', document),
      propertyInfo: '',
    };
    expect(await codeOf(() => prepareSesSignature(spec))).toBe('SES_SPEC');
    const old = { ...spec, seal: sample('UserV1.esl'), dataHash: digest('sm3', document) };
    expect(await codeOf(() => prepareSesSignature(old))).toBe('SES_VERSION');
  });
});

/** a ‖ b ‖ xG ‖ yG of GB/T 32918.5. */
function curve(): number[] {
  const hex =
    'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
    '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
    'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0';
  return hex.match(/../g)!.map((octet) => Number.parseInt(octet, 16));
}
