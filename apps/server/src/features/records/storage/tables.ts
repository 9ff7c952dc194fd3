import type { FileValue, Values } from '@hufu/library';
import { type Executor, tablesOf } from '../../../infra/database/database.ts';
import type { Json, Timestamp } from '../../../infra/database/tables.ts';
import type { StoredValues } from './sealing.ts';

export type RecordTables = {
  library_storage: { table_name: string; fingerprint: string; applied_at: Timestamp };
  library_record_version: {
    record_id: string;
    version: number;
    type: string;
    entity_id: string;
    event: string;
    state: string;
    values: Json<StoredValues>;
    system: Json<Values>;
    reason_sealed: string | null;
    proof: Json<readonly FileValue[]> | null;
    actor_kind: string;
    actor_id: string | null;
    actor_certificate: string | null;
    sm3: Uint8Array;
    at: Timestamp;
  };
  library_record_file: { sha256: string; record_id: string; version: number };
};

export const recordTables = (executor: Executor) => tablesOf<RecordTables>(executor);

/** What the table of every type has, beside the typed columns that follow from its fields. */
export type StoredRow = {
  readonly id: string;
  readonly entity_id: string;
  readonly parent_id: string | null;
  readonly state: string;
  readonly version: number;
  readonly values: StoredValues;
  readonly system: Values;
  readonly locked: readonly string[];
  readonly settled: boolean;
  readonly title: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
};
