import type { RecordAction } from '@hufu/contracts';
import { type Event, eventsFrom, LIBRARY_ERRORS } from '@hufu/library';
import type { z } from 'zod';
import type { Executor } from '../../../infra/database/database.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import type { RecordRow } from '../face.ts';
import { failedSoFar, type KnownFacts } from './guards.ts';
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
      const facts: KnownFacts = {
        values: row.values,
        system: row.system,
        today,
        answers: answersFor(answers, row.id),
      };
      return [row.id, offered.get(row.id)!.map((event) => actionOf({ event, facts }))];
    }),
  );
}

/** What no person presses has no button. */
const isPressed = ({ button }: Event): boolean => button !== undefined;

type Offer = { readonly event: Event; readonly facts: KnownFacts };

function actionOf({ event, facts }: Offer): Action {
  const { name } = event;
  const failed = failedSoFar(event, facts);
  if (failed === undefined) return { event: name, allowed: true, code: null, says: null };
  const { otherwise } = failed;
  const { zh, en } = LIBRARY_ERRORS[otherwise as keyof typeof LIBRARY_ERRORS];
  return { event: name, allowed: false, code: otherwise, says: { zh, en } };
}
