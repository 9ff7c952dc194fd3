import {
  decide,
  type EntityFacts,
  EXAMPLE_DAY,
  exampleEvent,
  exampleValues,
  NONE,
  type RecordType,
  recordType,
  userFields,
  type Values,
} from '@hufu/library';

export type Example = {
  readonly event: string;
  readonly state: string;
  readonly values: Values;
  readonly system: Values;
};

/** Examples of a type as they stand after their first step; drawn once, varied for each record. */
export type ExamplePool = {
  readonly type: RecordType;
  readonly references: readonly string[];
  readonly examples: readonly Example[];
};

export const HOLDER: EntityFacts = { name: '呼和浩特青山建设工程有限公司', uscc: null };

/** @param seed the same gives the same examples */
export function poolOf(name: string, { seed, size }: { seed: number; size: number }): ExamplePool {
  const type = recordType(name);
  const references = userFields(type)
    .filter(({ kind }) => kind === 'reference')
    .map((field) => field.name);
  const event = type.lifeCycle.events.find(({ name: step }) => step === 'arise') ?? exampleEvent(type);
  if (event === undefined) throw new Error(`${name} has no step that makes one`);
  const examples = Array.from({ length: size }, (_, at): Example => {
    const values = exampleValues(type, {
      seed: seed + at,
      event: event.name,
      entity: HOLDER,
      reference: ({ name: field }) => (field === 'leaderId' ? 'to-be-named' : undefined),
    });
    const answers = Object.fromEntries((event.asks ?? []).map((question) => [question, false]));
    const facts = { values, system: {}, today: EXAMPLE_DAY, answers, taken: values, references: {} };
    const by = event.by[0]!;
    const decision = decide(type, { state: NONE, event: event.name, by, facts, id: 'example' });
    return decision.ok
      ? { event: event.name, state: decision.to, values: decision.values, system: decision.system }
      : { event: event.name, state: event.to, values, system: {} };
  });
  return { type, references, examples };
}
