import { type FileValue, NONE, type Values } from '@hufu/library';
import type { Tx } from '../../../infra/database/database.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { invalid, recordError } from '../errors.ts';
import type { RecordRow, WriteOrder } from '../face.ts';
import { singleIndex } from '../storage/ensure-storage.ts';
import {
  deleteRecord,
  insertRecord,
  insertRecords,
  type NewVersion,
  updateRecord,
} from '../storage/record-store.ts';
import { namesOf, openRow } from '../storage/rows.ts';
import { digestOf, evidenceOf } from './record-evidence.ts';
import { changedFields } from './versions.ts';

/** A step that was decided, to be written. */
export type Outcome = {
  readonly order: WriteOrder;
  readonly before: RecordRow | undefined;
  /** Without title and end, which follow from its values. */
  readonly after: RecordRow;
  readonly settled: boolean;
  readonly proof: readonly FileValue[];
  readonly files: readonly string[];
};

export type Written = { readonly before: RecordRow | undefined; readonly after: RecordRow };

/** Record, version and evidence. @throws LIB_INVALID with what is taken already, RECORD_SINGLE */
export async function persist(deps: RecordsDeps, tx: Tx, outcome: Outcome): Promise<Written> {
  const { before, after } = outcome;
  const kind = deps.catalogue.kind(after.type);
  const version = versionOf(deps, kind, outcome);
  try {
    if (after.state === NONE) await deleteRecord(tx, kind, version);
    else await (before === undefined ? insertRecord : updateRecord)(tx, kind, version);
  } catch (error) {
    throw refusalOf(kind, error);
  }
  await deps.audit.record(tx, toldOf(deps, kind, { outcome, version }));
  return { before, after: openRow(deps, kind.type, version.row) };
}

/**
 * New records of one type, their first versions and their evidence, in few round trips.
 * @throws LIB_INVALID when one of them is taken already: none of them is written then
 */
export async function persistNew(
  deps: RecordsDeps,
  tx: Tx,
  { kind, outcomes }: { readonly kind: Kind; readonly outcomes: readonly Outcome[] },
): Promise<Written[]> {
  const all = outcomes.map((outcome) => ({ outcome, version: versionOf(deps, kind, outcome) }));
  const versions = all.map(({ version }) => version);
  // While the database writes the records, what is said of them is composed; it is sent behind them. Neither is left
  // to itself: what came after the end of the transaction would stand.
  const [kept, told] = await Promise.allSettled([
    insertRecords(tx, kind, versions),
    nextTurn().then(() =>
      deps.audit.recordAll(
        tx,
        all.map((one) => toldOf(deps, kind, one)),
      ),
    ),
  ]);
  if (kept.status === 'rejected') throw refusalOf(kind, kept.reason);
  if (told.status === 'rejected') throw told.reason;
  return all.map(({ version }) => ({ before: undefined, after: openRow(deps, kind.type, version.row) }));
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Versioned = { readonly outcome: Outcome; readonly version: NewVersion };

function toldOf(deps: RecordsDeps, { type }: Kind, { outcome, version }: Versioned) {
  const { order, before, after, proof } = outcome;
  const changed = changedFields(deps, before, after);
  return evidenceOf({ type, order, before, after, changed, sm3: version.sm3, proof });
}

function versionOf(deps: RecordsDeps, { type }: Kind, outcome: Outcome): NewVersion {
  const { order, after, settled, proof, files } = outcome;
  const { sealing } = deps;
  return {
    row: {
      id: after.id,
      entity_id: after.entityId,
      parent_id: after.parentId,
      state: after.state,
      version: after.version,
      values: sealing.seal(type, after.id, after.values),
      system: sealing.seal(type, after.id, after.system) as Values,
      locked: after.locked,
      settled,
      ...namesOf(deps, type, after.values),
      created_at: after.createdAt,
      updated_at: after.updatedAt,
    },
    event: order.event,
    actor: order.actor,
    reasonSealed: order.reason === undefined ? null : sealing.sealReason(after.id, order.reason),
    proof,
    sm3: digestOf(type, after),
    files,
  };
}

const UNIQUE_VIOLATION = '23505';

/** Two that are the same cannot both be written, whatever raced: the index decides, the declaration has the words. */
function refusalOf({ storage }: Kind, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== UNIQUE_VIOLATION) return error;
  const name = 'constraint' in error ? error.constraint : undefined;
  if (name === singleIndex(storage.table)) return recordError('RECORD_SINGLE');
  const unique = storage.indexes.find((one) => one.name === name)?.unique;
  if (unique === undefined) return error;
  const { code, says } = unique;
  return invalid(unique.fields.map((path) => ({ path, code, says, severity: 'error' as const })));
}
