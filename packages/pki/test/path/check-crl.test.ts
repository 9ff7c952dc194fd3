import { derNull } from '@hufu/gm';
import { describe, expect, test } from 'vitest';
import { parseCrl } from '../../src/crl/parse-crl.ts';
import { checkCrl } from '../../src/path/crl/check-crl.ts';
import { validatePath } from '../../src/path/validate-path.ts';
import { EXTENSION_OID } from '../../src/x509/oids.ts';
import { type Issued, issue, issueRoot, NOW, nameOf } from './support/authority.ts';
import { distributionPoints, issuingPoint, unknownExtension } from './support/extensions.ts';
import { DAY, entryFor, list, listBytes, REVOKED_AT, said, statusOf } from './support/lists.ts';
import { engine, pathOf, storeOf } from './support/validate.ts';

const URI = 'http://crl.example.com/1.crl';
const root = await issueRoot();
const authority = await issue({ name: 'Authority', issuer: root, ca: true });
const end = await issue({ issuer: authority });
const store = storeOf([root], [authority]);

describe('RFC 5280 §6.3 one complete list', () => {
  test('good, with the list and its end as evidence', async () => {
    const crl = await list(authority, { entries: [entryFor(root)] });
    expect(await statusOf({ end, store, crls: [crl] })).toEqual({
      status: 'good',
      crls: [crl],
      nextUpdate: NOW + DAY,
    });
  });

  test('revoked, with reason, time and the list as evidence', async () => {
    const crl = await list(authority, { entries: [entryFor(end, { reason: 'keyCompromise' })] });
    expect(await statusOf({ end, store, crls: [crl] })).toEqual({
      status: 'revoked',
      reason: 'keyCompromise',
      time: REVOKED_AT,
      crls: [crl],
    });
  });

  test('SM2: good and revoked by an SM2 authority', async () => {
    const sm2 = await issueRoot({ key: 'sm2' });
    const holder = await issue({ issuer: sm2, key: 'sm2' });
    const asked = { end: holder, store: storeOf([sm2]) };
    expect(await said({ ...asked, crls: [await list(sm2)] })).toBe('good');
    const entries = [entryFor(holder, { reason: 'certificateHold' })];
    expect(await said({ ...asked, crls: [await list(sm2, { entries })] })).toBe('revoked certificateHold');
  });

  test('the same serial number under another issuer is another certificate', async () => {
    const other = await issue({ name: 'Other', issuer: root, ca: true });
    const crl = await list(other, { entries: [entryFor(end)] });
    const both = [crl, await list(authority)];
    expect(await said({ end, store: storeOf([root], [authority, other]), crls: both })).toBe('good');
  });

  test('no list at all', async () => {
    expect(await said({ end, store, crls: [] })).toBe('unknown no-source');
    expect(await said({ end, store, crls: [await list(root)] })).toBe('unknown no-source');
  });
});

describe('freshness', () => {
  const stale = { thisUpdate: NOW - 2 * DAY, nextUpdate: NOW - DAY };

  test('a list that ran out says until when it said good', async () => {
    const crl = await list(authority, stale);
    expect(await statusOf({ end, store, crls: [crl] })).toEqual({
      status: 'unknown',
      reason: 'stale',
      goodUntil: NOW - DAY,
      crls: [crl],
    });
  });

  test('a list is told once, whichever ways lead to it', async () => {
    const holder = await issue({
      issuer: authority,
      extensions: [distributionPoints({ uri: URI }, { uri: `${URI}x` })],
    });
    const crl = await list(authority, stale);
    expect((await statusOf({ end: holder, store, crls: [crl] })).crls).toEqual([crl]);
  });

  test('a list that ran out still proves a revocation, but no longer a hold', async () => {
    const revoked = await list(authority, { ...stale, entries: [entryFor(end)] });
    expect(await said({ end, store, crls: [revoked] })).toBe('revoked unspecified');
    const held = await list(authority, { ...stale, entries: [entryFor(end, { reason: 'certificateHold' })] });
    const status = await statusOf({ end, store, crls: [held] });
    expect(status).toEqual({ status: 'unknown', reason: 'stale', crls: [] });
  });

  test('a list is current to its nextUpdate and not a millisecond longer', async () => {
    const crls = [await list(authority)];
    expect(await said({ end, store, crls, time: NOW + DAY })).toBe('good');
    expect(await said({ end, store, crls, time: NOW + DAY + 1 })).toBe('unknown stale');
  });

  test('a list from the future, unless the clocks may differ by that much', async () => {
    const crls = [await list(authority, { thisUpdate: NOW + 60_000 })];
    expect(await said({ end, store, crls })).toBe('unknown not-yet-valid');
    expect(await said({ end, store, crls, clockSkew: 60_000 })).toBe('good');
  });

  test('a current list beside one that ran out', async () => {
    const crls = [await list(authority, stale), await list(authority)];
    expect(await said({ end, store, crls })).toBe('good');
  });
});

