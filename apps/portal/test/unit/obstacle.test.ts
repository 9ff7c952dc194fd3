import { describe, expect, test } from 'vitest';
import { localProblem } from '../../src/api/problem.ts';
import { type GatePlace, obstacleIn } from '../../src/keybridge/obstacle.ts';

const said = (place: GatePlace, at: 'absent' | 'empty' | 'outdated' | 'failed' | 'blocked', code: string) =>
  obstacleIn(place, { at, error: localProblem(code) }).problem.title;

const NONE = '请确认插入CA锁并安装驱动';
const NOT_READ = '请插入CA锁，确保CA数字证书已和电脑相连，并已正确安装对应的驱动程序';
const NO_SERIAL = '获取证书序列号失败';

describe('what stands between a page and a key, in the words of the manual', () => {
  test('LIB-LOGIN-06 AST-017 at the doors of the library a missing key and a missing driver are one message', () => {
    expect(said('library', 'absent', 'BRIDGE_NOT_RUNNING')).toBe(NONE);
    expect(said('library', 'empty', 'TOKEN_ABSENT')).toBe(NONE);
    expect(said('library', 'empty', 'TOKEN_NO_CERTIFICATE')).toBe(NONE);
  });

  test('KEY-006 MSG-13 「读取CA信息」 that gets no certificate has a message of its own', () => {
    expect(said('reading', 'absent', 'BRIDGE_NOT_RUNNING')).toBe(NOT_READ);
    expect(said('reading', 'empty', 'TOKEN_ABSENT')).toBe(NOT_READ);
    expect(said('reading', 'empty', 'TOKEN_NO_CERTIFICATE')).toBe(NOT_READ);
  });

  test('LIB-LOGIN-10 AST-016 MSG-16 a driver that is not ours, and one that does not read the key', () => {
    for (const place of ['library', 'reading'] as const) {
      expect(said(place, 'outdated', 'BRIDGE_VERSION')).toBe(NO_SERIAL);
      expect(said(place, 'failed', 'TOKEN_FAULT')).toBe(NO_SERIAL);
    }
    expect(said('library', 'failed', 'BRIDGE_BUSY')).toBe('证书助手正在处理其他请求，请稍后重试');
    expect(said('library', 'blocked', 'BRIDGE_BLOCKED_BY_BROWSER')).toMatch(/^浏览器阻止了本页/);
  });

  test('HUB-055 the hub keeps its own', () => {
    expect(said('hub', 'absent', 'BRIDGE_NOT_RUNNING')).toBe('初始化签名证书选择模式失败');
    expect(said('hub', 'empty', 'TOKEN_ABSENT')).toBe(NONE);
    expect(said('hub', 'outdated', 'BRIDGE_VERSION')).toMatch(/^证书助手版本过低/);
  });
});
