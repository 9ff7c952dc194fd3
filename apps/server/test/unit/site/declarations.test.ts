import path from 'node:path';
import { RaSubmission } from '@hufu/contracts';
import { expect, test } from 'vitest';
import { readLetterTemplate } from '../../../src/features/entities/index.ts';
import { readCounterRules } from '../../../src/features/ra/counter-rules.ts';

const DATA = path.join(import.meta.dirname, '../../../data');

test('GEN-013 who applies and who registers declares that all is true, and answers for it', () => {
  const letter = readLetterTemplate(path.join(DATA, 'library', 'commitment-letter.json'));
  const promised = letter.paragraphs.join('');
  expect(promised).toMatch(/上传的证照和材料真实、准确、完整、有效/);
  expect(promised).toMatch(/依法承担相应的法律责任/);

  const { declaration } = readCounterRules(path.join(DATA, 'ra', 'counter.json'));
  expect(declaration[0]).toMatch(/上传材料真实、准确.*责任由申请人承担/);
  const submission = { version: 1, declared: true };
  expect(RaSubmission.safeParse(submission).success).toBe(true);
  for (const declared of [false, undefined])
    expect(RaSubmission.safeParse({ ...submission, declared }).success).toBe(false);
});
