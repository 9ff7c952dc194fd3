import type {
  Placement,
  PreparationState,
  PreviewProblem,
  SealKind,
  SealState,
  SignerState,
  TaskState,
} from '@hufu/contracts';
import type { PreparedSignatureJson } from '@hufu/seal';
import type { Generated } from 'kysely';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { BigIntIdentity, Json, Timestamp } from '../../infra/database/tables.ts';

/** What of a page is shown, and why it may not be faithful. */
export type PreviewedPage = {
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly problems: readonly PreviewProblem[];
};

export type ItemState = 'WAITING' | 'PREPARED' | 'SIGNED' | 'SEALED' | 'FAILED';

export type SigningTables = {
  seal_maker: {
    id: string;
    name: string;
    key_id: string;
    certificate: Uint8Array;
    fingerprint: Generated<string>;
    issuers: Json<string[]>;
    sample: boolean;
    created_at: Timestamp;
  };
  seal: {
    id: string;
    number: string;
    enterprise_id: string;
    kind: SealKind;
    word: string;
    code: string | null;
    name_sealed: string;
    state: SealState;
    source: 'DRAWN' | 'UPLOADED';
    sample: boolean;
    width_mm: number;
    height_mm: number;
    picture_sha256: string;
    warnings: Json<string[]>;
    /** SHA-256 (hexadecimal) of the certificates that may sign with it. */
    fingerprints: Json<string[]>;
    applied_with: string;
    applied_at: Timestamp;
    checked_by: string | null;
    maker_id: string | null;
    valid_from: Timestamp | null;
    valid_to: Timestamp | null;
    seal: Uint8Array | null;
    note: string | null;
    replaces_id: string | null;
    version: Generated<number>;
  };
  seal_event: {
    id: BigIntIdentity;
    seal_id: string;
    at: Timestamp;
    event: string;
    state: SealState;
    note: string | null;
    operator_id: string | null;
  };
  signing_task: {
    id: string;
    enterprise_id: string;
    title: string;
    file_name: string;
    template_code: string | null;
    template_version: string | null;
    state: TaskState;
    pages: number;
    document_sha256: string;
    headline: string | null;
    /** Fingerprint of a certificate; null when the server made the document for the entity. */
    created_with: string | null;
    created_at: Timestamp;
    updated_at: Timestamp;
    version: Generated<number>;
  };
  signing_signer: {
    id: string;
    task_id: string;
    uscc: string;
    place: number;
    state: SignerState;
    seal_id: string | null;
    placements: Json<Placement[]>;
    caption: Generated<boolean>;
    preparation_id: string | null;
    base_sha256: string | null;
    sealed_sha256: string | null;
    sealed_at: Timestamp | null;
    finished_at: Timestamp | null;
    decline_reason: string | null;
  };
  signing_document: {
    task_id: string;
    seq: number;
    sha256: string;
    sm3: string;
    size: number;
    origin: 'OPENED' | 'SEALED' | 'UPLOADED';
    signer_id: string | null;
    at: Timestamp;
  };
  signing_preview: {
    sha256: string;
    pages: Json<readonly PreviewedPage[]>;
    at: Timestamp;
  };
  signing_acknowledgement: {
    signer_id: string;
    sha256: string;
    page: number;
    problems: Json<readonly PreviewProblem[]>;
    fingerprint: string;
    at: Timestamp;
  };
  signing_preparation: {
    id: string;
    enterprise_id: string;
    /** Of the certificate that it was begun with. */
    fingerprint: string;
    state: PreparationState;
    created_at: Timestamp;
    expires_at: Timestamp;
    updated_at: Timestamp;
  };
  signing_preparation_item: {
    preparation_id: string;
    position: number;
    task_id: string;
    signer_id: string;
    base_sha256: string;
    state: ItemState;
    prepared: Json<PreparedSignatureJson> | null;
    signature: Uint8Array | null;
    code: string | null;
    fields: Json<Readonly<Record<string, string | number | boolean | readonly string[]>>>;
  };
};

export const signingTables = (executor: Executor) => tablesOf<SigningTables>(executor);
