import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { BigIntIdentity, BigIntText, Timestamp } from '../../infra/database/tables.ts';

export type EvidenceTables = {
  ledger_statement: {
    id: string;
    type: string;
    subject: string;
    seq: number;
    entity_id: string | null;
    body: Uint8Array;
    digest: Uint8Array;
    at: Timestamp;
  };
  ledger_disclosure: {
    statement_id: string;
    name: string;
    disclosure: string | null;
    erased_at: Timestamp | null;
  };
  ledger_outbox: { id: BigIntIdentity; statement_id: string; leaf: Uint8Array };
  ledger_leaf: { idx: BigIntText; statement_id: string; leaf: Uint8Array; integrated_at: Timestamp };
  ledger_tile: { level: number; n: BigIntText; width: number; data: Uint8Array };
  ledger_tree: {
    one: boolean;
    size: BigIntText;
    root: Uint8Array;
    epoch: BigIntText;
    holder: string | null;
    lease_until: Timestamp | null;
  };
  ledger_checkpoint: {
    size: BigIntText;
    root: Uint8Array;
    note: string;
    signed_at: Timestamp;
    confirmed_at: Timestamp | null;
  };
  ledger_retired_log: {
    number: number;
    origin: string;
    vkey: string;
    sm2_vkey: string;
    final_size: BigIntText;
    final_root: Uint8Array;
    successor: string;
    retired_at: Timestamp;
  };
  ledger_cosignature: { size: BigIntText; witness: string; line: string; at: Timestamp };
};

export const evidenceTables = (executor: Executor) => tablesOf<EvidenceTables>(executor);
