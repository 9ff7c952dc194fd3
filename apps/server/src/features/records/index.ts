import { shanghaiParts, uuidV7Source } from '@hufu/kernel';
import { MODULES, type Values } from '@hufu/library';
import type { Infra } from '../../infra/infra.ts';
import { guardAccess } from '../access/index.ts';
import { catalogueOf } from './catalogue.ts';
import { keepCodeLists } from './code-lists.ts';
import type { RecordsDeps } from './deps.ts';
import { RECORDS_FEATURE_ERRORS, recordError } from './errors.ts';
import type { Records, RecordsPorts } from './face.ts';
import { dashboardRoute } from './routes/dashboard.ts';
import { recordRoutesFor } from './routes/records.ts';
import { sheetRoutesFor } from './routes/sheets.ts';
import { ensureStorage } from './storage/ensure-storage.ts';
import { filesAmong, findRecord, findSingle } from './storage/record-store.ts';
import { openRow } from './storage/rows.ts';
import { createSealing } from './storage/sealing.ts';
import { createMany } from './usecases/create-many.ts';
import { expiringRecords, expiringTypes } from './usecases/expiring-records.ts';
import { versionRow } from './usecases/show-history.ts';
import { usableRecords } from './usecases/usable-records.ts';
import { findVersion } from './usecases/versions.ts';
import { writeRecord } from './usecases/write-record.ts';

export type {
  RecordEvent,
  RecordHook,
  RecordRow,
  Records,
  RecordsPorts,
  WriteOrder,
} from './face.ts';

export { type LoadedRecord, recordLoader } from './record-loader.ts';
export { nameMarks } from './storage/name-marks.ts';
export { digestOf } from './usecases/record-evidence.ts';

/** Verified facts of an owner under the names of base information (F-BASE, F-NPBASE). */
export function verifiedValues(
  owner: { readonly name: string; readonly uscc: string | null; readonly idNo: string | null } | undefined,
): Values {
  if (owner === undefined) return {};
  const { name, uscc, idNo } = owner;
  return uscc === null ? { name, idType: 'ID_CARD', idNo } : { entityName: name, uscc };
}

/** Reading and checking a sheet costs processor time; a person needs few. */
const LIMITS = { 'records-import': { requests: 20, seconds: 60, burst: 10 } } as const;

/** 主体信息库: records of every declared type, from their tables to their pages. */
export function createRecords(infra: Infra, { modules = MODULES, ...ports }: RecordsPorts): Records {
  const deps: RecordsDeps = {
    ...infra,
    ...ports,
    catalogue: catalogueOf(modules),
    sealing: createSealing(infra.cipher),
    newId: uuidV7Source(infra.clock, infra.random),
    today: () => shanghaiParts(infra.clock.now()).date,
  };
  const { catalogue } = deps;
  const kindOf = (name: string) => catalogue.kind(name);
  let prepared: Promise<void> | undefined;
  const prepare = () => {
    prepared ??= Promise.all([
      ensureStorage(deps.database, catalogue, new Date(deps.clock.now())),
      keepCodeLists(),
    ]).then(() => undefined);
    return prepared;
  };

  return {
    prepare,
    write: (tx, order) => writeRecord(deps, tx, order),
    create: (tx, order) => createMany(deps, tx, order),
    async read(executor, { type, ...key }) {
      const kind = kindOf(type);
      const stored = await findRecord(executor, kind, key);
      if (stored === undefined) throw recordError('RECORD_UNKNOWN');
      return openRow(deps, kind.type, stored);
    },
    async versionOf(executor, asked) {
      const found = await findVersion(executor, asked);
      if (found === undefined) throw recordError('RECORD_UNKNOWN');
      return openRow(deps, kindOf(asked.type).type, versionRow(found));
    },
    async single(executor, { type, entityId }) {
      const kind = kindOf(type);
      const stored = await findSingle(executor, kind, entityId);
      return stored && openRow(deps, kind.type, stored);
    },
    usable: (executor, asked) => usableRecords(deps, executor, asked),
    expiringTypes: expiringTypes(catalogue),
    expiring: (executor, asked) => expiringRecords(catalogue, executor, asked),
    feature: {
      name: 'records',
      errors: RECORDS_FEATURE_ERRORS,
      limits: LIMITS,
      heldAttachments: (sha256s) => filesAmong(deps.database.db, sha256s),
      async register(app) {
        await prepare();
        guardAccess(app, { find: ports.members, audit: deps.audit, sourceHash: deps.sourceHash });
        dashboardRoute(app, deps);
        for (const kind of catalogue.kinds) {
          recordRoutesFor(app, deps, kind);
          sheetRoutesFor(app, deps, kind);
        }
      },
    },
  };
}
