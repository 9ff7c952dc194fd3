import type { UseAnswer, UseForm } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import { RECORD_TYPES } from '@hufu/library';
import { sql } from 'kysely';
import type { z } from 'zod';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { RecordRow } from '../../records/index.ts';
import { activeEntity } from '../caller/active-entity.ts';
import { type ExchangeDeps, type PlatformBy, platformActor } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { insertUse, useById } from './use-store.ts';

type Using = { readonly form: z.output<typeof UseForm>; readonly by: PlatformBy };

/** The event of a life cycle by which 使用次数 grows. */
const COUNT_USE = 'count-use';

/** Types whose use is counted (LIB-PERF-08). */
const COUNTED = RECORD_TYPES.filter(({ lifeCycle }) =>
  lifeCycle.events.some(({ name }) => name === COUNT_USE),
);

/**
 * A platform returns that a performance was used: 使用次数 + 1, whatever the status says, once per callback id (OD-22).
 * @throws EXCHANGE_NOT_ACTIVATED, EXCHANGE_ENTITY_FROZEN, EXCHANGE_UNKNOWN, EXCHANGE_NOT_USABLE, EXCHANGE_CALLBACK_REUSED
 */
export async function countUse(deps: ExchangeDeps, { form, by }: Using): Promise<UseAnswer> {
  return withTransaction(deps.database, async (tx) => {
    // The same callback twice at once: the second waits, and finds the first.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${by.code}/${form.callbackId}`}, 4801550092))`.execute(
      tx,
    );
    const known = await useById(tx, { platformCode: by.code, callbackId: form.callbackId });
    if (known !== undefined) {
      const same =
        known.performance_id === form.performanceId &&
        known.tender_no === form.tenderNo &&
        known.use_status === form.useStatus;
      if (!same) throw exchangeError('EXCHANGE_CALLBACK_REUSED');
      return answer(form, known.use_count);
    }
    const entity = await activeEntity(deps, tx, { uscc: form.uscc, platformCode: by.code });
    const { id, type } = await performance(deps, tx, { entityId: entity.id, id: form.performanceId });
    const after = await deps.records
      .write(tx, {
        entityId: entity.id,
        type,
        id,
        event: COUNT_USE,
        by: 'platform',
        actor: platformActor(by),
        origin: by.from,
      })
      .catch((error: unknown) => {
        if (error instanceof CodedError && error.code === 'LIB_STATE')
          throw exchangeError('EXCHANGE_NOT_USABLE', {}, error);
        throw error;
      });
    const useCount = Number(after.system['useCount']);
    await insertUse(tx, {
      platformCode: by.code,
      entityId: entity.id,
      useCount,
      at: new Date(deps.clock.now()),
      form,
    });
    await deps.notify(tx, {
      kind: 'RECORD_USED',
      entityId: entity.id,
      once: `use:${by.code}:${form.callbackId}`,
      facts: {
        type,
        id,
        platform: by.code,
        platformName: (await deps.platforms.byCode(by.code, tx))?.name ?? by.code,
        project: form.tenderNo,
      },
    });
    return answer(form, useCount);
  });
}

const answer = ({ callbackId, performanceId }: Using['form'], useCount: number): UseAnswer => ({
  callbackId,
  performanceId,
  useCount,
});

/** By its number alone: whose it is has been settled before. @throws EXCHANGE_UNKNOWN */
async function performance(
  deps: Pick<ExchangeDeps, 'records'>,
  tx: Tx,
  { entityId, id }: { readonly entityId: string; readonly id: string },
): Promise<RecordRow> {
  for (const { name } of COUNTED) {
    try {
      return await deps.records.read(tx, { entityId, type: name, id });
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== 'RECORD_UNKNOWN') throw error;
    }
  }
  throw exchangeError('EXCHANGE_UNKNOWN');
}
