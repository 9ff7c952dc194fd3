import { toHex } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildPolicy,
  type LogPolicy,
  noteKey,
  parsePolicy,
  policyDigests,
  sigsumPolicy,
  sshSubmitterKeys,
} from '../src/index.ts';
import { LOG, POLICY, SUBMITTER, WITNESSES } from './support/log.ts';

const text = buildPolicy(POLICY);

describe('a policy', () => {
  test('reads back, and is the same text for the same policy', () => {
    expect(parsePolicy(text)).toEqual(POLICY);
    expect(buildPolicy(parsePolicy(text))).toBe(text);
  });

  test('names the head that a retired log ended with', () => {
    const [one] = POLICY.logs;
    const retired = {
      ...POLICY,
      logs: [{ ...one!, final: { size: 600, root: new Uint8Array(32).fill(7) } }],
    };
    const written = buildPolicy(retired);
    expect(parsePolicy(written)).toEqual(retired);
    for (const [from, to] of [
      ['"size": 600', '"size": 0'],
      ['"size": 600', '"size": 600, "more": 1'],
      ['"final"', '"finel"'],
      [/"root": ".*"/, '"root": "AAAA"'],
    ] as const)
      expect(() => parsePolicy(written.replace(from, to))).toThrow('LEDGER_POLICY');
  });

  test('has the digests of its file', () => {
    expect(toHex(policyDigests('abc').sha256)).toMatch(/^ba7816bf/);
    expect(toHex(policyDigests('abc').sm3)).toMatch(/^66c7f0f4/);
  });

  const [log] = POLICY.logs as [LogPolicy['logs'][number]];
  const [witness] = POLICY.witnesses as [LogPolicy['witnesses'][number]];
  const renamed = { ...witness, key: noteKey('cosignature', 'other.test', witness.key.publicKey) };
  test.each<[string, Partial<LogPolicy>]>([
    ['no log', { logs: [] }],
    ['a quorum above its witnesses', { quorum: 3 }],
    ['a quorum below nothing', { quorum: -1 }],
    ['half a quorum', { quorum: 1.5 }],
    ['one witness under two names', { witnesses: [witness, renamed] }],
    ['a witness’s key that is no cosigner’s', { witnesses: [{ ...witness, key: log.key }], quorum: 1 }],
    [
      'a log under a name that is not its key’s',
      { logs: [{ key: noteKey('ed25519', 'a', LOG.publicKey), sm2: undefined }] },
    ],
    ['an SM2 key of another log', { logs: [{ ...log, sm2: noteKey('sm2', 'a/sm2', log.sm2!.publicKey) }] }],
    ['the same log twice', { logs: [log, log] }],
    ['a submitter’s key that is too short', { submitters: [{ name: 'a', publicKey: new Uint8Array(31) }] }],
    ['a publisher without a name', { publisher: '' }],
    ['a name with a line break', { publisher: 'a\nb' }],
    ['a contract in capitals', { chains: [{ chainId: 1, name: 'a', contract: `0x${'AB'.repeat(20)}` }] }],
    ['chain 0', { chains: [{ chainId: 0, name: 'a', contract: `0x${'ab'.repeat(20)}` }] }],
  ])('with %s is refused, in writing and in reading', (_, change) => {
    expect(() => buildPolicy({ ...POLICY, ...change })).toThrow('LEDGER_POLICY');
  });

  test('with a member that is unknown, missing or of another version is refused', () => {
    expect(() => parsePolicy(text.replace('"quorum"', '"quorun"'))).toThrow('LEDGER_POLICY');
    expect(() => parsePolicy(text.replace('{', '{"more": 1,'))).toThrow('LEDGER_POLICY');
    expect(() => parsePolicy(text.replace('policy/v1', 'policy/v2'))).toThrow('LEDGER_POLICY');
    expect(() =>
      parsePolicy(text.replace(toHex(SUBMITTER.publicKey), toHex(SUBMITTER.publicKey).toUpperCase())),
    ).toThrow('LEDGER_POLICY');
  });

  test('garbage is refused by its code', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (garbage) => {
        expect(() => parsePolicy(garbage)).toThrow('LEDGER_POLICY');
      }),
    );
    expect(() => parsePolicy(`${text}${' '.repeat(600_000)}`)).toThrow('LEDGER_POLICY');
  });
});

describe('a policy for the Sigsum tools', () => {
  test('names the log, the witnesses and the quorum', () => {
    const [first, second] = WITNESSES.map(({ signer }) => toHex(signer.publicKey));
    expect(sigsumPolicy(POLICY).split('\n')).toEqual([
      `log ${toHex(LOG.publicKey)}`,
      `witness w1 ${first}`,
      `witness w2 ${second}`,
      'group confirmed 2 w1 w2',
      'quorum confirmed',
      '',
    ]);
    expect(sigsumPolicy({ ...POLICY, witnesses: [], quorum: 0 })).toContain('quorum none');
  });

  test('the submitters’ keys are OpenSSH’s', () => {
    expect(sshSubmitterKeys(POLICY)).toMatch(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}\n$/);
  });
});
