import type { FileMediaType } from '@hufu/contracts';
import type { Generated } from 'kysely';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { Timestamp } from '../../infra/database/tables.ts';

export type FilesTables = {
  library_upload: {
    id: string;
    entity_id: string;
    name: string;
    size: number;
    sha256: string | null;
    received: Generated<number>;
    file_sha256: string | null;
    created_at: Timestamp;
    expires_at: Timestamp;
  };
  library_upload_piece: { upload_id: string; start: number; size: number; key: string };
  library_file: {
    entity_id: string;
    sha256: string;
    sm3: string;
    size: number;
    media_type: FileMediaType;
    name: string;
    pages: number | null;
    scan: 'NOT_SCANNED' | 'CLEAN';
    scanned_at: Timestamp | null;
    uploaded_at: Timestamp;
    used_at: Timestamp | null;
  };
  library_infected_file: { sha256: string; finding: string; at: Timestamp };
};

export const filesTables = (executor: Executor) => tablesOf<FilesTables>(executor);
