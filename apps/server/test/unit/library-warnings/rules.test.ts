import { WarningKind } from '@hufu/contracts';
import { addDays, shanghaiInstant } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestMail } from '../../../src/features/warnings/domain/mails.ts';
import { linkOf, textOf, toneOf } from '../../../src/features/warnings/domain/messages.ts';
import { thresholdOf, watchedDays } from '../../../src/features/warnings/domain/thresholds.ts';
import type { Told } from '../../../src/features/warnings/face.ts';

const TODAY = '2026-11-21';
const now = shanghaiInstant(TODAY, '08:00:00');

describe('when people are told that a paper ends', () => {
  test.each([
    [-1, 'ended'],
    [0, 15],
    [15, 15],
    [16, 30],
    [30, 30],
    [31, 60],
    [60, 60],
    [61, undefined],
  ])('%i days before: %s', (days, threshold) => {
    expect(thresholdOf(TODAY, addDays(TODAY, days))).toBe(threshold);
  });

  test('every day that is watched has a threshold, and the next one has none', () => {
    const { from, to } = watchedDays(TODAY);
    fc.assert(
      fc.property(fc.integer({ min: -7, max: 60 }), (days) => {
        const day = addDays(TODAY, days);
        return day >= from && day <= to && thresholdOf(TODAY, day) !== undefined;
      }),
    );
    expect(thresholdOf(TODAY, addDays(to, 1))).toBeUndefined();
  });
});

const ALL: readonly Told[] = [
  { kind: 'RECORD_EXPIRES', facts: { type: 'certificate', id: 'r1', expiresOn: '2026-12-01' } },
  { kind: 'KEY_EXPIRES', facts: { keyId: 'k1', expiresOn: '2026-11-01' } },
  { kind: 'SYNC_FAILED', facts: { platform: 'hohhot', platformName: '呼和浩特交易平台' } },
  { kind: 'KEY_ACTIVATED', facts: { keyId: 'k1' } },
  { kind: 'CHANGED_BY_OTHER_KEY', facts: { type: 'certificate', id: 'r1', event: 'submit' } },
  {
    kind: 'RECORD_USED',
    facts: {
      type: 'award',
      id: 'r2',
      platform: 'hohhot',
      platformName: '呼和浩特交易平台',
      project: '某标段',
    },
  },
  {
    kind: 'PROJECT_ARRIVED',
    facts: { type: 'project-general', id: 'r3', platform: 'hohhot', platformName: '呼和浩特交易平台' },
  },
  { kind: 'SIGNING_TURN', facts: { task: 't1', sender: '内蒙古测试建设有限公司' } },
];

describe('what people are told', () => {
  test('every kind has its words in both languages, with what is meant by them', () => {
    expect(new Set(ALL.map(({ kind }) => kind))).toEqual(new Set(WarningKind.options));
    const zh = ALL.map((told) => textOf(told, { language: 'zh', now }));
    expect(zh).toMatchInlineSnapshot(`
      [
        "企业证书信息将于 2026-12-01 到期",
        "数字证书已于 2026-11-01 到期，请更新后在“权限管理”中变更",
        "信息未能同步到呼和浩特交易平台，系统将自动重试",
        "激活了一把新的CA锁；如非本单位操作，请立即在“权限管理”中作废",
        "非主锁操作：企业证书信息（提交）",
        "呼和浩特交易平台使用了一条企业获奖信息（某标段）",
        "呼和浩特交易平台推送的项目已进入企业项目信息",
        "内蒙古测试建设有限公司发起的文件待本单位签章",
      ]
    `);
    for (const told of ALL) {
      expect(textOf(told, { language: 'en', now })).toMatch(/^[\x20-\x7e一-鿿（）]+$/);
    }
  });

  test('urgency follows the time that is left; each leads to where it is dealt with', () => {
    const ends = (days: number): Told => ({
      kind: 'RECORD_EXPIRES',
      facts: { type: 'certificate', id: 'r1', expiresOn: addDays(TODAY, days) },
    });
    expect([60, 31, 30, 16, 15, 0, -1].map((days) => toneOf(ends(days), now))).toEqual([
      'info',
      'info',
      'warning',
      'warning',
      'urgent',
      'urgent',
      'urgent',
    ]);
    expect(ALL.map(linkOf)).toEqual([
      '/library/r/certificate/r1',
      '/library/keys',
      null,
      '/library/keys',
      '/library/r/certificate/r1',
      '/library/r/award/r2',
      '/library/r/project-general/r3',
      '/library/signing/t1',
    ]);
  });

  test('a type or an event that is no longer declared is named as it is', () => {
    const told: Told = { kind: 'CHANGED_BY_OTHER_KEY', facts: { type: 'gone', id: 'r', event: 'past' } };
    expect(textOf(told, { language: 'zh', now })).toBe('非主锁操作：gone（past）');
  });

  test('a digest counts equal lines, goes kind by kind, and is bounded', () => {
    const many = Array.from(
      { length: 30 },
      (_, at): Told => ({
        kind: 'RECORD_EXPIRES',
        facts: { type: 'certificate', id: `r${at}`, expiresOn: addDays(TODAY, at % 25) },
      }),
    );
    const { subject, text } = digestMail(
      { to: 'a@example.cn', warnings: [...many, ALL[2]!], url: 'https://library.example/library/home' },
      { language: 'zh', now },
    );
    expect(subject).toBe('主体信息库提醒：31 项');
    const lines = text.split('\n');
    expect(lines[0]).toBe('证照到期');
    expect(lines[1]).toMatch(/^· .*2026-11-21 到期 ×2$/);
    expect(lines).toContain('  另有 5 项');
    expect(lines).toContain('信息同步失败');
    expect(text).toContain('https://library.example/library/home');
  });
});
