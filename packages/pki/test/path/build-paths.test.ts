import { describe, expect, test } from 'vitest';
import type { CryptoEngine } from '../../src/crypto-engine.ts';
import { nodeSigner } from '../../src/node/index.ts';
import { validatePath } from '../../src/path/validate-path.ts';
import { createVerifiedSignatures } from '../../src/path/verified-signatures.ts';
import { EXTENSION_OID } from '../../src/x509/oids.ts';
import { newPrivateKey } from '../support/keys.ts';
import { type Issued, issue, issueRoot, NOW } from './support/authority.ts';
import { nameConstraints } from './support/extensions.ts';
import { engine, pathOf, storeOf, told } from './support/validate.ts';

/** Counts what reaches the engine. */
function counting(): { engine: CryptoEngine; verifications: () => number } {
  let count = 0;
  return {
    engine: {
      ...engine,
      verify: (...args) => {
        count++;
        return engine.verify(...args);
      },
    },
    verifications: () => count,
  };
}

const validate = (end: Issued, anchors: readonly Issued[], intermediates: readonly Issued[]) =>
  validatePath({ certificate: end.certificate, store: storeOf(anchors, intermediates), engine, time: NOW });

/** The same name and key under another issuer. */
const crossCertify = (subject: Issued, issuer: Issued, options: { notAfter?: number } = {}) =>
  issue({ subject: subject.name, key: subject.signer, issuer, ca: true, ...options });

describe('issuers are found by key, not by name alone (caddy #5981)', () => {
  test('among authorities of one name the one whose key signed is taken', async () => {
    const root = await issueRoot();
    const twins = await Promise.all(
      Array.from({ length: 5 }, () => issue({ name: 'Twin', issuer: root, ca: true })),
    );
    for (const twin of twins) {
      const end = await issue({ issuer: twin });
      const path = pathOf(await validate(end, [root], twins));
      expect(path.certificates[1]).toBe(twin.certificate);
    }
  });

  test('roots of one name, without key identifiers in the end certificate', async () => {
    const roots = await Promise.all(Array.from({ length: 5 }, () => issueRoot()));
    const end = await issue({ issuer: roots[3]!, without: [EXTENSION_OID.authorityKeyIdentifier] });
    const verdict = await validatePath({
      certificate: end.certificate,
      store: storeOf(roots),
      engine,
      time: NOW,
      waivedProfileRules: 'all',
    });
    expect(pathOf(verdict).anchor.certificate).toBe(roots[3]!.certificate);
  });

  test('an issuer that states another key identifier is no candidate: its key is not even tried', async () => {
    const root = await issueRoot();
    const namesake = await issueRoot();
    const end = await issue({ issuer: namesake });
    const counted = counting();
    const verdict = await validatePath({
      certificate: end.certificate,
      store: storeOf([root]),
      engine: counted.engine,
      time: NOW,
    });
    expect(told(verdict)).toBe('NO_PATH @0');
    expect(counted.verifications()).toBe(0);
  });

  test('an identifier by the hash of the key is understood where the issuer states its own otherwise', async () => {
    const stated = { oid: EXTENSION_OID.subjectKeyIdentifier, value: Uint8Array.of(4, 3, 1, 2, 3) };
    const root = await issueRoot({ extensions: [stated], without: [EXTENSION_OID.authorityKeyIdentifier] });
    const end = await issue({ issuer: root });
    expect(told(await validate(end, [root], []))).toBe('ok');
  });
});

describe('cross certificates and cycles (CVE-2024-0567)', () => {
  test('three authorities that certify each other lead to the one that is an anchor', async () => {
    const roots = await Promise.all(['A', 'B', 'C'].map((name) => issueRoot({ name })));
    const crosses: Issued[] = [];
    for (const subject of roots) {
      for (const issuer of roots) if (subject !== issuer) crosses.push(await crossCertify(subject, issuer));
    }
    const authority = await issue({ name: 'A1', issuer: roots[0]!, ca: true });
    const end = await issue({ issuer: authority });
    for (const anchor of roots) {
      expect(told(await validate(end, [anchor], [authority, ...crosses, ...roots]))).toBe('ok');
    }
    expect(told(await validate(end, [await issueRoot()], [authority, ...crosses, ...roots]))).toMatch(
      /^(NO_PATH|PATH_TOO_DEEP)/,
    );
  });

  test('a way that has expired does not hide another one', async () => {
    const old = await issueRoot({ name: 'Old' });
    const young = await issueRoot({ name: 'Young' });
    const expired = await crossCertify(young, old, { notAfter: NOW - 1000 });
    const end = await issue({ issuer: young });
    expect(told(await validate(end, [old, young], [expired]))).toBe('ok');
    expect(told(await validate(end, [old], [expired]))).toBe('EXPIRED @1');
  });

  test('a way that constrains names does not hide another one', async () => {
    const [strict, free] = [await issueRoot({ name: 'Strict' }), await issueRoot({ name: 'Free' })];
    const signer = nodeSigner(newPrivateKey('p256'));
    const constraint = nameConstraints({ permitted: [{ kind: 'dn', name: strict.name }] });
    const shared = { name: 'Shared', key: signer, ca: true };
    const constrained = await issue({ ...shared, issuer: strict, extensions: [constraint] });
    const unconstrained = await issue({ ...shared, issuer: free });
    const end = await issue({ issuer: unconstrained });
    const path = pathOf(await validate(end, [strict, free], [constrained, unconstrained]));
    expect(path.anchor.certificate).toBe(free.certificate);
    expect(told(await validate(end, [strict], [constrained, unconstrained]))).toBe(
      'NAME_NOT_PERMITTED dn @0',
    );
  });

  test('self-issued certificates of a key rollover are passed', async () => {
    const old = await issueRoot();
    const renewed = await issue({ subject: old.name, issuer: old, ca: true });
    const end = await issue({ issuer: renewed });
    expect(told(await validate(end, [old], [renewed]))).toBe('ok');
  });
});

