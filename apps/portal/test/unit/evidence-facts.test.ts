import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { FactValue } from '../../src/evidence/fact-value.tsx';
import { evidence } from '../../src/i18n/evidence.ts';
import { evidenceFacts } from '../../src/i18n/evidence-facts.ts';

const shown = (value: unknown) =>
  renderToStaticMarkup(createElement(FactValue, { value })).replaceAll(/<[^>]+>/g, ' ');

test('LIB-PROJ-21 public facts are told in words: members, states, yes and no, nothing', () => {
  const text = shown({ state: 'PLACED', roles: ['clerk'], codeProvedByCertificate: false, promoted: null });
  for (const word of ['状态', '已定位', '身份或岗位', '经办', '代码由证书证明', '否', '升为主锁的证书', '无'])
    expect(text).toContain(word);
  expect(text).not.toMatch(/state|PLACED|roles|clerk|promoted|null|false/);
});

test('what has no words yet is shown as it is, also under a name that objects have by themselves', () => {
  expect(shown({ toString: 'constructor', novel: 7 })).toMatch(/toString\s+constructor[\s\S]*novel\s+7/);
});

test('a label is never the code’s own name, in either language', () => {
  for (const [name, label] of Object.entries(evidenceFacts.zh))
    expect(label, name).toMatch(/\p{Script=Han}/u);
  for (const [name, label] of Object.entries(evidence.zh.values))
    expect(label, name).toMatch(/\p{Script=Han}/u);
  expect(Object.keys(evidenceFacts.en).sort()).toEqual(Object.keys(evidenceFacts.zh).sort());
});
