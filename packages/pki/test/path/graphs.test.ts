import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basicConstraints, extendedKeyUsage } from '../../src/build/extensions.ts';
import { nodeSigner } from '../../src/node/index.ts';
import { validatePath } from '../../src/path/validate-path.ts';
import { createVerifiedSignatures } from '../../src/path/verified-signatures.ts';
import { EXTENDED_KEY_USAGE_OID } from '../../src/x509/oids.ts';
import { newPrivateKey } from '../support/keys.ts';
import { type Issued, type IssueOptions, issue, issueRoot, NOW, nameOf } from './support/authority.ts';
import { nameConstraints, unknownExtension } from './support/extensions.ts';
import { engine, storeOf } from './support/validate.ts';

/** What can be wrong with one cross certificate; each alone makes every path through it invalid. */
const FAULTS = {
  none: {},
  expired: { notAfter: NOW - 1000 },
  'not yet valid': { notBefore: NOW + 1000 },
  'not an authority': { extensions: [basicConstraints({ ca: false })] },
  'no keyCertSign': { usage: ['cRLSign'] },
  'for other purposes': { extensions: [extendedKeyUsage([EXTENDED_KEY_USAGE_OID.codeSigning])] },
  'not for these names': {
    extensions: [nameConstraints({ excluded: [{ kind: 'dn', name: nameOf('End') }] })],
  },
  'something critical': { extensions: [unknownExtension(true)] },
} as const satisfies Record<string, Partial<IssueOptions>>;

type Fault = keyof typeof FAULTS;

const SIZE = 5;
const ANCHOR = SIZE - 1;
const LAST_OUT = 0;
const roots = await Promise.all(
  Array.from({ length: SIZE }, (_, i) =>
    issueRoot({ name: `Node ${i}`, key: nodeSigner(newPrivateKey('p256')) }),
  ),
);
const end = await issue({ name: 'End', issuer: roots[LAST_OUT]! });

const crosses = new Map<string, Promise<Issued>>();

/** `subject` certified by `issuer`, with this fault. Made once. */
function cross(subject: number, issuer: number, fault: Fault): Promise<Issued> {
  const id = `${subject} ${issuer} ${fault}`;
  const known = crosses.get(id);
  if (known) return known;
  const { name, signer } = roots[subject]!;
  const made = issue({ subject: name, key: signer, issuer: roots[issuer]!, ca: true, ...FAULTS[fault] });
  crosses.set(id, made);
  return made;
}

type Edge = { readonly subject: number; readonly issuer: number; readonly fault: Fault };

/** Whether sound edges lead from the end certificate's issuer up to the anchor. */
function leadsUp(edges: readonly Edge[]): boolean {
  const reached = new Set([LAST_OUT]);
  for (let round = 0; round < SIZE; round++) {
    for (const { subject, issuer, fault } of edges) {
      if (fault === 'none' && reached.has(subject)) reached.add(issuer);
    }
  }
  return reached.has(ANCHOR);
}

describe('RFC 4158: path building over any graph of authorities', () => {
  const node = fc.integer({ min: 0, max: SIZE - 1 });
  const edge: fc.Arbitrary<Edge> = fc
    .record({
      subject: node,
      issuer: node,
      fault: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Fault>('none') },
        { weight: 4, arbitrary: fc.constantFrom(...(Object.keys(FAULTS) as Fault[])) },
      ),
    })
    .filter(({ subject, issuer }) => subject !== issuer);

  test('a path is found exactly when sound certificates lead to the anchor', async () => {
    const verified = createVerifiedSignatures(10_000);
    const seen = { found: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(edge, { maxLength: 16 }), async (edges) => {
        const known = await Promise.all(edges.map((e) => cross(e.subject, e.issuer, e.fault)));
        const verdict = await validatePath({
          certificate: end.certificate,
          store: storeOf([roots[ANCHOR]!], known),
          engine,
          time: NOW,
          extendedKeyUsage: EXTENDED_KEY_USAGE_OID.clientAuth,
          verified,
        });
        expect(verdict.ok).toBe(leadsUp(edges));
        seen[verdict.ok ? 'found' : 'refused']++;
      }),
      { numRuns: 400 },
    );
    // Both outcomes have to come up often for the property to say anything.
    expect(Math.min(seen.found, seen.refused)).toBeGreaterThan(40);
  });
});
