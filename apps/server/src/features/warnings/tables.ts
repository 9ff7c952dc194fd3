import type { WarningFacts, WarningKind } from '@hufu/contracts';
import type { ColumnType, Generated } from 'kysely';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { Json, Timestamp } from '../../infra/database/tables.ts';

export type WarningTables = {
  library_warning: {
    id: string;
    entity_id: string;
    kind: WarningKind;
    once: string;
    facts: Json<WarningFacts>;
    at: Timestamp;
    mail_due: boolean;
  };
  library_warning_read: { reader: string; warning_id: string; at: Timestamp };
  library_warning_preference: {
    entity_id: string;
    address_sealed: string | null;
    address_masked: string | null;
    confirmed: Generated<boolean>;
    code_hash: string | null;
    code_until: Timestamp | null;
    code_failures: Generated<number>;
    kinds: Json<WarningKind[]>;
    language: 'zh' | 'en';
    /** YYYY-MM-DD. */
    last_digest_on: ColumnType<string | Date | null, string | null, string | null>;
    version: number;
    updated_at: Timestamp;
  };
};

export const warningTables = (executor: Executor) => tablesOf<WarningTables>(executor);
