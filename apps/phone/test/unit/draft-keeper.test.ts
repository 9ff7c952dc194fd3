import { expect, test } from 'vitest';
import { createDraftKeeper, type DraftState } from '../../src/apply/draft-keeper.ts';

function bench() {
  const saved: string[] = [];
  const states: DraftState[] = [];
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  let due: (() => void) | undefined;
  const keeper = createDraftKeeper<string>({
    save: (form) => {
      saved.push(form);
      return new Promise((resolve, reject) => {
        answers.push({ resolve, reject });
      });
    },
    onState: (state) => states.push(state),
    later: (run) => {
      due = run;
      return () => {
        due = undefined;
      };
    },
  });
  return { keeper, saved, states, answer: () => answers.shift(), pause: () => due?.() };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('what is typed is saved after a pause, once, as it stands then', async () => {
  const { keeper, saved, states, answer, pause } = bench();
  keeper.change('a');
  keeper.change('ab');
  expect(saved).toEqual([]);
  pause();
  answer()?.resolve();
  await settle();
  expect(saved).toEqual(['ab']);
  expect(states.at(-1)).toBe('saved');
});

test('while one save is under way the next waits, and only the latest is sent', async () => {
  const { keeper, saved, answer, pause } = bench();
  keeper.change('a');
  pause();
  keeper.change('b');
  keeper.change('c');
  const done = keeper.flush();
  expect(saved).toEqual(['a']);
  answer()?.resolve();
  await settle();
  expect(saved).toEqual(['a', 'c']);
  answer()?.resolve();
  await done;
});

test('nothing is lost when the network fails: it is told, kept, and sent with the next attempt', async () => {
  const { keeper, saved, states, answer, pause } = bench();
  keeper.change('a');
  pause();
  answer()?.reject(new Error('offline'));
  await settle();
  expect(states.at(-1)).toBe('unsaved');
  const done = keeper.flush();
  answer()?.resolve();
  await done;
  expect(saved).toEqual(['a', 'a']);
});

test('a newer form is not overwritten by the one that failed', async () => {
  const { keeper, saved, answer, pause } = bench();
  keeper.change('a');
  pause();
  keeper.change('b');
  answer()?.reject(new Error('offline'));
  await settle();
  const done = keeper.flush();
  answer()?.resolve();
  await done;
  expect(saved).toEqual(['a', 'b']);
});

test('who must wait for the save learns of its failure', async () => {
  const { keeper, answer } = bench();
  keeper.change('a');
  const done = keeper.flush();
  answer()?.reject(new Error('offline'));
  await expect(done).rejects.toThrow('offline');
});

test('with nothing to save, flush is done at once', async () => {
  const { keeper, saved } = bench();
  await keeper.flush();
  expect(saved).toEqual([]);
});
