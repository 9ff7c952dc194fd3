import { DAY_MS, shanghaiInstant, shanghaiParts } from '@hufu/kernel';
import type { Executor } from '../../infra/database/database.ts';
import type { ExpiryAsked, ExpirySource } from './face.ts';

type EndingKeys = (
  executor: Executor,
  range: { readonly after: Date; readonly until: Date },
) => Promise<readonly { readonly id: string; readonly entityId: string; readonly validTo: Date }[]>;

/** Digital certificates of the library's keys. A page is the keys that end on one day. */
export const keyExpiry = (ending: EndingKeys): ExpirySource => ({
  kind: 'KEY_EXPIRES',
  async page(executor, { from, to, after }) {
    const begin = shanghaiInstant(after ?? from);
    const keys = await ending(executor, { after: new Date(begin - 1), until: new Date(begin + DAY_MS - 1) });
    const next = shanghaiParts(begin + DAY_MS).date;
    return {
      items: keys.map(({ id, entityId, validTo }) => {
        return { id, entityId, expiresOn: shanghaiParts(validTo.getTime()).date };
      }),
      next: next > to ? undefined : next,
    };
  },
});

type RecordsThatEnd = {
  readonly expiringTypes: readonly string[];
  expiring(
    executor: Executor,
    asked: ExpiryAsked & { readonly type: string },
  ): ReturnType<ExpirySource['page']>;
};

/** Papers of records, type by type. */
export const recordExpiry = (records: RecordsThatEnd): readonly ExpirySource[] =>
  records.expiringTypes.map((type) => ({
    kind: 'RECORD_EXPIRES',
    type,
    page: (executor, asked) => records.expiring(executor, { ...asked, type }),
  }));
