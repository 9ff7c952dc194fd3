import type { KeyEvent, KeyUser } from '@hufu/contracts';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';
import type { ReadCertificate } from '../../hub/index.ts';
import { type EntityTables, entityTables, type Proof } from '../tables.ts';

export type KeyRow = Selectable<EntityTables['library_key']>;
export type KeyVersionRow = Selectable<EntityTables['library_key_version']>;
type Identity = Pick<ReadCertificate, 'issuerSha256' | 'serialNumber' | 'spkiSha256'>;

const keys = (executor: Executor) => entityTables(executor).selectFrom('library_key').selectAll();

export const keyById = (executor: Executor, id: string): Promise<KeyRow | undefined> =>
  keys(executor).where('id', '=', id).executeTakeFirst();

/** The row of this certificate that is in force; otherwise the last that was voided. */
export const keyOf = (executor: Executor, certificate: Identity): Promise<KeyRow | undefined> =>
  keys(executor)
    .where('issuer_sha256', '=', certificate.issuerSha256)
    .where('serial_number', '=', certificate.serialNumber)
    .where('spki_sha256', '=', certificate.spkiSha256)
    .orderBy('state')
    .orderBy('updated_at', 'desc')
    .executeTakeFirst();

/** Of an entity: in force first, the primary before all, then in the order of activation. */
export const keysOf = (executor: Executor, entityId: string): Promise<KeyRow[]> =>
  keys(executor)
    .where('entity_id', '=', entityId)
    .orderBy('state')
    .orderBy('is_primary', 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .execute();

/** Undefined for whom no key is activated, such as a natural person. */
export async function primaryFingerprint(executor: Executor, entityId: string): Promise<string | undefined> {
  const row = await entityTables(executor)
    .selectFrom('library_key')
    .select('fingerprint')
    .where('entity_id', '=', entityId)
    .where('state', '=', 'SUBMITTED')
    .where('is_primary', '=', true)
    .executeTakeFirst();
  return row?.fingerprint;
}

/** Whether a row once held this certificate and holds another one now (OD-24). */
export async function wasReplaced(executor: Executor, fingerprint: string): Promise<boolean> {
  const found = await entityTables(executor)
    .selectFrom('library_key_version')
    .innerJoin('library_key', 'library_key.id', 'library_key_version.key_id')
    .select('key_id')
    .where('library_key_version.fingerprint', '=', fingerprint)
    .whereRef('library_key.fingerprint', '!=', 'library_key_version.fingerprint')
    .executeTakeFirst();
  return found !== undefined;
}

const userPlace = (id: string): string => `library_key.user:${id}`;

export const sealUser = (cipher: FieldCipher, id: string, user: KeyUser): string =>
  cipher.seal(JSON.stringify(user), userPlace(id));

/** Sealed by ourselves and bound to this row: the shape is ours. */
export const openUser = (cipher: Pick<FieldCipher, 'open'>, id: string, sealed: string): KeyUser =>
  JSON.parse(cipher.open(sealed, userPlace(id))) as KeyUser;

/** The part of a row that comes from the certificate alone (KEY-005). */
export const certificateColumns = (certificate: ReadCertificate, mediaNo: string | null) => ({
  cert_type: certTypeOf(certificate),
  issuer_sha256: certificate.issuerSha256,
  serial_number: certificate.serialNumber,
  spki_sha256: certificate.spkiSha256,
  fingerprint: certificate.fingerprint,
  certificate: Buffer.from(certificate.der),
  authority_id: certificate.authority!.id,
  authority_name: certificate.authority!.name,
  issuer_name: certificate.issuerName,
  unit_name: certificate.holderKind === 'individual' ? '' : (certificate.unitName ?? ''),
  uscc: certificate.uscc,
  holder_kind: certificate.holderKind,
  cert_key_no: certificate.certKeyNo,
  media_no: mediaNo ?? certificate.mediaNo,
  medium: certificate.medium,
  algorithm: certificate.algorithm,
  valid_from: new Date(certificate.validFrom),
  valid_to: new Date(certificate.validTo),
});

/** 实体CA or 移动CA (KEY-003), as the certificate says. */
export const certTypeOf = ({ medium }: Pick<ReadCertificate, 'medium'>): 'TOKEN' | 'MOBILE' =>
  medium === 'phone' ? 'MOBILE' : 'TOKEN';

/** @returns false when the certificate is in a row in force already */
export async function insertKey(tx: Tx, row: Insertable<EntityTables['library_key']>): Promise<boolean> {
  const inserted = await entityTables(tx)
    .insertInto('library_key')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export type KeyChange = Partial<Omit<Insertable<EntityTables['library_key']>, 'id' | 'entity_id'>>;

/** @returns false when the row is no longer what the caller saw */
export async function updateKey(
  tx: Tx,
  { id, version }: { id: string; version: number },
  change: KeyChange,
): Promise<boolean> {
  const updated = await entityTables(tx)
    .updateTable('library_key')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst();
  return updated !== undefined;
}

export async function touchKey(tx: Tx, { id, at }: { id: string; at: Date }): Promise<boolean> {
  const touched = await entityTables(tx)
    .updateTable('library_key')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .where('state', '=', 'SUBMITTED')
    .returning('id')
    .executeTakeFirst();
  return touched !== undefined;
}

export type Happened = {
  readonly event: z.infer<typeof KeyEvent>;
  readonly byFingerprint: string | null;
  readonly at: Date;
  readonly reason?: string;
  readonly proof?: readonly Proof[];
};

/** What of a row is compared and told; the user's data are sealed beside it. */
export const factsOf = (row: KeyRow): Readonly<Record<string, string | boolean | null>> => ({
  certType: row.cert_type,
  serialNo: row.serial_number,
  mediaNo: row.media_no,
  validFrom: row.valid_from.toISOString(),
  validTo: row.valid_to.toISOString(),
  issuer: row.issuer_name,
  certKeyNo: row.cert_key_no,
  fingerprint: row.fingerprint,
  isPrimary: row.is_primary,
  state: row.state,
});

/** Writes the row as it stands now into its history. */
export async function keepVersion(tx: Tx, id: string, happened: Happened): Promise<KeyRow> {
  const row = (await keyById(tx, id))!;
  await entityTables(tx)
    .insertInto('library_key_version')
    .values({
      key_id: id,
      version: row.version,
      entity_id: row.entity_id,
      event: happened.event,
      fingerprint: row.fingerprint,
      facts: JSON.stringify(factsOf(row)),
      user_sealed: row.user_sealed,
      reason: happened.reason ?? null,
      proof: JSON.stringify(happened.proof ?? []),
      by_fingerprint: happened.byFingerprint,
      at: happened.at,
    })
    .execute();
  return row;
}

export const versionsOf = (executor: Executor, id: string): Promise<KeyVersionRow[]> =>
  entityTables(executor)
    .selectFrom('library_key_version')
    .selectAll()
    .where('key_id', '=', id)
    .orderBy('version')
    .execute();

/** Those among the attachments that prove a step. */
export async function proofsAmong(executor: Executor, sha256: readonly string[]): Promise<string[]> {
  if (sha256.length === 0) return [];
  const rows = await entityTables(executor)
    .selectFrom('library_key_version')
    .select('proof')
    .where(sql<boolean>`jsonb_array_length(proof) > 0`)
    .execute();
  const held = new Set(rows.flatMap(({ proof }) => proof.map((file) => file.sha256)));
  return sha256.filter((one) => held.has(one));
}

export type KeyEnd = {
  readonly id: string;
  readonly entityId: string;
  readonly validTo: Date;
  readonly certKeyNo: string;
};

/** Keys in force whose certificate ends in this time. */
export async function expiringKeys(
  executor: Executor,
  { after, until }: { readonly after: Date; readonly until: Date },
): Promise<KeyEnd[]> {
  const rows = await keys(executor)
    .where('state', '=', 'SUBMITTED')
    .where('valid_to', '>', after)
    .where('valid_to', '<=', until)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    entityId: row.entity_id,
    validTo: row.valid_to,
    certKeyNo: row.cert_key_no,
  }));
}
