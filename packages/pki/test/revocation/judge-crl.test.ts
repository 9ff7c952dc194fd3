import { beforeAll, describe, expect, test } from 'vitest';
import { buildCrl, type CrlSpec } from '../../src/build/crl.ts';
import { issuingDistributionPoint } from '../../src/build/extensions.ts';
import { parseCrl } from '../../src/crl/parse-crl.ts';
import { TRADING_ALGORITHMS } from '../../src/path/algorithm-policy.ts';
import type { CertificatePath } from '../../src/path/certificate-path.ts';
import type { TrustStore } from '../../src/path/trust-store.ts';
import { isCrlGenuine } from '../../src/revocation/genuine-crl.ts';
import { type CrlQuestion, judgeCrls } from '../../src/revocation/judge-crl.ts';
import { type Issued, issue, issueRoot, NOW } from '../path/support/authority.ts';
import { engine, pathOf, storeOf, validateChain } from '../path/support/validate.ts';

const HOUR = 3_600_000;

let issuer: Issued;
let stranger: Issued;
let store: TrustStore;
let path: CertificatePath;

beforeAll(async () => {
  issuer = await issueRoot({ name: 'Issuing CA', key: 'sm2' });
  stranger = await issueRoot({ subject: issuer.name, key: 'sm2' });
  const holder = await issue({ issuer, name: 'Holder', key: 'sm2' });
  store = storeOf([issuer]);
  path = pathOf(await validateChain([issuer, holder]));
});

async function list(spec: Partial<CrlSpec> = {}, by: Issued = issuer) {
  const der = await buildCrl(
    {
      issuer: by.name,
      thisUpdate: NOW - HOUR,
      nextUpdate: NOW + HOUR,
      crlNumber: 1n,
      authorityKeyIdentifier: by.keyId,
      entries: [],
      ...spec,
    },
    by.signer,
  );
  return parseCrl(der);
}

const judge = async (crls: CrlQuestion['crls'], rules: Partial<CrlQuestion> = {}) =>
  judgeCrls({ path, certificateIndex: 0, crls, store, engine, at: NOW, ...rules });

const entry = (reason: 'keyCompromise' | 'certificateHold') => ({
  serial: path.certificates[0].serial,
  revokedAt: NOW - 5000,
  reason,
});

describe('RFC 5280 §6.3 lists as a verdict', () => {
  test('good, with the hash and times of the list as evidence', async () => {
    const crl = await list();
    expect(await judge([crl])).toMatchObject({
      status: 'good',
      source: 'crl',
      producedAt: NOW - HOUR,
      nextUpdate: NOW + HOUR,
      evidence: [{ source: 'crl', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), thisUpdate: NOW - HOUR }],
    });
  });

  test('revoked and on hold', async () => {
    expect(await judge([await list({ entries: [entry('keyCompromise')] })])).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
      time: NOW - 5000,
    });
    expect(await judge([await list({ entries: [entry('certificateHold')] })])).toMatchObject({
      status: 'revoked',
      reason: 'certificateHold',
    });
  });

  test('no-source without a list', async () => {
    expect(await judge([])).toMatchObject({ status: 'unknown', reason: 'no-source' });
  });

  test('stale, with the moment until which it was good', async () => {
    const old = await list({ thisUpdate: NOW - 9 * HOUR, nextUpdate: NOW - HOUR });
    expect(await judge([old])).toMatchObject({ status: 'unknown', reason: 'stale', goodUntil: NOW - HOUR });
  });

  test('stale by the policy’s upper bound', async () => {
    const crl = await list();
    expect(await judge([crl], { maxAgeMs: HOUR / 2 })).toMatchObject({
      status: 'unknown',
      reason: 'stale',
      goodUntil: NOW - HOUR / 2,
    });
    expect((await judge([crl], { maxAgeMs: 2 * HOUR })).status).toBe('good');
  });

  test('a list of CA certificates only says nothing about a holder', async () => {
    const scope = issuingDistributionPoint({ onlyCaCertificates: true });
    const crl = await list({ extensions: [{ ...scope, critical: true }] });
    expect(await judge([crl])).toMatchObject({ status: 'unknown', reason: 'wrong-scope' });
  });

  test('not-yet-valid: dated ahead by more than the clocks may differ', async () => {
    const crl = await list({ thisUpdate: NOW + HOUR, nextUpdate: NOW + 2 * HOUR });
    expect(await judge([crl])).toMatchObject({ status: 'unknown', reason: 'not-yet-valid' });
  });

  test('a list by another key in the same name is no list', async () => {
    const verdict = await judge([await list({}, stranger)]);
    expect(verdict.status).toBe('unknown');
    expect(['unsigned', 'wrong-signer']).toContain(verdict.status === 'unknown' && verdict.reason);
  });
});

describe('isCrlGenuine: what is worth keeping', () => {
  const genuine = async (crl: Awaited<ReturnType<typeof list>>) =>
    isCrlGenuine(crl, { store, engine, algorithms: TRADING_ALGORITHMS });

  test('a list of the authority is, a stranger’s in its name is not, nor one with a changed signature', async () => {
    const own = await list({ entries: [entry('keyCompromise')] });
    expect(await genuine(own)).toBe(true);
    expect(await genuine(await list({}, stranger))).toBe(false);
    const der = own.der.slice();
    der[der.length - 1]! ^= 1;
    expect(await genuine(parseCrl(der))).toBe(false);
  });

  test('an algorithm that the CA’s policy does not allow is refused', async () => {
    const algorithms = { ...TRADING_ALGORITHMS, signatures: new Map() };
    expect(await isCrlGenuine(await list(), { store, engine, algorithms })).toBe(false);
  });
});