describe('what a path is refused for is told for the way that went furthest', () => {
  test('an authority whose own issuer is unknown', async () => {
    const stranger = await issueRoot({ name: 'Stranger' });
    const authority = await issue({ name: 'Authority', issuer: stranger, ca: true });
    const end = await issue({ issuer: authority });
    expect(told(await validate(end, [await issueRoot()], [authority]))).toBe('NO_PATH @1');
  });
});

describe('budgets (RFC 4158 §2.4.2)', () => {
  test('a mesh in which everybody certifies everybody ends within its signatures', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `Mesh ${i}`);
    const nodes = await Promise.all(names.map((name) => issueRoot({ name })));
    const mesh: Issued[] = [];
    for (const subject of nodes) {
      for (const issuer of nodes) if (subject !== issuer) mesh.push(await crossCertify(subject, issuer));
    }
    const end = await issue({ issuer: nodes[0]! });
    const counted = counting();
    const verdict = await validatePath({
      certificate: end.certificate,
      store: storeOf([await issueRoot()], mesh),
      engine: counted.engine,
      time: NOW,
      limits: { nodes: 300, signatures: 40 },
    });
    expect(told(verdict)).toMatch(/^BUDGET_EXCEEDED (nodes|signatures) @0$/);
    expect(counted.verifications()).toBeLessThanOrEqual(40);
  });

  test('a hundred namesakes cost signatures, not a path each, and the right one is still found', async () => {
    const root = await issueRoot();
    const namesakes = await Promise.all(
      Array.from({ length: 100 }, () =>
        issue({ name: 'Same', issuer: root, ca: true, without: [EXTENSION_OID.subjectKeyIdentifier] }),
      ),
    );
    const end = await issue({ issuer: namesakes[99]! });
    const verdict = await validatePath({
      certificate: end.certificate,
      store: storeOf([root], namesakes),
      engine,
      time: NOW,
      waivedProfileRules: 'all',
    });
    expect(told(verdict)).toBe('ok');
  });

  test.each([
    [0, 'PATH_TOO_DEEP @0'],
    [1, 'PATH_TOO_DEEP @1'],
    [3, 'ok'],
  ])('at most %d intermediate authorities', async (intermediates, expected) => {
    const root = await issueRoot();
    const chain = [root];
    for (const name of ['One', 'Two', 'Three']) {
      chain.push(await issue({ name, issuer: chain.at(-1)!, ca: true }));
    }
    const end = await issue({ issuer: chain.at(-1)! });
    const verdict = await validatePath({
      certificate: end.certificate,
      store: storeOf([root], chain.slice(1)),
      engine,
      time: NOW,
      limits: { intermediates },
    });
    expect(told(verdict)).toBe(expected);
  });
});

describe('signatures once found true are not verified again', () => {
  test('a known chain reaches the engine once, and a changed one again', async () => {
    const root = await issueRoot();
    const authority = await issue({ name: 'Authority', issuer: root, ca: true });
    const end = await issue({ issuer: authority });
    const counted = counting();
    const verified = createVerifiedSignatures(100);
    const store = storeOf([root], [authority]);
    const again = () =>
      validatePath({ certificate: end.certificate, store, engine: counted.engine, time: NOW, verified });
    expect(told(await again())).toBe('ok');
    expect(counted.verifications()).toBe(2);
    expect(told(await again())).toBe('ok');
    expect(counted.verifications()).toBe(2);
  });

  test('a failed signature is not remembered', async () => {
    const root = await issueRoot();
    const end = await issue({ issuer: root });
    let answers = false;
    const moody: CryptoEngine = { ...engine, verify: async () => answers };
    const options = {
      certificate: end.certificate,
      store: storeOf([root]),
      engine: moody,
      time: NOW,
      verified: createVerifiedSignatures(100),
    };
    expect(told(await validatePath(options))).toBe('SIGNATURE_INVALID @0');
    answers = true;
    expect(told(await validatePath(options))).toBe('ok');
    answers = false;
    expect(told(await validatePath(options))).toBe('ok');
  });

  test('the memory keeps the entries that were used last', () => {
    const verified = createVerifiedSignatures(2);
    verified.add('a');
    verified.add('b');
    expect(verified.has('a')).toBe(true);
    verified.add('c');
    expect(['a', 'b', 'c'].map((entry) => verified.has(entry))).toEqual([true, false, true]);
  });
});

describe('other certificates than ours', () => {
  test('a store that was told of more intermediates finds more ways, and never more anchors', async () => {
    const root = await issueRoot();
    const authority = await issue({ name: 'Authority', issuer: root, ca: true });
    const end = await issue({ issuer: authority });
    const store = storeOf([root]);
    const options = { certificate: end.certificate, engine, time: NOW };
    expect(told(await validatePath({ ...options, store }))).toBe('NO_PATH @0');
    const more = store.withIntermediates([authority.certificate]);
    expect(told(await validatePath({ ...options, store: more }))).toBe('ok');
    const stranger = await issueRoot({ name: 'Stranger' });
    const foreign = await issue({ issuer: stranger });
    const tricked = store.withIntermediates([stranger.certificate]);
    const verdict = await validatePath({ ...options, certificate: foreign.certificate, store: tricked });
    expect(told(verdict)).toBe('NO_PATH @1');
  });
});