describe('who signs', () => {
  test('a turned bit, and a stranger under the same name', async () => {
    const bytes = await listBytes(authority);
    bytes[bytes.length - 1]! ^= 1;
    expect(await said({ end, store, crls: [parseCrl(bytes)] })).toBe('unknown unsigned');
    const stranger = await issue({ name: 'Authority', issuer: await issueRoot(), ca: true });
    const forged = await list(stranger, { authorityKeyIdentifier: authority.keyId });
    expect(await said({ end, store, crls: [forged] })).toBe('unknown unsigned');
    expect(await said({ end, store, crls: [await list(stranger)] })).toBe('unknown wrong-signer');
  });

  test('§6.3.3(f) an authority whose key usage lacks cRLSign', async () => {
    const mute = await issue({ name: 'Mute', issuer: root, ca: true, usage: ['keyCertSign'] });
    const holder = await issue({ issuer: mute });
    const crls = [await list(mute, { entries: [] })];
    expect(await said({ end: holder, store: storeOf([root], [mute]), crls })).toBe('unknown wrong-signer');
  });

  describe('a separate key of the same name (PKITS 4.4.19 to 4.4.21)', () => {
    const signerOf = (options: Partial<Parameters<typeof issue>[0]> = {}) =>
      issue({ subject: authority.name, issuer: root, usage: ['cRLSign'], ...options });

    test('may sign when its own certificate is good', async () => {
      const signer = await signerOf();
      const both = storeOf([root], [authority, signer]);
      const lists = [await list(root), await list(signer, { entries: [entryFor(end)] })];
      expect(await said({ end, store: both, crls: lists })).toBe('revoked unspecified');
      expect(await said({ end, store: both, crls: [await list(root), await list(signer)] })).toBe('good');
    });

    test('may not when its certificate is revoked, of unknown status, or lacks cRLSign', async () => {
      const signer = await signerOf();
      const both = storeOf([root], [authority, signer]);
      const revoking = await list(root, { entries: [entryFor(signer)] });
      expect(await said({ end, store: both, crls: [revoking, await list(signer)] })).toBe(
        'unknown wrong-signer',
      );
      expect(await said({ end, store: both, crls: [await list(signer)] })).toBe('unknown wrong-signer');
      const unfit = await signerOf({ usage: ['digitalSignature'] });
      const crls = [await list(root), await list(unfit)];
      expect(await said({ end, store: storeOf([root], [authority, unfit]), crls })).toBe(
        'unknown wrong-signer',
      );
    });

    test('may not when its certificate stands under another anchor', async () => {
      const elsewhere = await issueRoot({ name: 'Elsewhere' });
      const signer = await signerOf({ issuer: elsewhere });
      const crls = [await list(elsewhere), await list(root), await list(signer)];
      const known = storeOf([root, elsewhere], [authority, signer]);
      expect(await said({ end, store: known, crls })).toBe('unknown wrong-signer');
    });
  });
});

