import type {
  Challenge,
  Preparation,
  ScanCiphertext,
  ScanPurpose,
  ScanResult,
  ScanState,
} from '@hufu/contracts';
import type { z } from 'zod';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { Json, Timestamp } from '../../infra/database/tables.ts';

/** What the phone is to sign or to open, as the page asked for it. */
export type ScanContent =
  | { readonly kind: 'challenge'; readonly challenge: z.input<typeof Challenge> }
  | { readonly kind: 'documents'; readonly documents: Preparation['documents'] }
  | {
      readonly kind: 'ciphertexts';
      readonly ciphertexts: z.output<typeof ScanCiphertext>[];
      readonly pageKey: string;
    };

/** Where a grant must let the certificate be used. */
export type ScanScope = 'HUB' | 'LIBRARY';

type ScanTables = {
  scan_session: {
    id: string;
    token_sha256: string;
    browser_sha256: string;
    purpose: ScanPurpose;
    origin: string;
    scope: ScanScope;
    entity_id: string | null;
    fingerprint: string | null;
    content: Json<ScanContent>;
    from_address: string;
    from_browser: string;
    code_needed: boolean;
    state: ScanState;
    version: number;
    wrong_codes: number;
    confirmations: number;
    user_id: string | null;
    device_id: string | null;
    certificate_id: string | null;
    use_id: string | null;
    result: Json<ScanResult> | null;
    created_at: Timestamp;
    scanned_at: Timestamp | null;
    ended_at: Timestamp | null;
    expires_at: Timestamp;
  };
};

export type ScanTable = ScanTables['scan_session'];

export const scanTables = (executor: Executor) => tablesOf<ScanTables>(executor);
