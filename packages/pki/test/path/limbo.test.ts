import { describe, expect, test } from 'vitest';
import { runCase } from './limbo/run-case.ts';
import { limboCases } from './limbo/vectors.ts';
import exceptions from './limbo-exceptions.json' with { type: 'json' };

const cases = limboCases();
const notApplicable = new Set(Object.values(exceptions.notApplicable).flat());

if (cases === undefined) {
  console.warn('x509-limbo vectors absent: set HUFU_VECTORS to the folder that holds x509-limbo.json');
  test.todo('x509-limbo: vectors absent, set HUFU_VECTORS');
} else {
  describe('C2SP x509-limbo', () => {
    test('has the cases that the exceptions speak of', () => {
      const known = new Set(cases.map(({ id }) => id));
      expect([...notApplicable].filter((id) => !known.has(id))).toEqual([]);
    });

    test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', async (id, testCase) => {
      const { accepted, why } = await runCase(testCase);
      const agrees = accepted === (testCase.expected_result === 'SUCCESS');
      // An exception that has come to agree has to be struck from the list.
      expect(agrees, why).toBe(!notApplicable.has(id));
    });
  });
}
