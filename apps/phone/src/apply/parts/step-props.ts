import type { RaOptions, RaOrder } from '@hufu/contracts';
import type { Fault, Faults } from '../check-step.ts';
import type { Draft } from '../use-draft.ts';

/** Field or slot → what is wrong with it, in words. */
export type StepErrors = Readonly<Record<string, string | undefined>>;

export type StepProps = {
  readonly order: RaOrder;
  readonly options: RaOptions;
  readonly draft: Draft;
  readonly errors: StepErrors;
};

export const faultWords = (faults: Faults, words: Readonly<Record<Fault, string>>): StepErrors =>
  Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, words[fault]]));
