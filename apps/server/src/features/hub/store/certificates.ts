import type { Selectable } from 'kysely';
import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { Bind } from '../../../infra/database/fragment.ts';
import type { ReadCertificate } from '../ports.ts';
import { type HubTables, hubTables } from '../tables.ts';
import { readStanding, type Standing, standingSql } from './standing.ts';

export type CertificateRow = Selectable<HubTables['enterprise_certificate']>;
type Identity = Pick<ReadCertificate, 'issuerSha256' | 'serialNumber' | 'spkiSha256'>;

/** The bound certificate with this identity. `lock`: held until the transaction ends. */
export async function findBound(
  executor: Executor,
  { issuerSha256, serialNumber, spkiSha256 }: Identity,
): Promise<CertificateRow | undefined> {
  return hubTables(executor)
    .selectFrom('enterprise_certificate')
    .selectAll()
    .where('issuer_sha256', '=', issuerSha256)
    .where('serial_number', '=', serialNumber)
    .where('spki_sha256', '=', spkiSha256)
    .where('state', '=', 'BOUND')
    .executeTakeFirst();
}

/** The same with its standing, in one read. */
export async function boundWithStanding(
  queryable: Pick<pg.Pool, 'query'>,
  { issuerSha256, serialNumber, spkiSha256 }: Identity,
): Promise<{ row: CertificateRow; standing: Standing } | undefined> {
  const { rows } = await queryable.query<CertificateRow & { standing: unknown }>({
    name: 'hub-bound-standing',
    text: `select b.*, ${standingSql('b.id')} as standing
             from enterprise_certificate b
            where b.issuer_sha256 = $1 and b.serial_number = $2 and b.spki_sha256 = $3 and b.state = 'BOUND'`,
    values: [issuerSha256, serialNumber, spkiSha256],
  });
  if (rows[0] === undefined) return undefined;
  const { standing, ...row } = rows[0];
  return { row, standing: readStanding(standing)! };
}

/** Bound certificates of an authority with this 证书Key号: candidates for a recognised renewal (OD-40). */
export async function findByKeyNo(
  executor: Executor,
  key: { authorityId: string; certKeyNo: string },
): Promise<CertificateRow[]> {
  return hubTables(executor)
    .selectFrom('enterprise_certificate')
    .selectAll()
    .where('authority_id', '=', key.authorityId)
    .where('cert_key_no', '=', key.certKeyNo)
    .where('state', '=', 'BOUND')
    .execute();
}

export async function certificateById(executor: Executor, id: string): Promise<CertificateRow | undefined> {
  return hubTables(executor)
    .selectFrom('enterprise_certificate')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Bound certificates of an enterprise, the primary first, then in the order of binding. */
export async function boundOf(executor: Executor, enterpriseId: string): Promise<CertificateRow[]> {
  return hubTables(executor)
    .selectFrom('enterprise_certificate')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .where('state', '=', 'BOUND')
    .orderBy('role')
    .orderBy('bound_at')
    .orderBy('id')
    .execute();
}

export type NewCertificate = {
  readonly id: string;
  readonly enterpriseId: string;
  readonly role: 'PRIMARY' | 'SECONDARY';
  readonly certificate: ReadCertificate;
  readonly mediaNo: string | null;
  readonly renewsId?: string;
  readonly boundAt: Date;
};

/** The caller has made sure that authority and unit name are known. */
export async function insertCertificate(tx: Tx, entry: NewCertificate): Promise<void> {
  const { certificate } = entry;
  await hubTables(tx)
    .insertInto('enterprise_certificate')
    .values({
      id: entry.id,
      enterprise_id: entry.enterpriseId,
      role: entry.role,
      state: 'BOUND',
      issuer_sha256: certificate.issuerSha256,
      serial_number: certificate.serialNumber,
      spki_sha256: certificate.spkiSha256,
      fingerprint: certificate.fingerprint,
      certificate: Buffer.from(certificate.der),
      authority_id: certificate.authority!.id,
      authority_name: certificate.authority!.name,
      issuer_name: certificate.issuerName,
      unit_name: certificate.unitName!,
      uscc: certificate.uscc,
      holder_kind: certificate.holderKind,
      cert_key_no: certificate.certKeyNo,
      cert_key_no_assigned: certificate.certKeyNoAssigned,
      media_no: entry.mediaNo ?? certificate.mediaNo,
      medium: certificate.medium,
      algorithm: certificate.algorithm,
      valid_from: new Date(certificate.validFrom),
      valid_to: new Date(certificate.validTo),
      revocation: 'GOOD',
      renews_id: entry.renewsId ?? null,
      advice: '[]',
      bound_at: entry.boundAt,
      last_used_at: null,
      unbound_at: null,
      unbound_reason: null,
    })
    .execute();
}

export type Ending = {
  readonly id: string;
  readonly state: 'UNBOUND' | 'RENEWED';
  readonly reason: string;
  readonly at: Date;
};

export async function endCertificate(tx: Tx, { id, state, reason, at }: Ending): Promise<void> {
  await hubTables(tx)
    .updateTable('enterprise_certificate')
    .set({ state, unbound_at: at, unbound_reason: reason })
    .where('id', '=', id)
    .where('state', '=', 'BOUND')
    .execute();
}

export async function promote(tx: Tx, id: string): Promise<void> {
  await hubTables(tx)
    .updateTable('enterprise_certificate')
    .set({ role: 'PRIMARY' })
    .where('id', '=', id)
    .execute();
}

type Use = { readonly certificateId: string; readonly advice: readonly string[]; readonly at: Date };

/** Both records of a login, as parts of one statement; the second takes its enterprise from the first. */
export const useFragments = ({ certificateId, advice, at }: Use) => ({
  used: (bind: Bind) => `
    update enterprise_certificate
       set last_used_at = ${bind(at)}, revocation = 'GOOD', advice = ${bind(JSON.stringify(advice))}
     where id = ${bind(certificateId)} and state = 'BOUND' returning enterprise_id`,
  seen: (source: string) => (bind: Bind) =>
    `
    update enterprise set last_login_at = ${bind(at)} from ${source}
     where enterprise.id = ${source}.enterprise_id`,
});

/** @returns false when the certificate is bound no more */
export async function touch(tx: Tx, use: Use): Promise<boolean> {
  const { used, seen } = useFragments(use);
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const text = `with used as (${used(bind)}), seen as (${seen('used')(bind)}) select enterprise_id from used`;
  const { rows } = await tx.executeQuery(CompiledQuery.raw(text, values));
  return rows.length > 0;
}

/** What the authority last said about a bound certificate: a flag, not a change of state (SM-HUB-CERT). */
export async function flagRevocation(
  tx: Tx,
  flag: { id: string; revocation: CertificateRow['revocation'] },
): Promise<void> {
  await hubTables(tx)
    .updateTable('enterprise_certificate')
    .set({ revocation: flag.revocation })
    .where('id', '=', flag.id)
    .execute();
}
