import type { PlatformGroup } from '@hufu/contracts';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { Json, Timestamp } from '../../infra/database/tables.ts';

export type PlatformTables = {
  platform: {
    code: string;
    name: string;
    name_en: string;
    group_code: PlatformGroup;
    position: number;
    joined: boolean;
    home_url: string | null;
    support_phone: string;
    subsystems: Json<string[]>;
    filing_mode: 'LOCAL' | 'MIRROR';
    subject_type: 'public' | 'pairwise';
    client_id: string;
    client_secret_sha256: string;
    redirect_uris: Json<string[]>;
    post_logout_redirect_uris: Json<string[]>;
    initiate_login_uri: string | null;
    backchannel_logout_uri: string | null;
    suspended_at: Timestamp | null;
    suspend_reason: string | null;
    version: number;
    created_at: Timestamp;
    updated_at: Timestamp;
  };
};

export const platformTables = (executor: Executor) => tablesOf<PlatformTables>(executor);
