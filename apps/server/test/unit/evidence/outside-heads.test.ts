import { CodedError } from '@hufu/kernel';
import { expect, test } from 'vitest';
import { outsideHeads } from '../../../src/features/evidence/sequencer/outside-heads.ts';

const HEAD = { size: 7, root: new Uint8Array(32).fill(1) };

test('a chain that cannot be asked hinders no start, and is told of until it answers again', async () => {
  const told: string[] = [];
  const answers = [
    async () => HEAD,
    async () => {
      throw new CodedError('ANCHOR_NODE_UNREACHABLE');
    },
    async () => {
      throw new Error('something else');
    },
    async () => undefined,
  ];
  const outside = outsideHeads({
    chainHead: () => answers.shift()!() as Promise<never>,
    onUnseen: (code) => told.push(code),
  });
  expect(await outside.seen()).toEqual([{ source: 'chain', ...HEAD }]);
  expect([outside.isBlind(), told]).toEqual([false, []]);
  expect(await outside.seen()).toEqual([]);
  expect([outside.isBlind(), told]).toEqual([true, ['ANCHOR_NODE_UNREACHABLE']]);
  expect(await outside.seen()).toEqual([]);
  expect(told).toEqual(['ANCHOR_NODE_UNREACHABLE', 'UNKNOWN']);
  // Nothing of ours on the chain is an answer, too.
  expect(await outside.seen()).toEqual([]);
  expect(outside.isBlind()).toBe(false);
});
