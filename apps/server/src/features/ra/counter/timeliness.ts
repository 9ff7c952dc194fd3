import type { RaTimeliness } from '@hufu/contracts';
import { addDays, shanghaiInstant, shanghaiParts } from '@hufu/kernel';
import type { z } from 'zod';
import type { RaDeps } from '../deps.ts';
import { raTables } from '../tables.ts';

export type Span = { readonly from?: string | undefined; readonly to?: string | undefined };

/** GOV-018, GOV-019: the last thirty days unless others are asked for; both days included. */
export async function timeliness(
  deps: Pick<RaDeps, 'database' | 'clock'>,
  asked: Span,
): Promise<z.infer<typeof RaTimeliness>> {
  const today = shanghaiParts(deps.clock.now()).date;
  const to = asked.to ?? today;
  const from = asked.from ?? addDays(to, -29);
  const first = new Date(shanghaiInstant(from));
  const end = new Date(shanghaiInstant(addDays(to, 1)));
  const counted = await raTables(deps.database.db)
    .selectFrom('ra_order')
    .select((eb) => [
      'channel',
      eb.fn.countAll<string>().filterWhere('on_time', 'is not', null).as('finished'),
      eb.fn.countAll<string>().filterWhere('on_time', '=', true).as('onTime'),
      eb.fn.countAll<string>().filterWhere('on_time', '=', false).as('late'),
      eb.fn.countAll<string>().filterWhere('finished_at', 'is', null).as('running'),
    ])
    .where((eb) =>
      eb.or([
        eb.and([eb('finished_at', '>=', first), eb('finished_at', '<', end), eb('on_time', 'is not', null)]),
        eb.and([eb('finished_at', 'is', null), eb('due_at', 'is not', null)]),
      ]),
    )
    .groupBy('channel')
    .execute();
  const found = new Map(counted.map((one) => [one.channel, one]));
  return {
    from,
    to,
    rows: (['COUNTER', 'ONLINE', 'APP'] as const).map((channel) => {
      const one = found.get(channel);
      return {
        channel,
        finished: Number(one?.finished ?? 0),
        onTime: Number(one?.onTime ?? 0),
        late: Number(one?.late ?? 0),
        running: Number(one?.running ?? 0),
      };
    }),
  };
}