describe('§5.2 what a list must and must not carry', () => {
  test('an unknown critical extension makes it useless, an uncritical one does not', async () => {
    for (const critical of [true, false]) {
      const crls = [await list(authority, { extensions: [unknownExtension(critical)] })];
      expect(await said({ end, store, crls })).toBe(critical ? 'unknown malformed' : 'good');
    }
  });

  test('§5.2.3 a CRL number that is critical', async () => {
    const plain = await list(authority);
    const crl = {
      ...plain,
      extensions: new Map([
        ...plain.extensions,
        [EXTENSION_OID.crlNumber, { oid: EXTENSION_OID.crlNumber, critical: true, value: derNull() }],
      ]),
    };
    expect(await said({ end, store, crls: [crl] })).toBe('unknown malformed');
    const path = pathOf(await validatePath({ certificate: end.certificate, store, engine, time: NOW }));
    const waivedProfileRules = new Set(['crl-number-not-critical'] as const);
    const options = { path, certificateIndex: 0, crls: [crl], store, engine, time: NOW, waivedProfileRules };
    expect((await checkCrl(options)).status).toBe('good');
  });
});

describe('§5.2.5 scope: lists for some certificates or some reasons', () => {
  const scoped = (...scopes: Parameters<typeof issuingPoint>[0][]) =>
    Promise.all(scopes.map((scope) => list(authority, { extensions: [issuingPoint(scope)] })));

  test.each([
    ['users, for a user', { onlyUsers: true }, 'good'],
    ['authorities, for a user', { onlyAuthorities: true }, 'unknown wrong-scope'],
    ['attribute certificates', { onlyAttributes: true }, 'unknown wrong-scope'],
    ['another distribution point', { uri: URI }, 'unknown wrong-scope'],
    ['some reasons', { reasons: [1, 2] }, 'unknown wrong-scope'],
  ])('only %s', async (_name, scope, expected) => {
    expect(await said({ end, store, crls: await scoped(scope) })).toBe(expected);
  });

  test('only authorities, for an authority', async () => {
    const sub = await issue({ name: 'Sub', issuer: authority, ca: true });
    expect(await said({ end: sub, store, crls: await scoped({ onlyAuthorities: true }) })).toBe('good');
    expect(await said({ end: sub, store, crls: await scoped({ onlyUsers: true }) })).toBe(
      'unknown wrong-scope',
    );
  });

  test('the distribution point that the certificate names', async () => {
    const holder = await issue({ issuer: authority, extensions: [distributionPoints({ uri: URI })] });
    expect(await said({ end: holder, store, crls: await scoped({ uri: URI }) })).toBe('good');
    expect(await said({ end: holder, store, crls: await scoped({ uri: `${URI}x` }) })).toBe(
      'unknown wrong-scope',
    );
  });

  test('§6.3.3(d), (e): reasons have to be covered by lists together', async () => {
    const halves = [{ reasons: [1, 2, 3] }, { reasons: [4, 5, 6, 7, 8] }];
    expect(await said({ end, store, crls: await scoped(...halves) })).toBe('good');
    expect(await said({ end, store, crls: await scoped(halves[0]!) })).toBe('unknown wrong-scope');
    const [, rest] = await scoped(...halves);
    const first = await list(authority, {
      extensions: [issuingPoint(halves[0]!)],
      entries: [entryFor(end, { reason: 'keyCompromise' })],
    });
    expect(await said({ end, store, crls: [rest!, first] })).toBe('revoked keyCompromise');
  });

  test('reasons that the certificate assigns to its distribution points', async () => {
    const holder = await issue({
      issuer: authority,
      extensions: [
        distributionPoints({ uri: URI, reasons: [1] }, { uri: `${URI}x`, reasons: [2, 3, 4, 5, 6, 7, 8] }),
      ],
    });
    expect(await said({ end: holder, store, crls: await scoped({ uri: URI }) })).toBe('unknown wrong-scope');
    expect(await said({ end: holder, store, crls: await scoped({ uri: URI }, { uri: `${URI}x` }) })).toBe(
      'good',
    );
  });
});

const publisher = await issue({ name: 'Publisher', issuer: root, usage: ['cRLSign'] });
const known = storeOf([root], [authority, publisher]);
const holder = await issue({
  issuer: authority,
  extensions: [distributionPoints({ crlIssuer: publisher.name })],
});

