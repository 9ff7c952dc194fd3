import { ScanState } from '@hufu/contracts';
import { describe, expect, test } from 'vitest';
import { browserName, maskedAddress } from '../../../src/features/scan/domain/page-place.ts';
import { codeOf } from '../../../src/features/scan/domain/scan-code.ts';
import {
  ENDS,
  isOpen,
  SCAN_STATES,
  type ScanEvent,
  type ScanFacts,
} from '../../../src/features/scan/domain/scan-states.ts';
import { step } from '../../../src/infra/state-table.ts';

const EVENTS: readonly ScanEvent[] = [
  'scan',
  'scan-known-page',
  'enter-code',
  'enter-wrong-code',
  'close',
  'ask-vault',
  'confirm',
  'finish',
  'refuse',
  'cancel',
  'expire',
];
const FIRST: ScanFacts = { samePhone: true, confirmations: 0 };
const take = (state: ScanState, event: ScanEvent, facts: Partial<ScanFacts> = {}) =>
  step(SCAN_STATES, { state, event, facts: { ...FIRST, ...facts } });

describe('the states of a scan', () => {
  test('every state answers every event, by a step or by a coded no', () => {
    for (const state of ScanState.options) {
      for (const event of EVENTS) {
        const taken = take(state, event);
        if (taken.allowed) expect(ScanState.options).toContain(taken.next);
        else expect(taken.code).toMatch(/^SCAN_/);
      }
    }
  });

  test('DONE is reached from CONFIRMED alone, and CONFIRMED from where the code was typed', () => {
    const from = (event: ScanEvent, to: ScanState) =>
      ScanState.options.filter((state) => {
        const taken = take(state, event);
        return taken.allowed && taken.next === to && state !== to;
      });
    expect(from('finish', 'DONE')).toEqual(['CONFIRMED']);
    expect(from('confirm', 'CONFIRMED')).toEqual(['READY']);
    expect(from('enter-code', 'READY')).toEqual(['SCANNED']);
    expect(EVENTS.filter((event) => from(event, 'DONE').length > 0)).toEqual(['finish']);
  });

  test('what has ended stays ended, and says how', () => {
    for (const state of ScanState.options.filter((one) => !isOpen(one) && one !== 'DONE')) {
      for (const event of EVENTS) {
        const taken = take(state, event);
        if (taken.allowed) expect([event, taken.next]).toEqual([event, state]);
        else expect(taken.code).toBe(ENDS[state]);
      }
    }
  });

  test('a second phone changes nothing', () => {
    for (const state of ['SCANNED', 'READY', 'CONFIRMED', 'DONE'] as const) {
      expect(take(state, 'scan', { samePhone: false })).toEqual({ allowed: false, code: 'SCAN_TAKEN' });
    }
  });

  test('the vault is asked five times for one scan, and not before the code is typed', () => {
    expect(take('SCANNED', 'ask-vault')).toEqual({ allowed: false, code: 'SCAN_CODE_PENDING' });
    expect(take('READY', 'ask-vault', { confirmations: 4 }).allowed).toBe(true);
    expect(take('CONFIRMED', 'ask-vault', { confirmations: 5 })).toEqual({
      allowed: false,
      code: 'SCAN_TOO_MANY_TRIES',
    });
  });
});

describe('where a page is open', () => {
  test('the last part of an address is left out', () => {
    expect(maskedAddress('203.0.113.77')).toBe('203.0.113.*');
    expect(maskedAddress('::ffff:203.0.113.77')).toBe('203.0.113.*');
    expect(maskedAddress('2001:db8:12:34::1')).toBe('2001:db8:12::*');
    expect(maskedAddress('::1')).toBe('::*');
  });

  test('nothing of a browser’s own words is shown', () => {
    const chrome =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
    expect(browserName(chrome)).toBe('Chrome · Windows');
    expect(browserName(`${chrome} Edg/140.0`)).toBe('Edge · Windows');
    expect(browserName('<b>银行客服</b>')).toBe('');
    expect(browserName(undefined)).toBe('');
  });
});

test('the code of a scan is four digits, its own, and drawn under a key', () => {
  const cipher = (key: string) => ({
    index: (text: string) => Buffer.from(`${key}${text}`.padEnd(32, '.')).toString('base64url'),
  });
  expect(codeOf(cipher('a'), 'x1')).toMatch(/^\d{4}$/);
  expect(codeOf(cipher('a'), 'x1')).toBe(codeOf(cipher('a'), 'x1'));
  expect(codeOf(cipher('a'), 'x1')).not.toBe(codeOf(cipher('b'), 'x1'));
});
