import { nobleSm2 } from '@hufu/gm';
import { CodedError, equalBytes, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  commitToNonce,
  createPageKey,
  createPhoneKey,
  type DeviceKey,
  itemSession,
  pageKeyMark,
  parseRequest,
  safetyCode,
  sealForPage,
} from '../src/index.ts';
import { MemoryStore, random, testDevice, testStretch } from './support/device.ts';
import { MemoryVault } from './support/memory-vault.ts';

const engine = nobleSm2(random);
const message = utf8('签章');
const order = 'scan:1';

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof CodedError ? error.code : String(error)),
  );
const coded = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return error instanceof CodedError ? error.code : String(error);
  }
};

describe('a certificate on a second device', () => {
  const vault = new MemoryVault();
  const phoneOf = (device: DeviceKey) =>
    createPhoneKey({ device, stretch: testStretch, store: new MemoryStore(), vault, random });
  const start = async () => {
    const [first, second] = [await testDevice(), await testDevice()];
    const [sender, receiver] = [phoneOf(first), phoneOf(second)];
    const { halfId, publicKey } = await sender.enrol({ pin: '246813', usage: 'sign' });
    const parcel = await sender.offer({ halfId, pin: '246813', receiver: second });
    return { sender, receiver, halfId, publicKey, parcel };
  };

  test('signs under its own PIN with the same key, and the first goes on', async () => {
    const { sender, receiver, halfId, publicKey, parcel } = await start();
    const taken = await receiver.accept({ parcel, pin: '975310' });
    expect(taken.publicKey).toEqual(publicKey);
    expect(taken.halfId).not.toBe(halfId);
    const messages = [message];
    const [one] = await receiver.signAll({ halfId: taken.halfId, pin: '975310', order, messages });
    const [two] = await sender.signAll({ halfId, pin: '246813', order, messages });
    expect([one, two].map((signature) => engine.verify(publicKey, message, signature!))).toEqual([
      true,
      true,
    ]);
    expect(await code(receiver.signAll({ halfId: taken.halfId, pin: '246813', order, messages }))).toBe(
      'PHONE_PIN_WRONG',
    );
  });

  test('one device’s half can be destroyed alone', async () => {
    const { sender, receiver, halfId, parcel } = await start();
    const taken = await receiver.accept({ parcel, pin: '975310' });
    await receiver.forget(taken.halfId);
    expect(await code(sender.signAll({ halfId, pin: '246813', order, messages: [message] }))).toBe(
      'accepted',
    );
  });

  test('a third device cannot open the parcel, nor can anybody change it', async () => {
    const { receiver, parcel } = await start();
    const stranger = phoneOf(await testDevice());
    expect(await code(stranger.accept({ parcel, pin: '975310' }))).toBe('PHONE_PARCEL_INVALID');
    const sealed = parcel.sealed.map((byte, at) => (at === 3 ? byte ^ 1 : byte));
    expect(await code(receiver.accept({ parcel: { ...parcel, sealed }, pin: '975310' }))).toBe(
      'PHONE_PARCEL_INVALID',
    );
    const renamed = { ...parcel, halfId: 'half-of-somebody-else' };
    expect(await code(receiver.accept({ parcel: renamed, pin: '975310' }))).toBe('PHONE_PARCEL_INVALID');
  });
});

describe('the safety code', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const keys = fc.record({ signingKey: bytes(65), agreementKey: bytes(65) });

  test('is six digits, the same on both devices', () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), keys, (senderNonce, receiverNonce, receiver) => {
        const handover = { senderNonce, receiverNonce, receiver, commitment: commitToNonce(senderNonce) };
        expect(safetyCode(handover)).toMatch(/^\d{6}$/);
        expect(safetyCode({ ...handover })).toBe(safetyCode(handover));
      }),
      { numRuns: 30 },
    );
  });

  test('is refused when the sender’s nonce is not the one it had committed to', () => {
    const receiver = { signingKey: random(65), agreementKey: random(65) };
    const handover = { senderNonce: random(32), receiverNonce: random(32), receiver };
    expect(coded(() => safetyCode({ ...handover, commitment: commitToNonce(random(32)) }))).toBe(
      'PHONE_PARCEL_INVALID',
    );
  });
});

describe('what goes back to the page', () => {
  test('is read by the page alone, in its place and its scan', async () => {
    const page = await createPageKey();
    const contents = [utf8('一'), random(32)];
    const sealed = await sealForPage(contents, { key: page.publicKey, scanId: 'a' });
    expect(await page.open(sealed, 'a')).toEqual(contents);
    expect(await code(page.open(sealed, 'b'))).toBe('PHONE_PARCEL_INVALID');
    expect(await code(page.open([...sealed].reverse(), 'a'))).toBe('PHONE_PARCEL_INVALID');
    const other = await createPageKey();
    expect(await code(other.open(sealed, 'a'))).toBe('PHONE_PARCEL_INVALID');
  });

  test('the mark in the QR code names one key', async () => {
    const [one, two] = [await createPageKey(), await createPageKey()];
    expect(await pageKeyMark(one.publicKey)).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(await pageKeyMark(one.publicKey)).not.toBe(await pageKeyMark(two.publicKey));
  });
});

describe('messages', () => {
  test('each item of each request has a session of its own', () => {
    const place = { ratchet: random(32), nonce: random(32), index: 0 };
    const others = [
      { ...place, index: 1 },
      { ...place, nonce: random(32) },
      { ...place, ratchet: random(32) },
    ];
    for (const other of others) expect(equalBytes(itemSession(place), itemSession(other))).toBe(false);
    expect(itemSession({ ...place })).toEqual(itemSession(place));
  });

  test('unknown members, missing ones and text that is none are refused', () => {
    const body = { op: 'confirm', halfId: 'half-0123456789abcdef', epoch: 1 };
    const parse = (text: string) => coded(() => parseRequest('confirm', text));
    expect(parse(JSON.stringify(body))).toBe('accepted');
    expect(parse(JSON.stringify({ ...body, more: 1 }))).toBe('PHONE_REQUEST_INVALID');
    expect(parse(JSON.stringify({ ...body, op: 'destroy' }))).toBe('PHONE_REQUEST_INVALID');
    expect(parse(JSON.stringify({ ...body, epoch: 0 }))).toBe('PHONE_REQUEST_INVALID');
    expect(parse('{')).toBe('PHONE_REQUEST_INVALID');
  });
});
