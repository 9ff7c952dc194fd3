import { type Admission, LIBRARY_ENTITY_ERRORS } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import type { Executor } from '../../../infra/database/database.ts';
import type { ReadCertificate } from '../../hub/index.ts';
import { accountById } from '../accounts/account-store.ts';
import { type Bearer, bearerOf } from '../accounts/bearer.ts';
import { doorsOf } from '../delegations/doors.ts';
import type { EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';
import { certTypeOf } from '../keys/key-store.ts';
import { certificateView } from '../views.ts';
import {
  type AdmissionPurpose,
  type AdmissionRow,
  insertAdmission,
  openAdmission,
} from './admission-store.ts';

/** Long enough to fill in a form; a certificate is judged again when it comes back. */
const LIFETIME_MS = 30 * 60_000;

export type Admitting = {
  readonly purpose: AdmissionPurpose;
  readonly browserSha256: string;
  readonly sessionId?: string;
  readonly entityId: string | null;
  readonly certificate: ReadCertificate;
  readonly mediaNo: string | null;
};

/** Keeps a certificate that has proved itself until its form comes; nothing else is opened by it (LIB-ACT-03). */
export async function admit(
  deps: EntityDeps,
  executor: Executor,
  { purpose, browserSha256, sessionId, entityId, certificate, mediaNo }: Admitting,
): Promise<Admission> {
  const now = deps.clock.now();
  const row: AdmissionRow = {
    id: toBase64Url(deps.random(16)),
    purpose,
    browser_sha256: browserSha256,
    session_id: sessionId ?? null,
    entity_id: entityId,
    certificate: Buffer.from(certificate.der),
    media_no: mediaNo,
    at: new Date(now),
    expires_at: new Date(now + LIFETIME_MS),
    used_at: null,
  };
  await insertAdmission(executor, row);
  return admissionView(deps, executor, row);
}

export type Admitted = {
  readonly row: AdmissionRow;
  readonly certificate: ReadCertificate;
  readonly bearer: Bearer;
};

/** @throws LIBRARY_ADMISSION when there is none of this purpose in this browser */
export async function admittedFor(
  deps: EntityDeps,
  {
    id,
    browserSha256,
    purposes,
  }: { id: string; browserSha256: string; purposes: readonly AdmissionPurpose[] },
): Promise<Admitted> {
  const now = new Date(deps.clock.now());
  const row = await openAdmission(deps.database.db, { id, browserSha256, now });
  if (row === undefined || !purposes.includes(row.purpose)) throw entityError('LIBRARY_ADMISSION');
  const certificate = await deps.judge.read(new Uint8Array(row.certificate));
  return { row, certificate, bearer: bearerOf(deps, certificate) };
}

export async function admissionView(
  deps: EntityDeps,
  executor: Executor,
  row: AdmissionRow,
): Promise<Admission> {
  const certificate = await deps.judge.read(new Uint8Array(row.certificate));
  const bearer = bearerOf(deps, certificate);
  const account = row.entity_id === null ? undefined : await accountById(executor, row.entity_id);
  return {
    id: row.id,
    purpose: row.purpose,
    kind: bearer.kind,
    certificate: certificateView(certificate),
    mediaNo: row.media_no ?? certificate.mediaNo,
    certType: certTypeOf(certificate),
    entityName: account?.name_masked ?? null,
    usccNeeded: row.purpose === 'REGISTER' && bearer.kind === 'ORGANISATION' && bearer.uscc === null,
    message: row.purpose === 'ACTIVATE' ? LIBRARY_ENTITY_ERRORS.LIBRARY_KEY_NOT_ACTIVATED.zh : null,
    doors: row.purpose === 'CHOOSE' ? await doorsOf(deps, executor, bearer) : [],
    expiresAt: row.expires_at.toISOString(),
  };
}
