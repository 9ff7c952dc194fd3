import { derElement, derInteger, derOctetString, derUtf8String, TAG } from '@hufu/gm';
import { utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { certificatePolicies, type ExtensionSpec, subjectAltName } from '../../src/build/extensions.ts';
import { buildName, type NamePart } from '../../src/build/name.ts';
import { nodeSigner } from '../../src/node/index.ts';
import { enterpriseObstacle } from '../../src/profile/eligibility.ts';
import type { CertificateProfile, HolderFacts } from '../../src/profile/model.ts';
import { compilePattern } from '../../src/profile/pattern.ts';
import { parseProfile } from '../../src/profile/profile-json.ts';
import { readProfile } from '../../src/profile/read-profile.ts';
import { type Issued, issue, issueRoot } from '../path/support/authority.ts';
import { newPrivateKey } from '../support/keys.ts';

const USCC = '91150102MA0N7A2144';
const OID = {
  o: '2.5.4.10',
  ou: '2.5.4.11',
  organisationIdentifier: '2.5.4.97',
  serial: '2.5.4.5',
  title: '2.5.4.12',
};
const KIND = '1.2.3.4.1';
const KEY_NO = '1.2.3.4.2';

const profile: CertificateProfile = {
  id: 'test',
  facts: {
    uscc: [
      { at: 'subject', oid: OID.organisationIdentifier },
      { at: 'subject', oid: OID.ou, pattern: '统一社会信用代码:(.+)' },
    ],
    unitName: [{ at: 'subject', oid: OID.o }],
    kind: [
      {
        at: 'extension',
        oid: KIND,
        encoding: 'der-string',
        values: { 企业: 'enterprise', 法人: 'legalRepresentative' },
      },
    ],
    keyNo: [{ at: 'extension', oid: KEY_NO, encoding: 'raw-utf8' }],
    medium: [{ at: 'constant', value: 'usb-key' }],
  },
};

const key = nodeSigner(newPrivateKey('p256'));
let issuer: Issued;
beforeAll(async () => {
  issuer = await issueRoot({ name: 'CA' });
});

type Written = { readonly subject?: readonly NamePart[]; readonly extensions?: readonly ExtensionSpec[] };

const enterprise: readonly NamePart[] = [
  { oid: OID.o, text: '北疆建设有限公司' },
  { oid: OID.organisationIdentifier, text: USCC },
];
const kind = (text: string): ExtensionSpec => ({ oid: KIND, value: derUtf8String(text) });

async function read(written: Written = {}, by: CertificateProfile = profile): Promise<HolderFacts> {
  const { subject = enterprise, extensions = [kind('企业')] } = written;
  const { certificate } = await issue({ issuer, key, subject: buildName(subject), extensions });
  return readProfile(certificate, by);
}

describe('OD-41 facts are found where the profile says', () => {
  test('with their provenance', async () => {
    const facts = await read({ extensions: [kind('企业'), { oid: KEY_NO, value: utf8('KEY-0001') }] });
    expect(facts).toEqual({
      profileId: 'test',
      uscc: USCC,
      unitName: '北疆建设有限公司',
      personName: undefined,
      personIdNo: undefined,
      kind: 'enterprise',
      keyNo: 'KEY-0001',
      keyNoAssigned: true,
      medium: 'usb-key',
      mediumNo: undefined,
      provenance: {
        uscc: 'subject 2.5.4.97',
        unitName: 'subject 2.5.4.10',
        kind: `extension ${KIND}`,
        keyNo: `extension ${KEY_NO}`,
        medium: 'constant',
      },
      problems: [],
    });
    expect(enterpriseObstacle(facts)).toBeUndefined();
  });

  test('the first rule that finds something decides', async () => {
    const other = '91150100114118021X';
    const subject = [...enterprise, { oid: OID.ou, text: `统一社会信用代码:${other}` }];
    expect((await read({ subject })).uscc).toBe(USCC);
    const fallback = [enterprise[0]!, { oid: OID.ou, text: `统一社会信用代码:${USCC}` }];
    expect(await read({ subject: fallback })).toMatchObject({
      uscc: USCC,
      provenance: { uscc: 'subject 2.5.4.11' },
    });
  });

  test('in alternative names: otherName by type, directoryName by attribute', async () => {
    const by: CertificateProfile = {
      id: 'san',
      facts: {
        uscc: [{ at: 'san-other', oid: '1.2.3.5', encoding: 'der-string' }],
        unitName: [{ at: 'san-directory', oid: OID.o }],
      },
    };
    const names = subjectAltName(
      { kind: 'other', oid: '1.2.3.6', value: derUtf8String('another type') },
      { kind: 'other', oid: '1.2.3.5', value: derUtf8String(USCC) },
      { kind: 'dn', name: buildName([{ oid: OID.o, text: '北疆建设有限公司' }]) },
    );
    expect(await read({ extensions: [names] }, by)).toMatchObject({
      uscc: USCC,
      unitName: '北疆建设有限公司',
      problems: [],
    });
  });

  test('as a policy, as an integer', async () => {
    const by: CertificateProfile = {
      id: 'policy',
      facts: {
        kind: [{ at: 'policy', values: { '1.2.3.7.1': 'individual' } }],
        keyNo: [{ at: 'extension', oid: KEY_NO, encoding: 'der-integer' }],
      },
    };
    const extensions = [certificatePolicies('1.2.3.9', '1.2.3.7.1'), { oid: KEY_NO, value: derInteger(42) }];
    expect(await read({ extensions }, by)).toMatchObject({ kind: 'individual', keyNo: '42' });
  });

  test('OD-40 without a 证书Key号 the serial number stands in, and says so', async () => {
    const facts = await read();
    expect(facts.keyNo).toMatch(/^[0-9a-f]+$/);
    expect(facts).toMatchObject({ keyNoAssigned: false, provenance: { keyNo: 'serial' } });
  });
});

describe('OD-41 what cannot be read for certain is no fact', () => {
  test('an unlisted kind, or none, is unknown and cannot be bound', async () => {
    for (const extensions of [[kind('设备')], []]) {
      const facts = await read({ extensions });
      expect(facts.kind).toBe('unknown');
      expect(enterpriseObstacle(facts)).toBe('unknown-kind');
    }
  });

  test('HUB-015, HUB-031 a legal representative’s certificate is told from the enterprise’s', async () => {
    const facts = await read({ extensions: [kind('法人')] });
    expect(enterpriseObstacle(facts)).toBe('legal-representative');
  });

  test('HUB-041 nor does an individual’s or an operator’s certificate stand for an enterprise', async () => {
    const by = (value: string): CertificateProfile => ({
      id: 'constant',
      facts: { unitName: profile.facts.unitName!, kind: [{ at: 'constant', value }] },
    });
    expect(enterpriseObstacle(await read({}, by('individual')))).toBe('individual');
    expect(enterpriseObstacle(await read({}, by('operator')))).toBe('operator');
    expect(enterpriseObstacle(await read({}, by('enterprise')))).toBeUndefined();
  });

  test('an enterprise’s certificate without a unit name cannot be bound', async () => {
    const facts = await read({ subject: [enterprise[1]!] });
    expect(enterpriseObstacle(facts)).toBe('no-unit-name');
  });

  test('names of an object’s prototype are not listed values', async () => {
    for (const text of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect((await read({ extensions: [kind(text)] })).kind).toBe('unknown');
    }
  });

  test('two different codes are ambiguous, the same one twice is not', async () => {
    const twice = [...enterprise, { oid: OID.organisationIdentifier, text: '91150100114118021X' }];
    const facts = await read({ subject: twice });
    expect(facts.uscc).toBeUndefined();
    expect(facts.problems).toEqual([{ fact: 'uscc', problem: 'ambiguous' }]);
    expect(enterpriseObstacle(facts)).toBe('doubtful-facts');
    const same = [...enterprise, { oid: OID.organisationIdentifier, text: USCC }];
    expect((await read({ subject: same })).uscc).toBe(USCC);
  });

  test('OD-03 a malformed code is an obstacle, not an absent one', async () => {
    const subject = [enterprise[0]!, { oid: OID.organisationIdentifier, text: '911501001141180219' }];
    const facts = await read({ subject });
    expect(facts).toMatchObject({ uscc: undefined, problems: [{ fact: 'uscc', problem: 'invalid' }] });
    expect(enterpriseObstacle(facts)).toBe('doubtful-facts');
  });

  test.each([
    ['a direction override', '北疆\u202e司公限有'],
    ['a zero-width space', '北疆\u200b建设'],
    ['a NUL', '北疆建设\u0000有限公司'],
    ['a line break', '北疆建设\n有限公司'],
    ['257 characters', '建'.repeat(257)],
  ])('a unit name with %s deceives and is refused', async (_, text) => {
    const facts = await read({ subject: [{ oid: OID.o, text }, enterprise[1]!] });
    expect(facts.unitName).toBeUndefined();
    expect(facts.problems).toEqual([{ fact: 'unitName', problem: 'unprintable' }]);
    expect(enterpriseObstacle(facts)).toBe('doubtful-facts');
  });

  test('equal names are read alike: spaces and composed characters', async () => {
    const subject = [{ oid: OID.o, text: ' Cafe\u0301\u3000 Nord ' }, enterprise[1]!];
    expect((await read({ subject })).unitName).toBe('Café Nord');
  });

  test('an extension that is not the declared type is unprintable, never guessed', async () => {
    for (const value of [
      derInteger(1),
      derOctetString(utf8('企业')),
      derElement(TAG.utf8String, Uint8Array.of(0xff, 0xfe)),
      Uint8Array.of(0x0c, 0x80),
    ]) {
      const facts = await read({ extensions: [{ oid: KIND, value }] });
      expect(facts.kind).toBe('unknown');
      expect(facts.problems).toEqual([{ fact: 'kind', problem: 'unprintable' }]);
    }
  });

  test('whatever a subject holds, reading ends and knows a kind only by the list', async () => {
    const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(texts, texts, async (name, code) => {
        const facts = await read({
          subject: [
            { oid: OID.o, text: name },
            { oid: OID.ou, text: code },
          ],
          extensions: [kind(code)],
        });
        expect(facts.kind).toBe('unknown');
        expect(facts.uscc).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});

describe('patterns come from operators', () => {
  test.each([
    '(a+)+',
    '(a|a)*b',
    '(.*){2,}',
    '\\1',
    '(?=a)',
    '(?<n>a)',
    '.*.*.*.*',
    '[',
    'a'.repeat(201),
    '\\p{',
    '(a{1,9}){1,9}',
  ])('%s is refused', (source) => {
    expect(() => compilePattern(source)).toThrowError(expect.objectContaining({ code: 'PROFILE_PATTERN' }));
  });

  test('a pattern must match the whole value', () => {
    expect(compilePattern('[0-9]{3}').test('1234')).toBe(false);
    expect(compilePattern('a|b').test('ab')).toBe(false);
    expect(compilePattern('(?:统一|组织)代码[::]([0-9A-Z]+)').exec('统一代码:91')?.[1]).toBe('91');
  });

  test('the costliest pattern that is let through ends on the longest value', () => {
    expect(compilePattern('.*.*.*x').test('a'.repeat(256))).toBe(false);
  });
});

describe('profiles as data', () => {
  test('what is written can be read again', () => {
    expect(parseProfile(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  });

  const rule = { at: 'subject', oid: OID.o };
  test.each([
    ['an unknown fact', { id: 'x', facts: { password: [rule] } }],
    ['an unknown place', { id: 'x', facts: { uscc: [{ at: 'issuerAltName', oid: OID.o }] } }],
    ['a member that does not belong', { id: 'x', facts: { uscc: [{ ...rule, encoding: 'der-string' }] } }],
    ['no OID', { id: 'x', facts: { uscc: [{ at: 'subject' }] } }],
    ['a bad OID', { id: 'x', facts: { uscc: [{ at: 'subject', oid: '2.05' }] } }],
    ['a kind that does not exist', { id: 'x', facts: { kind: [{ ...rule, values: { a: 'admin' } }] } }],
    [
      'a constant medium that does not exist',
      { id: 'x', facts: { medium: [{ at: 'constant', value: 'paper' }] } },
    ],
    ['no id', { facts: {} }],
  ])('%s is refused', (_, value) => {
    expect(() => parseProfile(value)).toThrowError(expect.objectContaining({ code: 'PROFILE_MALFORMED' }));
  });
});
