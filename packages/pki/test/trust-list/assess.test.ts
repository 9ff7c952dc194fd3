import { beforeAll, describe, expect, test } from 'vitest';
import { nodeSigner } from '../../src/node/index.ts';
import { closedPolicy } from '../../src/revocation/policy.ts';
import type { RevocationVerdict } from '../../src/revocation/verdict.ts';
import { type Assessment, assess } from '../../src/trust-list/assess.ts';
import type { TrustedAuthority } from '../../src/trust-list/model.ts';
import { createTrustIndex } from '../../src/trust-list/recognise.ts';
import { type Issued, issue, issueRoot, NOW } from '../path/support/authority.ts';
import { engine } from '../path/support/validate.ts';
import { newPrivateKey } from '../support/keys.ts';

const DAY = 86_400_000;
const GOOD: RevocationVerdict = {
  status: 'good',
  source: 'crl',
  producedAt: NOW,
  nextUpdate: NOW + DAY,
  evidence: [],
};
const NO_SOURCE: RevocationVerdict = { status: 'unknown', reason: 'no-source', evidence: [] };

let root: Issued;
let issuing: Issued;
let authority: TrustedAuthority;

beforeAll(async () => {
  root = await issueRoot({ name: 'Root', key: 'sm2' });
  issuing = await issue({ name: 'Issuing', ca: true, issuer: root, key: 'sm2' });
  authority = authorityOf('ca-one', root, issuing);
});

const authorityOf = (id: string, anchor: Issued, ...intermediates: readonly Issued[]): TrustedAuthority => ({
  id,
  name: id,
  nameEn: undefined,
  phone: '0471-1',
  anchors: [anchor.certificate],
  intermediates: intermediates.map(({ certificate }) => certificate),
  profile: { id: 'p', facts: { kind: [{ at: 'constant', value: 'enterprise' }] } },
  policy: { ...closedPolicy(`${id}@1`, '150000'), joined: true },
  crlAddresses: [],
  ocspAddresses: [],
  status: 'active',
  since: NOW - DAY,
});

type Case = Partial<Pick<Assessment, 'revocation' | 'region' | 'at'>> & {
  readonly authorities?: readonly TrustedAuthority[];
};

async function decideOn(end: Issued, given: Case = {}) {
  const { authorities = [authority], revocation = [GOOD, NO_SOURCE], region = '150000', at = NOW } = given;
  const { certificate } = end;
  const recognition = await createTrustIndex(authorities, { engine }).recognise(certificate, {
    purpose: 'sign',
    at,
  });
  return { recognition, decision: assess({ certificate, recognition, revocation, region, at }) };
}

const codeOf = async (end: Issued, given: Case = {}) => {
  const { decision } = await decideOn(end, given);
  return decision.allow ? 'allowed' : decision.code;
};
const holder = (options: Parameters<typeof issue>[0] = {}) =>
  issue({ issuer: issuing, name: 'Holder', key: 'sm2', ...options });
const withPolicy = (change: Partial<TrustedAuthority['policy']>): Case => ({
  authorities: [{ ...authority, policy: { ...authority.policy, ...change } }],
});

