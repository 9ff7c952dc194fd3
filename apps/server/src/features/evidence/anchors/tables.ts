import { type Executor, tablesOf } from '../../../infra/database/database.ts';
import type { BigIntIdentity, BigIntText, Timestamp } from '../../../infra/database/tables.ts';
import type { AnchorState } from './anchor-states.ts';

export type AnchorTables = {
  ledger_anchor: {
    id: BigIntIdentity;
    chain_id: BigIntText;
    chain_name: string;
    contract: string;
    origin: string;
    size: BigIntText;
    root: Uint8Array;
    note: string;
    state: AnchorState;
    nonce: BigIntText | null;
    transaction: Uint8Array | null;
    transaction_hash: string | null;
    block_number: BigIntText | null;
    block_hash: string | null;
    block_time: Timestamp | null;
    failures: number;
    problem: string | null;
    created_at: Timestamp;
    changed_at: Timestamp;
  };
  ledger_timestamp: {
    id: BigIntIdentity;
    origin: string;
    size: BigIntText;
    root: Uint8Array;
    content: string;
    token: Uint8Array;
    serial: string;
    policy: string;
    stamped_at: Timestamp;
    signer_until: Timestamp;
    obtained_at: Timestamp;
  };
};

export const anchorTables = (executor: Executor) => tablesOf<AnchorTables>(executor);
