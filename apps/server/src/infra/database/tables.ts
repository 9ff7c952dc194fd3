import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/** A timestamptz: read as Date, written as Date or ISO string. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
export type TimestampDefault = ColumnType<Date, Date | string | undefined, Date | string>;
/** A jsonb column: read parsed, written as JSON text (an array would be taken for a PostgreSQL array). */
export type Json<T> = ColumnType<T, string, string>;
/** A bigint: read as decimal text, so that nothing is lost. */
export type BigIntText = ColumnType<string, string | number | bigint, string | number | bigint>;
export type BigIntIdentity = GeneratedAlways<string>;

/** The tables of the ground. Each feature declares its own and sees them through `tablesOf`. */
export type InfraTables = {
  installation: {
    one: Generated<boolean>;
    id: string;
    mode: 'demo' | 'configured';
    created_at: TimestampDefault;
  };
  audit_entry: {
    id: BigIntIdentity;
    at: TimestampDefault;
    actor_kind: string;
    actor_id: string | null;
    actor_certificate: string | null;
    action: string;
    subject_kind: string | null;
    subject_id: string | null;
    before: Json<unknown> | null;
    after: Json<unknown> | null;
    reason: string | null;
    reason_erased_at: ColumnType<Date | null, Date | null | undefined, Date>;
    outcome: 'ok' | 'refused';
    code: string | null;
    request_id: string | null;
    source_hash: string | null;
  };
  job: {
    id: BigIntIdentity;
    queue: string;
    dedup_key: string | null;
    subject_key: string | null;
    payload: Json<unknown>;
    state: Generated<'ready' | 'running' | 'done' | 'dead'>;
    attempts: Generated<number>;
    max_attempts: Generated<number>;
    run_at: TimestampDefault;
    lease_until: Timestamp | null;
    last_error: string | null;
    created_at: TimestampDefault;
    finished_at: Timestamp | null;
  };
  periodic_task: {
    name: string;
    next_run_at: Timestamp;
    lease_until: Timestamp | null;
    last_started_at: Timestamp | null;
    last_finished_at: Timestamp | null;
    last_error: string | null;
  };
};
