import { describe, expect, test } from 'vitest';
import { basicConstraints } from '../../src/build/extensions.ts';
import { EXTENSION_OID } from '../../src/x509/oids.ts';
import { type Issued, issue, issueRoot } from './support/authority.ts';
import { told, validateChain } from './support/validate.ts';

/** One authority per letter pair: a path length or `-` for none, `s` behind it for self-issued. */
type Plan = readonly string[];

async function build(rootLength: string, plan: Plan, end: 'end' | 'ca-end'): Promise<Issued[]> {
  const length = (text: string) => (text.startsWith('-') ? {} : { pathLength: Number.parseInt(text, 10) });
  const chain = [await issueRoot(length(rootLength))];
  for (const [i, step] of plan.entries()) {
    const issuer = chain.at(-1)!;
    const subject = step.endsWith('s') ? { subject: issuer.name } : { name: `Authority ${i}` };
    chain.push(await issue({ ...subject, issuer, ca: true, ...length(step) }));
  }
  chain.push(await issue({ issuer: chain.at(-1)!, ca: end === 'ca-end' }));
  return chain;
}

describe('RFC 5280 §6.1.4(l), (m): path length, as PKITS 4.6.5 to 4.6.17 sets it', () => {
  test.each<[string, Plan, 'end' | 'ca-end', string]>([
    ['-', ['0'], 'end', 'ok'],
    ['-', ['0'], 'ca-end', 'ok'],
    ['-', ['0', '-'], 'end', 'PATH_LENGTH_EXCEEDED @1'],
    ['-', ['0', '-'], 'ca-end', 'PATH_LENGTH_EXCEEDED @1'],
    ['0', [], 'end', 'ok'],
    ['0', ['-'], 'end', 'PATH_LENGTH_EXCEEDED @1'],
    ['-', ['6', '0', '-'], 'end', 'PATH_LENGTH_EXCEEDED @1'],
    ['-', ['6', '1', '1', '-'], 'end', 'PATH_LENGTH_EXCEEDED @1'],
    ['-', ['6', '4', '1', '-'], 'end', 'ok'],
    ['-', ['1', '6', '-'], 'end', 'PATH_LENGTH_EXCEEDED @1'],
    ['-', ['0', '0s'], 'end', 'ok'],
    ['-', ['0', '-s', '-'], 'end', 'PATH_LENGTH_EXCEEDED @1'],
    ['-', ['1', '-s', '-', '-s'], 'end', 'ok'],
  ])('root %s, authorities %j, %s: %s', async (root, plan, end, expected) => {
    expect(told(await validateChain(await build(root, plan, end)))).toBe(expected);
  });
});

describe('RFC 5280 §6.1.4(k): only authorities issue, as PKITS 4.6.1 to 4.6.4 sets it', () => {
  test.each([
    ['no basic constraints', { without: [EXTENSION_OID.basicConstraints] }],
    ['cA FALSE, critical', { extensions: [{ ...basicConstraints({ ca: false }), critical: true }] }],
    ['cA FALSE, not critical', { extensions: [basicConstraints({ ca: false })] }],
  ])('%s', async (_name, options) => {
    const root = await issueRoot();
    const authority = await issue({ name: 'Authority', issuer: root, ca: true, ...options });
    const end = await issue({ issuer: authority });
    const verdict = await validateChain([root, authority, end], { waivedProfileRules: 'all' });
    expect(told(verdict)).toBe('NOT_A_CA @1');
  });

  test('a person cannot issue for another', async () => {
    const root = await issueRoot();
    const person = await issue({ name: 'Person', issuer: root });
    const end = await issue({ issuer: person });
    expect((await validateChain([root, person, end])).ok).toBe(false);
    expect(told(await validateChain([root, person, end], { waivedProfileRules: 'all' }))).toBe('NOT_A_CA @1');
  });

  test('basic constraints that are not critical count, when that demand is waived', async () => {
    const root = await issueRoot();
    const extensions = [{ ...basicConstraints({ ca: true }), critical: false }];
    const authority = await issue({ name: 'Authority', issuer: root, ca: true, extensions });
    const chain = [root, authority, await issue({ issuer: authority })];
    expect(told(await validateChain(chain))).toBe('PROFILE_VIOLATED basic-constraints-critical @1');
    const waivedProfileRules = new Set(['basic-constraints-critical'] as const);
    expect(told(await validateChain(chain, { waivedProfileRules }))).toBe('ok');
  });
});
