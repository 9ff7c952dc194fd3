import { statementName } from '@hufu/contracts/statement-types';
import { describe, expect, test } from 'vitest';
import { readStamp, stampCall } from '../../src/chain/contract-call.ts';
import { readArguments } from '../../src/cli/arguments.ts';
import { asText } from '../../src/cli/as-text.ts';
import { moment } from '../../src/report/moment.ts';
import { plainText } from '../../src/report/plain-text.ts';

describe('the command', () => {
  test('takes a bundle and a policy, with or without its name before them', () => {
    const expected = { bundle: 'b.json', policy: 'p.json', rpc: undefined, json: false, language: 'zh' };
    expect(readArguments(['verify', 'b.json', '--policy', 'p.json'])).toMatchObject(expected);
    expect(readArguments(['b.json', '--policy', 'p.json'])).toMatchObject(expected);
    const rpc = readArguments(['b.json', '--policy', 'p.json', '--rpc', 'http://127.0.0.1:8545'])?.rpc;
    expect(rpc?.href).toBe('http://127.0.0.1:8545/');
  });

  test.each([
    [[]],
    [['b.json']],
    [['--policy', 'p.json']],
    [['b.json', 'c.json', '--policy', 'p.json']],
    [['b.json', '--policy', 'p.json', '--unknown']],
    [['b.json', '--policy', 'p.json', '--lang', 'fr']],
    [['b.json', '--policy', 'p.json', '--rpc', 'nowhere']],
    [['b.json', '--policy', 'p.json', '--rpc', 'file:///etc/passwd']],
  ])('refuses %j', (args) => {
    expect(readArguments(args)).toBeUndefined();
  });
});

describe('a report', () => {
  test('names what happened, and shows a type that it does not know as it is', () => {
    expect(statementName('binding.create').zh).toBe('绑定企业与证书');
    for (const type of ['bidding.opened', 'constructor', 'tostring'])
      expect(statementName(type)).toEqual({ zh: type, en: type });
  });

  test('shows nothing that acts on a terminal or turns letters round', () => {
    expect(plainText('\u001b[2Ja\u202eb\u0007')).toBe('\ufffd[2Ja\ufffdb\ufffd');
    expect(plainText('某法院 2026')).toBe('某法院 2026');
  });

  test('gives moments in Shanghai’s time, with the offset', () => {
    expect(moment(Date.UTC(2026, 11, 31, 20, 5, 6))).toBe('2027-01-01 04:05:06 (UTC+8)');
  });

  test('has a mark for every state', () => {
    const words = { zh: '字', en: 'word' };
    const lines = (['valid', 'invalid', 'indeterminate', 'absent'] as const).map((state) => ({
      label: words,
      value: state,
      state,
    }));
    const report = {
      outcome: 'invalid',
      headline: words,
      summary: words,
      sections: [{ title: words, lines }],
    } as const;
    expect(asText(report, 'en').split('\n').slice(0, 8)).toEqual([
      '✗ word',
      'word',
      '',
      'word',
      '  ✓ word: valid',
      '  ✗ word: invalid',
      '  ? word: indeterminate',
      '  · word: absent',
    ]);
  });
});

describe('what the contract answers', () => {
  const word = (value: string) => value.padStart(64, '0');
  const stamp = ['11'.repeat(32), '22'.repeat(32), word('2a'), word('0'), word('ab'.repeat(20))].join('');

  test('is read as the contract’s Stamp', () => {
    expect(readStamp(`0x${stamp}`)).toMatchObject({ blockNumber: 42, root: new Uint8Array(32).fill(0x11) });
  });

  test.each(['0x', '', stamp, `0x${stamp}00`, `0x${stamp.slice(2)}`, `0x${'g'.repeat(320)}`])(
    '%j is none',
    (answer) => {
      expect(readStamp(answer)).toBeUndefined();
    },
  );

  test('the question names the log by the digest of its origin, and the size', () => {
    const call = stampCall('abc', 300);
    expect(call).toHaveLength(2 + 8 + 128);
    expect(call.slice(10, 26)).toBe('ba7816bf8f01cfea');
    expect(call.endsWith(word('12c'))).toBe(true);
  });
});
