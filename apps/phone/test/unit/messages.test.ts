import { PhoneMessageKind } from '@hufu/contracts';
import { describe, expect, test } from 'vitest';
import { certificates } from '../../src/i18n/certificates.ts';
import { messages } from '../../src/i18n/messages.ts';
import { order } from '../../src/i18n/order.ts';
import { type FactWords, factReader } from '../../src/messages/message-facts.ts';
import { messageTarget } from '../../src/messages/message-target.ts';

const words: FactWords = {
  orderStates: order.zh.states,
  certificateStates: certificates.zh.states,
  scopes: [
    { id: 'gongyi', name: '巩义市公共资源交易中心' },
    { id: 'HUB', name: 'CA互认系统' },
  ],
  devices: [{ id: 'd1', name: '张三的手机' }],
  day: (instant) => instant.slice(0, 10),
  comma: '、',
};

const said = (kind: PhoneMessageKind, facts: Record<string, string | number | boolean>): string =>
  messages.zh.texts[kind](factReader({ kind, facts }, words));

describe('消息', () => {
  test('an order says how it stands and leads to itself', () => {
    const facts = { orderId: 'o1', reference: '标20261121-AAAA0001', kind: 'NEW', state: 'TO_PAY' };
    expect(said('ORDER', facts)).toBe('申请标20261121-AAAA0001：待支付');
    expect(messageTarget({ kind: 'ORDER', facts })).toEqual({ to: '/orders/$id', params: { id: 'o1' } });
  });

  test('OD-29: the reminder names the certificate and its days', () => {
    const facts = { certificateId: 'c1', serialNumber: '00AABBCCDDEEFF11', days: 7 };
    expect(said('CERTIFICATE_EXPIRES', facts)).toBe('证书…DDEEFF11还有7天到期，请及时续期。');
    expect(messageTarget({ kind: 'CERTIFICATE_EXPIRES', facts })).toEqual({
      to: '/certificates/$id',
      params: { id: 'c1' },
    });
  });

  test('MOB-050: a grant that ended names the platforms, not their codes', () => {
    expect(said('GRANT_REVOKED', { scopes: 'gongyi,HUB' })).toContain('巩义市公共资源交易中心、CA互认系统');
  });

  test('OD-32: who handed administration over learns whether it was accepted', () => {
    const facts = { enterprise: '某公司', person: '李四' };
    expect(said('TRANSFER_ANSWERED', { ...facts, accepted: true })).toContain('您现在是办事人员');
    expect(said('TRANSFER_ANSWERED', { ...facts, accepted: false })).toContain('您仍是管理员');
  });

  test('a device is named, also where only its id is known', () => {
    expect(said('DEVICE_FROZEN', { deviceId: 'x', deviceName: '旧手机' })).toContain('“旧手机”');
    expect(said('PIN_LOCKED', { deviceId: 'd1' })).toContain('“张三的手机”');
  });

  test('every kind has a word, a text and a page, in both languages', () => {
    for (const kind of PhoneMessageKind.options) {
      for (const texts of [messages.zh, messages.en]) {
        expect(texts.kinds[kind], kind).toBeTruthy();
        expect(
          texts.texts[kind](() => 'x'),
          kind,
        ).toBeTruthy();
      }
      expect(messageTarget({ kind, facts: {} }).to, kind).toMatch(/^\//);
    }
  });
});
