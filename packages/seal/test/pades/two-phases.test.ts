import { concatBytes } from '@hufu/kernel';
import { keyUsage, parseSignedData } from '@hufu/pki';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  completeSignature,
  isSlotOf,
  type PreparedSignature,
  preparedFromJson,
  preparedToJson,
  prepareSignature,
  signPdf,
} from '../../src/index.ts';
import { nodeStartDigest as start } from '../../src/node/index.ts';
import { codeOf } from '../support/codes.ts';
import {
  engine,
  FOR_SIGNATURES,
  NOW,
  newHolder,
  newParty,
  newTimeStamper,
  type Party,
} from '../support/parties.ts';
import { rawPdf } from '../support/raw-pdf.ts';
import { readSignatures } from '../support/read-signatures.ts';

const pdf = rawPdf();
let holder: Party;
let prepared: PreparedSignature;
let signature: Uint8Array;
beforeAll(async () => {
  holder = await newHolder('p256');
  prepared = prepareSignature(pdf, { certificate: holder.certificate, at: NOW }, start);
  signature = await holder.signer.sign(prepared.message);
});

describe('B.1 prepare, sign elsewhere, complete', () => {
  test.each(['rsa', 'p256', 'sm2'] as const)(
    '%s: only 32 bytes leave; the rest waits as JSON in between',
    async (kind) => {
      const { certificate, signer } = await newHolder(kind);
      const first = prepareSignature(pdf, { certificate, at: NOW, name: '内蒙古测试建设有限公司' }, start);
      expect(first.hash).toHaveLength(32);
      const kept = JSON.stringify(preparedToJson(first));
      const later = preparedFromJson(JSON.parse(kept));
      expect(later).toEqual(first);
      const tail = await completeSignature(later, { signature: await signer.sign(later.message) }, engine);
      const [read] = await readSignatures(concatBytes(pdf, tail));
      expect(read).toMatchObject({ verifies: true, field: 'Seal1' });
    },
  );

  test('the attributes are those of PAdES and no more: no signing time (EN 319 142-1 §5.3)', async () => {
    const tail = await completeSignature(prepared, { signature }, engine);
    const [read] = await readSignatures(concatBytes(pdf, tail));
    const { signedAttributes } = parseSignedData(read!.contents).signers[0]!;
    expect([...signedAttributes.keys()].sort()).toEqual([
      '1.2.840.113549.1.9.16.2.47',
      '1.2.840.113549.1.9.3',
      '1.2.840.113549.1.9.4',
    ]);
    const date = read!.dict.entries.get('M') as { bytes: Uint8Array };
    expect(Buffer.from(date.bytes).toString()).toBe("D:20261120123005+08'00'");
  });

  test('a signature by another key is refused before anything is written', async () => {
    const other = await newHolder('p256');
    const foreign = await other.signer.sign(prepared.message);
    expect(await codeOf(() => completeSignature(prepared, { signature: foreign }, engine))).toBe(
      'SEALING_SIGNATURE',
    );
    const damaged = signature.slice();
    damaged[damaged.length - 1]! ^= 1;
    expect(await codeOf(() => completeSignature(prepared, { signature: damaged }, engine))).toBe(
      'SEALING_SIGNATURE',
    );
    expect(await codeOf(() => completeSignature(prepared, { signature }, engine))).toBe('accepted');
  });

  test('a signature over another document is refused', async () => {
    const other = prepareSignature(
      rawPdf({ pages: [{}, {}] }),
      { certificate: holder.certificate, at: NOW },
      start,
    );
    const elsewhere = await holder.signer.sign(other.message);
    expect(await codeOf(() => completeSignature(prepared, { signature: elsewhere }, engine))).toBe(
      'SEALING_SIGNATURE',
    );
  });

  test('a message that was exchanged while it was kept is refused, although its signature is right', async () => {
    const other = prepareSignature(
      rawPdf({ pages: [{}, {}] }),
      { certificate: holder.certificate, at: NOW },
      start,
    );
    const exchanged = { ...prepared, message: other.message, hash: other.hash };
    const value = { signature: await holder.signer.sign(other.message) };
    expect(await codeOf(() => completeSignature(exchanged, value, engine))).toBe('SEALING_PREPARED');
  });

  test('a signer that is not the certificate’s is refused', async () => {
    const other = await newHolder('p256');
    const tools = { signer: other.signer, engine, start };
    expect(await codeOf(() => signPdf(pdf, { certificate: holder.certificate, at: NOW }, tools))).toBe(
      'SEALING_SIGNATURE',
    );
  });

  test('a time-stamp over something else is refused, and so is what is none', async () => {
    const stamper = await newTimeStamper('p256');
    const right = await stamper.over(signature);
    const wrong = await stamper.over(new Uint8Array(9));
    const complete = (timeStampToken: Uint8Array) =>
      codeOf(() => completeSignature(prepared, { signature, timeStampToken }, engine));
    expect(await complete(right)).toBe('accepted');
    expect(await complete(wrong)).toBe('SEALING_TIME_STAMP');
    expect(await complete(right.subarray(0, 99))).toBe('SEALING_TIME_STAMP');
    const { createHash } = await import('node:crypto');
    const sha1 = await stamper.stamp('sha1', new Uint8Array(createHash('sha1').update(signature).digest()));
    expect(await complete(sha1)).toBe('SEALING_TIME_STAMP');
  });

  test('a container that does not fit is refused, not cut', async () => {
    const narrow = prepareSignature(
      pdf,
      { certificate: holder.certificate, at: NOW, timeStampRoom: 0 },
      start,
    );
    const value = await holder.signer.sign(narrow.message);
    const chain = Array.from({ length: 6 }, () => holder.certificate.der);
    expect(await codeOf(() => completeSignature({ ...narrow, chain }, { signature: value }, engine))).toBe(
      'accepted',
    );
    const more = Array.from({ length: 12 }, () => holder.certificate.der);
    expect(
      await codeOf(() => completeSignature({ ...narrow, chain: more }, { signature: value }, engine)),
    ).toBe('SEALING_CAPACITY');
  });

  test('whether the file is still the one that was prepared can be asked', () => {
    expect(isSlotOf(prepared, pdf, start)).toBe(true);
    const changed = pdf.slice();
    changed[200]! ^= 1;
    expect(isSlotOf(prepared, changed, start)).toBe(false);
    expect(isSlotOf(prepared, pdf.subarray(0, pdf.length - 1), start)).toBe(false);
  });

  test.each([
    ['version', 2],
    ['format', 'adbe'],
    ['hash', 7],
    ['tail', '*'],
    ['tail', 'AAAA'],
    ['byteRange', [0, 1, 2]],
    ['byteRange', [1, 2, 3, 4]],
    ['contentsAt', -1],
    ['chain', 'x'],
    ['capacity', 1e99],
    ['documentDigest', null],
  ])('stored data with a damaged %s is refused', async (key, value) => {
    expect(await codeOf(() => preparedFromJson({ ...preparedToJson(prepared), [key]: value }))).toBe(
      'SEALING_PREPARED',
    );
  });

  test('what is no record at all is refused', async () => {
    for (const json of [null, 'text', 7, []]) {
      expect(await codeOf(() => preparedFromJson(json))).toBe('SEALING_PREPARED');
    }
  });
});

