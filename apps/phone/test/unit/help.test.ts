import { expect, test } from 'vitest';
import { FAQ } from '../../src/help/faq.ts';
import { findFaq } from '../../src/help/find-faq.ts';

test('MOB-004: the materials of the manual are named in the help', () => {
  const [first] = findFaq(FAQ, { text: '准备 材料', language: 'zh' });
  for (const material of ['营业执照图片', '法人身份证信息', '公章', '法人章', '企业申请书', '个人申请书']) {
    expect(first?.answer.zh).toContain(material);
  }
});

test('a search finds by words, question before answer, in the reader’s language', () => {
  expect(findFaq(FAQ, { text: '', language: 'zh' })).toHaveLength(FAQ.length);
  expect(findFaq(FAQ, { text: 'ＰＩＮ', language: 'zh' })[0]?.question.zh).toBe('忘记PIN码怎么办？');
  expect(findFaq(FAQ, { text: 'lost', language: 'en' })[0]?.question.en).toMatch(/lost/);
  expect(findFaq(FAQ, { text: 'xyzzy', language: 'en' })).toEqual([]);
});