describe('§5.2.5 indirect lists', () => {
  const indirect = (entries: Parameters<typeof entryFor>[1][], of: Issued = holder) =>
    list(publisher, {
      entries: entries.map((options) => entryFor(of, options)),
      extensions: [issuingPoint({ indirect: true })],
    });
  const ask = async (crl: Awaited<ReturnType<typeof list>>) =>
    said({ end: holder, store: known, crls: [await list(root), crl] });

  test('speak for the issuer whom an entry names, and for it alone', async () => {
    expect(await ask(await indirect([{ indirect: authority.name }]))).toBe('revoked unspecified');
    expect(await ask(await indirect([{ indirect: root.name }]))).toBe('good');
    expect(await ask(await indirect([{}]))).toBe('good');
    expect(await ask(await indirect([]))).toBe('good');
  });

  test('have to say that they are', async () => {
    expect(await ask(await list(publisher))).toBe('unknown no-source');
  });

  test('speak only for certificates that name their publisher', async () => {
    const crls = [await list(root), await indirect([])];
    expect(await said({ end, store: known, crls })).toBe('unknown no-source');
  });

  test('PKITS 4.14.30: the publisher that only its own list vouches for', async () => {
    const own = await issue({
      name: 'Circular',
      issuer: authority,
      usage: ['cRLSign'],
      extensions: [distributionPoints({ crlIssuer: nameOf('Circular') })],
    });
    const of = await issue({
      issuer: authority,
      extensions: [distributionPoints({ crlIssuer: own.name })],
    });
    const circular = storeOf([root], [authority, own]);
    const extensions = [issuingPoint({ indirect: true })];
    expect(await said({ end: of, store: circular, crls: [await list(own, { extensions })] })).toBe('good');
    const suicidal = await list(own, {
      extensions,
      entries: [entryFor(own, { indirect: authority.name })],
    });
    expect(await said({ end: of, store: circular, crls: [suicidal] })).toBe('unknown wrong-signer');
  });
});

describe('§5.2.4 delta lists', () => {
  const base = (options = {}) => list(authority, { crlNumber: 5n, ...options });
  const delta = (options = {}) => list(authority, { crlNumber: 6n, baseCrlNumber: 5n, ...options });
  const entries = [entryFor(end)];

  test('add to their base', async () => {
    const crls = [await base(), await delta({ entries })];
    expect(await said({ end, store, crls })).toBe('revoked unspecified');
    expect(await said({ end, store, crls: [await base(), await delta()] })).toBe('good');
  });

  test('take off their base what was only held', async () => {
    const held = await base({ entries: [entryFor(end, { reason: 'certificateHold' })] });
    const lifted = await delta({ entries: [entryFor(end, { reason: 'removeFromCRL' })] });
    expect(await said({ end, store, crls: [held, lifted] })).toBe('good');
    expect(await said({ end, store, crls: [held, await delta()] })).toBe('revoked certificateHold');
  });

  test('say nothing alone', async () => {
    expect(await said({ end, store, crls: [await delta({ entries })] })).toBe('unknown no-source');
  });

  test('are left aside across a gap, when stale, of another scope, or forged', async () => {
    const gap = await delta({ entries, baseCrlNumber: 6n, crlNumber: 7n });
    const old = await delta({ entries, nextUpdate: NOW - 1000, thisUpdate: NOW - DAY });
    const scope = await delta({ entries, extensions: [issuingPoint({ onlyUsers: true })] });
    const bytes = await listBytes(authority, { entries, crlNumber: 6n, baseCrlNumber: 5n });
    bytes[bytes.length - 1]! ^= 1;
    for (const unfit of [gap, old, scope, parseCrl(bytes)]) {
      expect(await said({ end, store, crls: [await base(), unfit] })).toBe('good');
    }
  });

  test('the newest of several counts', async () => {
    const first = await delta({ entries });
    const second = await delta({
      crlNumber: 7n,
      entries: [entryFor(end, { reason: 'removeFromCRL' })],
    });
    expect(await said({ end, store, crls: [await base(), first, second] })).toBe('good');
  });
});