describe('OD-36 the key decides what may sign', () => {
  const prepare = async (choice: Parameters<typeof newParty>[0], extensions = FOR_SIGNATURES) => {
    const { certificate } = await newParty(choice, { text: '密钥', extensions });
    return codeOf(() => prepareSignature(pdf, { certificate, at: NOW }, start));
  };

  test('SM2, P-256 and RSA of 2048 bits sign', async () => {
    for (const choice of ['sm2', 'p256', 'rsa'] as const) expect(await prepare(choice)).toBe('accepted');
  });

  test('RSA of 1024 bits and P-384 do not', async () => {
    const issuer = await newParty('p256', { text: '根' });
    for (const choice of ['rsa-1024', 'p384'] as const) {
      const { certificate } = await newParty(choice, { text: '密钥', issuer, extensions: FOR_SIGNATURES });
      expect(await codeOf(() => prepareSignature(pdf, { certificate, at: NOW }, start))).toBe(
        'SEALING_KEY_REFUSED',
      );
    }
  });

  test('the encryption certificate of a pair does not (GB/T 20518)', async () => {
    expect(await prepare('sm2', [keyUsage('keyEncipherment', 'dataEncipherment')])).toBe('SEALING_KEY_USAGE');
    expect(await prepare('sm2', [])).toBe('accepted');
  });
});
