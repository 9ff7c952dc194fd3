import { derIa5String, derNull, derOid, derSequence } from '@hufu/gm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certificatePolicies, type ExtensionSpec } from '../../src/build/extensions.ts';
import { nodeSigner } from '../../src/node/index.ts';
import type { PolicyInputs } from '../../src/path/path-options.ts';
import { EXTENSION_OID } from '../../src/x509/oids.ts';
import { newPrivateKey } from '../support/keys.ts';
import { type Issued, issue, issueRoot } from './support/authority.ts';
import { inhibitAnyPolicy, policyConstraints, policyMappings } from './support/extensions.ts';
import { ANY, type PolicyCertificate, policiesByTree } from './support/policy-tree.ts';
import { told, validateChain } from './support/validate.ts';

const P = [1, 2, 3, 4].map((n) => `1.2.156.99999.${n}`) as [string, string, string, string];
const [P1, P2, P3] = P;
const signers = Array.from({ length: 6 }, () => nodeSigner(newPrivateKey('p256')));
const root = await issueRoot({ key: signers[0]! });

const NOTHING: PolicyCertificate = {
  policies: undefined,
  mappings: [],
  selfIssued: false,
  requireExplicit: undefined,
  inhibitMapping: undefined,
  inhibitAny: undefined,
};

function extensionsOf(certificate: PolicyCertificate): ExtensionSpec[] {
  const { policies, mappings, requireExplicit: explicit, inhibitMapping: mapping, inhibitAny } = certificate;
  return [
    ...(policies ? [certificatePolicies(...policies)] : []),
    ...(mappings.length > 0 ? [policyMappings(...mappings)] : []),
    ...(explicit !== undefined || mapping !== undefined
      ? [
          policyConstraints({
            ...(explicit !== undefined && { explicit }),
            ...(mapping !== undefined && { mapping }),
          }),
        ]
      : []),
    ...(inhibitAny !== undefined ? [inhibitAnyPolicy(inhibitAny)] : []),
  ];
}

async function chainOf(plan: readonly PolicyCertificate[]): Promise<Issued[]> {
  const chain = [root];
  for (const [i, certificate] of plan.entries()) {
    const issuer = chain.at(-1)!;
    const subject = certificate.selfIssued ? { subject: issuer.name } : { name: `Level ${i}` };
    const ca = i < plan.length - 1;
    chain.push(
      await issue({ ...subject, issuer, ca, key: signers[i + 1]!, extensions: extensionsOf(certificate) }),
    );
  }
  return chain;
}

const cert = (...policies: string[]): PolicyCertificate => ({ ...NOTHING, policies });
const none = NOTHING;
const EXPLICIT: PolicyInputs = { requireExplicit: true };
const REFUSED = /^POLICY_REFUSED/;

async function outcome(plan: readonly PolicyCertificate[], policies: PolicyInputs): Promise<string> {
  const verdict = await validateChain(await chainOf(plan), { policies });
  return verdict.ok ? [...verdict.policies].sort().join(' ') : told(verdict);
}

