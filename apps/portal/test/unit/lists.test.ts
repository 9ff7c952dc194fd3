import type { Target } from '@hufu/contracts';
import { describe, expect, test } from 'vitest';
import { auditFilter } from '../../src/desk/audit/audit-query.ts';
import { derOfPem } from '../../src/desk/authorities/pem.ts';
import { arrangeTargets } from '../../src/hub/platforms/arrange-targets.ts';
import { checkUnbind, EMPTY_UNBIND, fileFault, MOST_BYTES } from '../../src/hub/unbind/unbind-values.ts';
import { findFaq } from '../../src/info/find-faq.ts';

const target = (code: string, change: Partial<Target> = {}): Target => ({
  code,
  name: `${code}市交易中心`,
  nameEn: `${code} centre`,
  group: 'WEST',
  joined: true,
  suspended: false,
  homeUrl: null,
  supportPhone: '400-998-0000',
  subsystems: [],
  reachable: true,
  activatedAt: null,
  lastLoginAt: null,
  ...change,
});

describe('HUB-060 the chooser', () => {
  const targets = [
    target('closed', { reachable: false, joined: false }),
    target('west'),
    target('east', { group: 'EAST', lastLoginAt: '2026-11-01T00:00:00Z' }),
    target('library', { group: 'LIBRARY', lastLoginAt: '2026-11-19T00:00:00Z' }),
    target('gone', { lastLoginAt: '2026-11-20T00:00:00Z', suspended: true, reachable: false }),
  ];

  test('recently used platforms come first, the latest on top; one that cannot be entered is not among them', () => {
    const [recent] = arrangeTargets(targets, '');
    expect(recent?.id).toBe('RECENT');
    expect(recent?.targets.map(({ code }) => code)).toEqual(['library', 'east']);
  });

  test('every platform stands exactly once, and what cannot be entered stands last', () => {
    const sections = arrangeTargets(targets, '');
    const all = sections.flatMap((section) => section.targets.map(({ code }) => code));
    expect([...all].sort()).toEqual(['closed', 'east', 'gone', 'library', 'west']);
    const west = sections.find(({ id }) => id === 'WEST');
    expect(west?.targets[0]?.code).toBe('west');
  });

  test('search needs every word, in Chinese, English or full width', () => {
    const codes = (q: string) =>
      arrangeTargets(targets, q).flatMap((one) => one.targets.map(({ code }) => code));
    expect(codes('ＷＥＳＴ 市')).toEqual(['west']);
    expect(codes('west library')).toEqual([]);
  });
});

describe('F-UNBIND', () => {
  const complete = {
    ...EMPTY_UNBIND,
    unitName: '内蒙古草原建设工程有限公司',
    uscc: '91150102ma0n00016g',
    applicantEmail: 'a@example.cn',
    nameChangeFinished: 'true',
    licenceSealedOrColour: true,
  } as const;

  test('a complete application passes, with its code normalised and no empty serial', () => {
    const checked = checkUnbind(complete);
    expect(checked.data).toMatchObject({ uscc: '91150102MA0N00016G' });
    expect(checked.data).not.toHaveProperty('certSerial');
  });

  test.each([
    ['a wrong check digit (MSG-29)', { uscc: '91150102MA0N00016H' }],
    ['no confirmation of the licence (HUB-103)', { licenceSealedOrColour: false }],
    ['no word on a change of name (HUB-108)', { nameChangeFinished: '' as const }],
    ['no address for the result (HUB-107)', { applicantEmail: 'nobody' }],
  ])('refused: %s', (_what, change) => {
    expect(checkUnbind({ ...complete, ...change }).success).toBe(false);
  });

  test('HUB-101 both scans are needed; OD-37 at most 20 MB, PDF, JPG or PNG', () => {
    const file = (name: string, size: number) => ({ name, size }) as File;
    expect(fileFault(undefined)).toBe('fileMissing');
    expect(fileFault(file('licence.PDF', MOST_BYTES))).toBeUndefined();
    expect(fileFault(file('licence.pdf', MOST_BYTES + 1))).toBe('fileTooLarge');
    expect(fileFault(file('licence.pdf.exe', 10))).toBe('fileType');
  });
});

test('HUB-123 help finds entries by every word, those with the words in the question first', () => {
  const entry = (id: string, question: string, answer: string) => ({
    id,
    question,
    answer,
    questionEn: id,
    answerEn: id,
    links: [],
  });
  const entries = [
    entry('a', '密码忘记怎么办', '联系CA机构'),
    entry('b', 'CA锁遗失', '密码无需提供'),
    entry('c', '其他', '其他'),
  ];
  expect(findFaq(entries, { q: '密码', language: 'zh' }).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(findFaq(entries, { q: '密码 CA锁', language: 'zh' }).map(({ id }) => id)).toEqual(['b']);
});

test('GEN-010 the audit filter covers whole days of Asia/Shanghai, the last one included', () => {
  expect(auditFilter({ from: '2026-11-20', to: '2026-11-20', q: 'x' })).toEqual({
    q: 'x',
    from: '2026-11-20T00:00:00.000+08:00',
    to: '2026-11-20T23:59:59.999+08:00',
  });
});

test('certificates pasted as PEM come out one by one; a key or plain text does not', () => {
  const pem = (body: string) => `-----BEGIN CERTIFICATE-----\r\n${body}\r\n-----END CERTIFICATE-----\n`;
  expect(derOfPem(`root\n${pem('QUJD\nREVG')}${pem('R0hJ')}`)).toEqual(['QUJDREVG', 'R0hJ']);
  expect(derOfPem('-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----')).toEqual([]);
  expect(derOfPem('QUJD')).toEqual([]);
});
