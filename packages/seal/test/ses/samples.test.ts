import { equalBytes } from '@hufu/kernel';
import { describe, expect, test } from 'vitest';
import {
  encodeSeal,
  judgeSeal,
  judgeSesSignature,
  parseSeal,
  parseSesSignature,
  type SesVerdict,
} from '../../src/index.ts';
import { encodeSesSignature, encodeToSign } from '../../src/ses/encode.ts';
import { NOW } from '../support/parties.ts';
import { judgeBy, objections, sample, toolsOf, trustEverybody } from './support.ts';

const trusting = toolsOf(trustEverybody);
const strangers = toolsOf(judgeBy([]));

const text = (verdict: SesVerdict): string =>
  verdict.status === 'valid' ? 'valid' : `${verdict.status} ${verdict.reason}`;

describe('seals in the field', () => {
  test.each([
    ['UserV1.esl', 1, 'OFDRW测试用印章', 'valid'],
    ['UserV4.esl', 4, 'OFD R&W 测试用印章', 'valid'],
    ['UserV5.esl', 5, 'OFD R&W V5测试用印章', 'invalid MAKER_CERTIFICATE_OUT_OF_DATE'],
    ['UserV5_ts.esl', 5, 'OFD R&W V5测试用印章', 'invalid MAKER_CERTIFICATE_OUT_OF_DATE'],
    ['SESealData.DER', 4, '测试单位名称 合同专用章', 'invalid SEAL_SIGNATURE_WRONG'],
  ])('GB/T 38540, GM/T 0031: %s is version %i and gets its verdict', async (file, version, name, verdict) => {
    const seal = parseSeal(sample(file));
    expect([seal.version, seal.info.property.name]).toEqual([version, name]);
    const judged = await judgeSeal(seal, { at: seal.info.property.validFrom + 1000 }, trusting);
    expect(text(judged.verdict)).toBe(verdict);
  });

  test.each(['UserV1.esl', 'UserV4.esl', 'UserV5.esl', 'UserV5_ts.esl', 'SESealData.DER'])(
    'OD-36 %s is written again byte for byte from its values',
    (file) => {
      expect(equalBytes(encodeSeal(parseSeal(sample(file))), sample(file))).toBe(true);
    },
  );

  test('OD-36 a seal of an unknown maker is neither valid nor invalid', async () => {
    const seal = parseSeal(sample('UserV4.esl'));
    const judged = await judgeSeal(seal, { at: seal.info.property.validFrom }, strangers);
    expect(text(judged.verdict)).toBe('indeterminate MAKER_CERTIFICATE_UNTRUSTED');
  });

  test('GM/T 0031-2025 a time stamp that is none leaves the verdict open', async () => {
    const seal = parseSeal(sample('UserV5_ts.esl'));
    const judged = await judgeSeal(seal, { at: seal.info.property.validFrom }, trusting);
    expect(objections(judged.findings)).toContain('seal-time-stamp?TIME_STAMP_MALFORMED');
  });

  test('SESealData.DER carries a critical extension that nobody here understands', async () => {
    const seal = parseSeal(sample('SESealData.DER'));
    const oid = '1.2.156.112600.7.2';
    const at = seal.info.property.validFrom;
    const blind = await judgeSeal(seal, { at }, trusting);
    expect(objections(blind.findings)).toContain('seal-extensions?SEAL_EXTENSION_UNKNOWN');
    const knowing = await judgeSeal(seal, { at }, { ...trusting, understoodExtensions: new Set([oid]) });
    expect(objections(knowing.findings)).not.toContain('seal-extensions?SEAL_EXTENSION_UNKNOWN');
  });
});

describe('seal signatures in the field', () => {
  test.each([
    ['SignedValueV4.dat', 4],
    ['SignedValueV5.dat', 5],
  ])('GB/T 38540: %s is read and written again byte for byte', (file, version) => {
    const signature = parseSesSignature(sample(file));
    expect(signature.version).toBe(version);
    expect(equalBytes(encodeSesSignature(signature, encodeToSign(signature)), sample(file))).toBe(true);
  });

  test('SignedValueV4.dat verifies; without its document that much stays open', async () => {
    const signature = parseSesSignature(sample('SignedValueV4.dat'));
    const judged = await judgeSesSignature(signature, { now: NOW, documentDigest: undefined }, trusting);
    expect(objections(judged.findings)).toEqual(['document-hash?DOCUMENT_NOT_GIVEN']);
    expect(judged.time).toEqual({ at: Date.UTC(2020, 9, 12, 11, 14, 3), source: 'stated' });
  });

  test('SignedValueV5.dat was made with certificates that had ended in 2022', async () => {
    const signature = parseSesSignature(sample('SignedValueV5.dat'));
    const judged = await judgeSesSignature(signature, { now: NOW, documentDigest: undefined }, trusting);
    expect(objections(judged.findings)).toEqual([
      'maker-certificate!MAKER_CERTIFICATE_OUT_OF_DATE',
      'signer-certificate!SIGNER_CERTIFICATE_OUT_OF_DATE',
      'document-hash?DOCUMENT_NOT_GIVEN',
    ]);
  });
});
