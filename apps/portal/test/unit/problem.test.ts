import { HUB_ERRORS } from '@hufu/contracts';
import { bridgeError } from '@hufu/keybridge-client';
import { describe, expect, test } from 'vitest';
import { isCode, localProblem, problemTitle, readProblem, toProblem } from '../../src/api/problem.ts';

describe('problems', () => {
  test('MSG-01 is shown word for word in Chinese, whatever title was sent', () => {
    const problem = readProblem(
      { type: 'x', title: 'changed on the way', status: 403, code: 'HUB_NOT_BOUND' },
      403,
    ).problem;
    expect(problemTitle(problem, 'zh')).toBe('该CA锁尚未绑定，请返回CA互认系统首页，进行绑定操作！');
    expect(problemTitle(problem, 'en')).toBe(HUB_ERRORS.HUB_NOT_BOUND.en);
  });

  test('a code that we do not know keeps the title that the server gave it', () => {
    const { problem } = readProblem(
      { type: 'x', title: '新的提示', status: 409, code: 'SOMETHING_NEW' },
      409,
    );
    expect(problemTitle(problem, 'zh')).toBe('新的提示');
  });

  test.each([
    [404, 'NOT_FOUND'],
    [413, 'REQUEST_TOO_LARGE'],
    [429, 'RATE_LIMITED'],
    [500, 'INTERNAL'],
    [502, 'UNAVAILABLE'],
    [503, 'UNAVAILABLE'],
  ])('an answer %i without a problem document becomes %s', (status, code) => {
    expect(readProblem('<html>', status).code).toBe(code);
  });

  test('MSG-06: a failure of the key bridge keeps its code and its fields', () => {
    const error = toProblem(bridgeError('BRIDGE_NOT_RUNNING', { port: 8709 }));
    expect(problemTitle(error.problem, 'zh')).toBe('初始化签名证书选择模式失败');
    expect(error.field('port')).toBe('8709');
  });

  test('anything else that was thrown is INTERNAL, and says nothing of itself', () => {
    const error = toProblem(new TypeError('secret detail'));
    expect(error.code).toBe('INTERNAL');
    expect(JSON.stringify(error.problem)).not.toContain('secret');
  });

  test('isCode tells codes apart, and never mistakes a plain error for one', () => {
    expect(isCode(localProblem('PORTAL_NETWORK'), 'PORTAL_NETWORK', 'OTHER')).toBe(true);
    expect(isCode(localProblem('PORTAL_NETWORK'), 'OTHER')).toBe(false);
    expect(isCode(new Error('PORTAL_NETWORK'), 'PORTAL_NETWORK')).toBe(false);
  });
});
