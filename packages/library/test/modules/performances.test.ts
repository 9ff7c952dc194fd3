import { describe, expect, test } from 'vitest';
import { eventsFrom, NONE, recordType, usable } from '../../src/index.ts';
import { done, type Held, refusedWith, unborn } from './record.ts';

const BOARDS = ['general', 'transport', 'water'] as const;

describe('LIB-PERF performances', () => {
  const performance = recordType('performance-general');
  const normal: Held = {
    type: performance,
    state: 'normal',
    values: { projectName: '市民中心' },
    system: { projectId: 'project-1', useCount: 0 },
  };

  test('LIB-PERF-01 LIB-PERF-02 three boards, and nobody adds one', () => {
    for (const board of BOARDS) {
      const of = recordType(`performance-${board}`);
      expect(of.adding).toBeUndefined();
      expect(eventsFrom(of, NONE, 'primary')).toEqual([]);
      expect(eventsFrom(of, NONE, 'platform')).toEqual([]);
    }
    expect(refusedWith(unborn(performance), 'arise', { send: {} })).toEqual(['LIB_SETTER']);
  });

  test('LIB-PERF-03 the detail has project, people, contract and attachments', () => {
    expect(performance.sections.map(({ label }) => label.zh)).toEqual([
      '项目信息',
      '人员信息',
      '合同信息',
      '附件信息',
    ]);
  });

  test('LIB-PERF-04 LIB-PERF-05 LIB-PERF-06 only 正常 counts and is voided; the void record stays', () => {
    expect(usable(performance, 'normal')).toBe(true);
    expect(usable(performance, 'voided')).toBe(false);
    const voided = done(normal, 'void');
    expect(voided.state).toBe('voided');
    for (const event of ['void', 'count-use', 'delete']) {
      const attempt = () =>
        refusedWith(voided, event, { by: event === 'count-use' ? 'platform' : 'primary' });
      if (event === 'delete') expect(attempt).toThrow(expect.objectContaining({ code: 'LIB_EVENT' }));
      else expect(attempt()).toEqual(['LIB_STATE']);
    }
    expect(refusedWith(normal, 'void', { proof: [] })).toEqual(['proof LIB_REQUIRED']);
  });

  test('LIB-PERF-08 OD-22 each use that a platform returns adds one', () => {
    const twice = done(done(normal, 'count-use', { by: 'platform' }), 'count-use', { by: 'platform' });
    expect(twice).toMatchObject({ state: 'normal', system: { useCount: 2, projectId: 'project-1' } });
    expect(refusedWith(normal, 'count-use')).toEqual(['LIB_SETTER']);
  });

  test('F-PERF nothing of the snapshot can be edited', () => {
    expect(eventsFrom(performance, 'normal', 'primary').map(({ name }) => name)).toEqual(['void']);
  });
});
