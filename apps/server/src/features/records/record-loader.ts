import { MODULES } from '@hufu/library';
import type { Tx } from '../../infra/database/database.ts';
import type { Infra } from '../../infra/infra.ts';
import { catalogueOf } from './catalogue.ts';
import { keepCodeLists } from './code-lists.ts';
import { ensureStorage } from './storage/ensure-storage.ts';
import { createSealing } from './storage/sealing.ts';
import { type LoadedRecord, loadRecords } from './usecases/load-records.ts';

export type { LoadedRecord } from './usecases/load-records.ts';

/** For filling a database that is to be measured. */
export type RecordLoader = {
  prepare(): Promise<void>;
  load(tx: Tx, records: readonly LoadedRecord[]): Promise<void>;
};

export function recordLoader(infra: Infra): RecordLoader {
  const deps = { catalogue: catalogueOf(MODULES), sealing: createSealing(infra.cipher) };
  return {
    async prepare() {
      await ensureStorage(infra.database, deps.catalogue, new Date(infra.clock.now()));
      await keepCodeLists();
    },
    load: (tx, records) => loadRecords(deps, tx, records),
  };
}