describe('RFC 9618: policies, as PKITS 4.8 to 4.12 asks', () => {
  test.each<[string, PolicyCertificate[], PolicyInputs, string | RegExp]>([
    ['4.8.1 all the same', [cert(P1), cert(P1)], EXPLICIT, P1],
    [
      '4.8.1 none that the user accepts',
      [cert(P1), cert(P1)],
      { ...EXPLICIT, accepted: new Set([P2]) },
      REFUSED,
    ],
    ['4.8.2 none at all', [none, none], {}, ''],
    ['4.8.2 none at all, one demanded', [none, none], EXPLICIT, REFUSED],
    ['4.8.3 none shared', [cert(P1), cert(P2)], {}, ''],
    ['4.8.3 none shared, one demanded', [cert(P1), cert(P2)], EXPLICIT, REFUSED],
    ['4.8.10 several shared', [cert(P1, P2), cert(P1, P2)], { accepted: new Set([P2]) }, P2],
    ['4.8.11 any throughout', [cert(ANY), cert(ANY)], EXPLICIT, ANY],
    [
      '4.8.11 any throughout, the user chooses',
      [cert(ANY), cert(ANY)],
      { ...EXPLICIT, accepted: new Set([P3]) },
      P3,
    ],
    ['4.8.14 any above', [cert(ANY), cert(P1)], { accepted: new Set([P1]), ...EXPLICIT }, P1],
    ['4.9 demanded by the authority', [{ ...cert(P1), requireExplicit: 0 }, cert(P2)], {}, REFUSED],
    ['4.9 demanded too far down to matter', [{ ...cert(P1), requireExplicit: 2 }, cert(P2)], {}, ''],
    ['4.9 demanded by the end certificate', [cert(P1), { ...cert(P2), requireExplicit: 0 }], {}, REFUSED],
    ['4.10 mapped', [{ ...cert(P1), mappings: [[P1, P2]] }, cert(P2)], EXPLICIT, P1],
    [
      '4.10 mapped, told in the terms of the anchor',
      [{ ...cert(P1), mappings: [[P1, P2]] }, cert(P2)],
      { ...EXPLICIT, accepted: new Set([P2]) },
      REFUSED,
    ],
    [
      '4.10 mapping inhibited by the user',
      [{ ...cert(P1), mappings: [[P1, P2]] }, cert(P2)],
      { ...EXPLICIT, inhibitMapping: true },
      REFUSED,
    ],
    ['4.10 any mapped to one', [{ ...cert(ANY), mappings: [[P1, P2]] }, cert(P2)], EXPLICIT, P1],
    [
      '4.10.7 mapped from any',
      [{ ...cert(P1), mappings: [[ANY, P2]] }, cert(P2)],
      {},
      'POLICY_MAPPING_ANY @1',
    ],
    ['4.10.8 mapped to any', [{ ...cert(P1), mappings: [[P1, ANY]] }, cert(P2)], {}, 'POLICY_MAPPING_ANY @1'],
    [
      '4.11 mapping inhibited above',
      [{ ...cert(P1), inhibitMapping: 0 }, { ...cert(P1), mappings: [[P1, P2]] }, cert(P2)],
      EXPLICIT,
      REFUSED,
    ],
    [
      '4.11 mapping inhibited one below',
      [{ ...cert(P1), inhibitMapping: 1 }, { ...cert(P1), mappings: [[P1, P2]] }, cert(P2)],
      EXPLICIT,
      P1,
    ],
    ['4.12 any inhibited by the user', [cert(ANY), cert(P1)], { ...EXPLICIT, inhibitAny: true }, REFUSED],
    ['4.12 any inhibited above', [{ ...cert(P1), inhibitAny: 0 }, cert(ANY)], EXPLICIT, REFUSED],
    [
      '4.12 any inhibited above, in a self-issued one',
      [{ ...cert(P1), inhibitAny: 0 }, { ...cert(ANY), selfIssued: true }, cert(P1)],
      EXPLICIT,
      P1,
    ],
  ])('%s', async (_name, plan, inputs, expected) => {
    const told = await outcome(plan, inputs);
    if (typeof expected === 'string') expect(told).toBe(expected);
    else expect(told).toMatch(expected);
  });

  describe('§4.2.1.4 qualifiers', () => {
    const policiesWith = (critical: boolean, qualifier: Uint8Array): ExtensionSpec => ({
      oid: EXTENSION_OID.certificatePolicies,
      critical,
      value: derSequence(derSequence(derOid(P1), derSequence(qualifier))),
    });
    const qualifier = (oid: string) => derSequence(derOid(oid), derIa5String('http://cps.example/'));

    test.each([
      ['a practice statement', qualifier('1.3.6.1.5.5.7.2.1'), 'ok', 'ok'],
      ['an unknown one', qualifier('1.2.3.4'), 'ok', 'UNKNOWN_CRITICAL_EXTENSION 1.2.3.4 @0'],
      ['a malformed one', derNull(), 'ok', 'UNKNOWN_CRITICAL_EXTENSION malformed @0'],
    ])('%s, not critical and critical', async (_name, bytes, uncritical, critical) => {
      for (const [flag, expected] of [[false, uncritical] as const, [true, critical] as const]) {
        const end = await issue({ issuer: root, extensions: [policiesWith(flag, bytes)] });
        expect(told(await validateChain([root, end]))).toBe(expected);
      }
    });
  });

  const policy = fc.constantFrom(...P.slice(0, 3));
  const count = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 3 });
  const certificate: fc.Arbitrary<PolicyCertificate> = fc.record({
    policies: fc.option(fc.uniqueArray(fc.constantFrom(...P.slice(0, 3), ANY), { minLength: 1 }), {
      nil: undefined,
      freq: 8,
    }),
    mappings: fc.array(fc.tuple(policy, policy), { maxLength: 3 }),
    selfIssued: fc.boolean(),
    requireExplicit: count,
    inhibitMapping: count,
    inhibitAny: count,
  });

  test('the graph says what the tree of RFC 5280 said, for any path and any inputs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(certificate, { minLength: 1, maxLength: 4 }),
        fc.record({
          accepted: fc.option(
            fc.uniqueArray(policy, { minLength: 1 }).map((list) => new Set(list)),
            {
              nil: undefined,
            },
          ),
          requireExplicit: fc.boolean(),
          inhibitMapping: fc.boolean(),
          inhibitAny: fc.boolean(),
        }),
        async (plan, inputs) => {
          // The end certificate maps nothing, and cannot be self-issued below the root and told apart from an authority.
          const path = plan.map((step, i) => (i === plan.length - 1 ? { ...step, mappings: [] } : step));
          const expected = policiesByTree(path, inputs);
          const verdict = await validateChain(await chainOf(path), {
            policies: inputs,
            waivedProfileRules: 'all',
          });
          expect(verdict.ok ? [...verdict.policies].sort() : told(verdict).replace(/ .*/, '')).toEqual(
            expected ? [...expected].sort() : 'POLICY_REFUSED',
          );
        },
      ),
      { numRuns: 250 },
    );
  });

  test('CVE-2023-0464: mappings that double a tree at every level cost the graph nothing', async () => {
    const doubled: PolicyCertificate = {
      ...cert(P1, P2),
      mappings: [
        [P1, P1],
        [P1, P2],
        [P2, P1],
        [P2, P2],
      ],
    };
    const keys = Array.from({ length: 31 }, (_, i) => signers[i % signers.length]!);
    const chain = [root];
    for (const [i, key] of keys.entries()) {
      const ca = i < keys.length - 1;
      const extensions = extensionsOf(ca ? doubled : cert(P1, P2));
      chain.push(await issue({ name: `Deep ${i}`, issuer: chain.at(-1)!, ca, key, extensions }));
    }
    const verdict = await validateChain(chain, { policies: EXPLICIT, limits: { intermediates: 40 } });
    expect(verdict.ok && [...verdict.policies].sort()).toEqual([P1, P2]);
  });
});