describe('assess: the whole decision from values alone', () => {
  test('a good certificate of a joined CA of the region is allowed', async () => {
    expect((await decideOn(await holder())).decision).toEqual({ allow: true, policyName: 'ca-one@1' });
  });

  test('HUB-012 unknown, foreign and unjoined CAs are refused, each by its own code', async () => {
    const stranger = await issueRoot({ name: 'Stranger', key: 'sm2' });
    expect(await codeOf(await issue({ issuer: stranger, key: 'sm2' }))).toBe('CERTIFICATE_CA_UNRECOGNISED');
    const end = await holder();
    expect(await codeOf(end, { region: '110000' })).toBe('CERTIFICATE_CA_FOREIGN');
    expect(await codeOf(end, withPolicy({ joined: false }))).toBe('CERTIFICATE_CA_NOT_JOINED');
    expect(await codeOf(end, withPolicy({ suspended: { since: NOW } }))).toBe('CERTIFICATE_CA_SUSPENDED');
  });

  test('a CA with the name of a recognised one is not that one, and its facts are not read', async () => {
    const double = await issueRoot({ subject: issuing.name, key: 'sm2' });
    for (const without of [[], ['2.5.29.35']]) {
      const { recognition, decision } = await decideOn(await issue({ issuer: double, key: 'sm2', without }));
      expect(decision.allow).toBe(false);
      expect(recognition.status === 'unrecognised' || recognition.status === 'refused').toBe(true);
      expect(recognition).not.toMatchObject({ facts: expect.anything() });
    }
  });

  test('HUB-054 expired, with the date; not yet valid, with the date; both facts still readable', async () => {
    const expired = await holder({ notBefore: NOW - 9 * DAY, notAfter: NOW - DAY });
    expect(await decideOn(expired)).toMatchObject({
      decision: { code: 'CERTIFICATE_EXPIRED', since: NOW - DAY },
      recognition: { status: 'refused', facts: { kind: 'enterprise' } },
    });
    const early = await holder({ notBefore: NOW + DAY, notAfter: NOW + 9 * DAY });
    expect((await decideOn(early)).decision).toMatchObject({
      code: 'CERTIFICATE_NOT_YET_VALID',
      since: NOW + DAY,
    });
  });

  test('an expired issuing certificate is not the holder’s fault', async () => {
    const old = await issue({ name: 'Old', ca: true, issuer: root, key: 'sm2', notAfter: NOW - DAY });
    const end = await issue({ issuer: old, key: 'sm2' });
    expect(await codeOf(end, { authorities: [authorityOf('ca-old', root, old)] })).toBe(
      'CERTIFICATE_PATH_INVALID',
    );
  });

  test('an encryption certificate does not log in', async () => {
    expect(await codeOf(await holder({ usage: ['keyEncipherment'] }))).toBe('CERTIFICATE_WRONG_USAGE');
  });

  test('OD-36 a weak key, and an algorithm that this CA’s policy does not allow', async () => {
    const weak = await holder({ key: nodeSigner(newPrivateKey('rsa', 1024)) });
    expect(await codeOf(weak, withPolicy({ algorithms: ['sm2-sm3', 'rsa-sha2'] }))).toBe(
      'CERTIFICATE_WEAK_ALGORITHM',
    );
    const p256 = await holder({ key: 'p256' });
    expect(await codeOf(p256)).toBe('CERTIFICATE_WEAK_ALGORITHM');
    expect(await codeOf(p256, withPolicy({ algorithms: ['sm2-sm3', 'ecdsa-sha2'] }))).toBe('allowed');
  });

  test('an issuing certificate that is revoked refuses all below it', async () => {
    const revoked: RevocationVerdict = {
      status: 'revoked',
      source: 'crl',
      reason: 'cACompromise',
      time: NOW - DAY,
      evidence: [],
    };
    expect(await codeOf(await holder(), { revocation: [GOOD, revoked] })).toBe('CERTIFICATE_CA_REVOKED');
  });

  test('an issuing certificate of which nobody speaks: by policy', async () => {
    const end = await holder();
    expect(await codeOf(end, { revocation: [GOOD, NO_SOURCE] })).toBe('allowed');
    const required = withPolicy({ intermediates: 'required' });
    expect(await codeOf(end, { ...required, revocation: [GOOD, NO_SOURCE] })).toBe(
      'CERTIFICATE_STATUS_UNAVAILABLE',
    );
    expect(await codeOf(end, { ...required, revocation: [GOOD] })).toBe('CERTIFICATE_STATUS_UNAVAILABLE');
    expect(await codeOf(end, { ...required, revocation: [GOOD, GOOD] })).toBe('allowed');
  });

  test('no verdict is no permission', async () => {
    expect(await codeOf(await holder(), { revocation: [] })).toBe('CERTIFICATE_STATUS_UNAVAILABLE');
  });

  test('under a root that two CAs share, the issuing certificate tells whose it is', async () => {
    const second = await issue({ name: 'Second', ca: true, issuer: root, key: 'sm2' });
    const authorities = [authority, authorityOf('ca-two', root, second)];
    const { recognition } = await decideOn(await issue({ issuer: second, key: 'sm2' }), { authorities });
    expect(recognition).toMatchObject({ status: 'recognised', authority: { id: 'ca-two' } });
    const direct = await decideOn(await issue({ issuer: root, key: 'sm2' }), { authorities });
    expect(direct.recognition.status).toBe('unrecognised');
  });
});
