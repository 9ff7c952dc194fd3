import { describe, expect, test } from 'vitest';
import {
  type Filing,
  type FilingEvent,
  mayBid,
  newFiling,
  nextFiling,
  unitPageLabels,
} from '../../src/filing.ts';

const form = { contact: '乌兰', phone: '13800000000', scope: '房建' };
const submit: FilingEvent = { kind: 'submit', form };
const approve: FilingEvent = { kind: 'approve' };
const reject: FilingEvent = { kind: 'reject', reason: '材料不全' };

function run(...events: readonly FilingEvent[]): Filing | undefined {
  return events.reduce<Filing | undefined>((filing, event) => filing && nextFiling(filing, event), newFiling);
}

describe('SM-PLAT local filing', () => {
  test('PLAT-021 no bidding before an approval', () => {
    expect(mayBid(newFiling)).toBe(false);
    expect(mayBid(run(submit) as Filing)).toBe(false);
    expect(mayBid(run(submit, reject) as Filing)).toBe(false);
    expect(mayBid(run(submit, approve) as Filing)).toBe(true);
  });

  test('PLAT-023 a change is effective only after approval; the old values stand meanwhile', () => {
    const changed = run(submit, approve, { kind: 'submit', form: { ...form, scope: '市政' } }) as Filing;
    expect(changed.state).toBe('UNDER_REVIEW');
    expect(changed.effective?.scope).toBe('房建');
    expect(nextFiling(changed, approve)?.effective?.scope).toBe('市政');
    expect(nextFiling(changed, reject)?.effective?.scope).toBe('房建');
  });

  test('PLAT-020 a rejected filing can be corrected and sent again', () => {
    expect(run(submit, reject, submit)?.state).toBe('UNDER_REVIEW');
    expect(run(submit, reject, submit)?.rejectReason).toBeUndefined();
  });

  test.each<[string, readonly FilingEvent[]]>([
    ['approving what was not submitted', [approve]],
    ['rejecting what was not submitted', [reject]],
    ['submitting twice', [submit, submit]],
    ['approving twice', [submit, approve, approve]],
  ])('SM-PLAT refuses %s', (_what, events) => {
    expect(run(...events)).toBeUndefined();
  });

  test('PLAT-010 the enterprise page is named after the role', () => {
    expect(unitPageLabels(['BIDDER', 'AGENCY', 'TENDEREE'])).toEqual([
      '单位信息',
      '代理机构信息',
      '交易甲方信息',
    ]);
  });
});
