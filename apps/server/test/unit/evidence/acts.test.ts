import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { STATEMENT_NAMES } from '@hufu/contracts/statement-types';
import { expect, test } from 'vitest';
import { entityOf, isLasting, subjectOf } from '../../../src/features/evidence/domain/acts.ts';

const FEATURES = fileURLToPath(new URL('../../../src/features', import.meta.url));

/** They change nothing that lasts: sign-ins, looks, steps of a login, drafts. */
const AUDITED_ONLY = [
  'binding.repeat',
  'desk.login',
  'desk.logout',
  'exchange.look-up',
  'exchange.retry-push',
  'key.look',
  'library.choose-identity',
  'library.end-session',
  'library.login',
  'library.logout',
  'library.read-for-registration',
  'interaction.abort',
  'interaction.authorise',
  'interaction.confirm',
  'interaction.open',
  'oidc.authorise',
  'phone.login',
  'phone.logout',
  'phone.verify-again',
  'platform.authorise',
  'platform.confirm',
  'platform.enter',
  'session.login',
  'session.logout',
  'warning.prefer',
];

function actionsIn(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const file = path.join(folder, one.name);
    if (one.isDirectory()) return actionsIn(file);
    const text = fs.readFileSync(file, 'utf8');
    return [...text.matchAll(/\baction: '([a-z]+\.[a-z-]+)'/g)].map((match) => match[1]!);
  });
}

test('of every act that is audited it was decided whether it becomes evidence', () => {
  const decided = new Set([...Object.keys(STATEMENT_NAMES), ...AUDITED_ONLY]);
  expect(actionsIn(FEATURES).filter((action) => !decided.has(action))).toEqual([]);
  expect(AUDITED_ONLY.filter(isLasting)).toEqual([]);
});

test('every act has words in both languages', () => {
  for (const [action, { zh, en }] of Object.entries(STATEMENT_NAMES)) {
    expect(zh, action).toMatch(/\p{Script=Han}/u);
    expect(en, action).toMatch(/^[A-Z]/);
  }
});

test('PLAT-003: enterprises do not wait for each other at a platform; the record is theirs', () => {
  const entry = {
    actor: { kind: 'entity', id: 'e1' },
    action: 'platform.activate',
    subject: { kind: 'platform', id: 'hohhot' },
  } as const;
  expect(subjectOf(entry)).toEqual({ kind: 'activation', id: 'e1:hohhot' });
  expect(entityOf(entry)).toBe('e1');
});

test('a record belongs to whom it concerns, whoever acted', () => {
  const system = { actor: { kind: 'system' }, action: 'certificate.unbind' } as const;
  expect(entityOf({ ...system, entity: 'e2' })).toBe('e2');
  expect(entityOf({ ...system, subject: { kind: 'enterprise', id: 'e3' } })).toBe('e3');
  expect(entityOf({ ...system, subject: { kind: 'certificate', id: 'c1' } })).toBeUndefined();
});
