import type { RecordAction } from '@hufu/contracts';
import { type Event, eventsFrom, type Facts, type Guard, LIBRARY_ERRORS } from '@hufu/library';
import type { z } from 'zod';
import type { Executor } from '../../../infra/database/database.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import type { RecordRow } from '../face.ts';
import { answer, answersFor } from './questions.ts';

type Action = z.infer<typeof RecordAction>;

/**
 * What a person may do with each of the records now. Rules that hang on what the step itself would take are left to
 * the step.
 */
export async function actionsOf(
  deps: RecordsDeps,
  executor: Executor,
  {
    kind,
    rows,
    entityId,
  }: { readonly kind: Kind; readonly rows: readonly RecordRow[]; readonly entityId: string },
): Promise<ReadonlyMap<string, Action[]>> {
  const offered = new Map(
    rows.map((row) => [row.id, eventsFrom(kind.type, row.state, 'primary').filter(isPressed)]),
  );
  const asks = [...new Set([...offered.values()].flat().flatMap(({ asks: own = [] }) => own))];
  const ids = rows.map(({ id }) => id);
  const answers = await answer(executor, asks, { catalogue: deps.catalogue, entityId, ids });
  const today = deps.today();
  return new Map(
    rows.map((row) => {
      const facts: Facts = {
        values: row.values,
        system: row.system,
        today,
        answers: answersFor(answers, row.id),
        taken: {},
        references: {},
      };
      return [row.id, offered.get(row.id)!.map((event) => actionOf({ event, facts }))];
    }),
  );
}

/** What no person presses has no button. */
const isPressed = ({ button }: Event): boolean => button !== undefined;

type Offer = { readonly event: Event; readonly facts: Facts };

function actionOf({ event, facts }: Offer): Action {
  const { name } = event;
  const failed = event.guards?.find((guard) => !holdsSoFar(guard, facts));
  if (failed === undefined) return { event: name, allowed: true, code: null, says: null };
  const { otherwise } = failed;
  const { zh, en } = LIBRARY_ERRORS[otherwise as keyof typeof LIBRARY_ERRORS];
  return { event: name, allowed: false, code: otherwise, says: { zh, en } };
}

/** A guard that looks at what the step takes cannot be asked before. */
function holdsSoFar({ holds }: Guard, facts: Facts): boolean {
  let looked = false;
  const unknown = (): Facts['taken'] => {
    looked = true;
    return {};
  };
  const asked: Facts = Object.defineProperties(
    { ...facts },
    { taken: { get: unknown }, references: { get: unknown } },
  );
  return holds(asked) || looked;
}
