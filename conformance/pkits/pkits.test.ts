import { expect, test } from 'vitest';
import { runPkits } from './suite.ts';

const folder = process.env['HUFU_PKITS'];

if (folder === undefined) {
  console.warn('PKITS absent: set HUFU_PKITS to the folder that holds its certs and crls');
  test.todo('NIST PKITS: data absent, set HUFU_PKITS');
} else {
  test('NIST PKITS: every run has the result that its document gives', async () => {
    const results = await runPkits(folder);
    expect(results).toHaveLength(247);
    const wrong = results.filter(({ run, accepted }) => accepted !== run.valid);
    expect(wrong).toEqual([]);
  });
}
