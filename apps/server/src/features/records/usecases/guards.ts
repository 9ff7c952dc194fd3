import type { Event, Facts, Guard, Values } from '@hufu/library';

/** What is known before anything is taken. */
export type KnownFacts = Omit<Facts, 'taken' | 'references'>;

/** The first guard of a step that does not hold whatever the step will take. */
export function failedSoFar({ guards = [], takes }: Event, facts: KnownFacts): Guard | undefined {
  const takesValues = takes !== undefined && 'values' in takes;
  return guards.find((guard) => !holdsSoFar(guard, facts, takesValues));
}

/** A guard that looks at what the step takes cannot be asked before. */
function holdsSoFar({ holds }: Guard, facts: KnownFacts, takesValues: boolean): boolean {
  let looked = false;
  const look = (known: Values = {}) => {
    looked = true;
    return known;
  };
  const asked: Facts = {
    ...facts,
    get values() {
      return takesValues ? look(facts.values) : facts.values;
    },
    get taken() {
      return look();
    },
    get references() {
      return look() as Facts['references'];
    },
  };
  return holds(asked) || looked;
}
