import { toHex } from '@hufu/kernel';
import { type Certificate, certificateFingerprint, digest, parseCertificate, parseProfile } from '@hufu/pki';
import { type Executor, type Tx, tablesOf } from '../../../infra/database/database.ts';
import { type AuthorityRecord, parseStoredPolicy, storedPolicyToJson } from '../domain/authority.ts';
import type { TrustTables } from '../tables.ts';

const tables = (executor: Executor) => tablesOf<TrustTables>(executor);

/** All authorities in order of id, parsed. Stored values are read as strictly as foreign ones. */
export async function loadAuthorities(executor: Executor): Promise<AuthorityRecord[]> {
  const db = tables(executor);
  const rows = await db
    .selectFrom('trust_authority')
    .innerJoin('trust_profile', 'trust_profile.id', 'trust_authority.profile_id')
    .selectAll('trust_authority')
    .select('trust_profile.profile')
    .orderBy('trust_authority.id')
    .execute();
  const certificates = await db
    .selectFrom('trust_authority_certificate')
    .selectAll()
    .orderBy('sha256')
    .execute();
  const sources = await db.selectFrom('trust_source').selectAll().orderBy('position').execute();
  return rows.map((row) => {
    const own = certificates.filter(({ authority_id }) => authority_id === row.id);
    const withRole = (role: 'anchor' | 'intermediate') =>
      own.filter((one) => one.role === role).map(({ der }) => parseCertificate(new Uint8Array(der)));
    const addresses = (kind: 'crl' | 'ocsp') =>
      sources.filter((one) => one.authority_id === row.id && one.kind === kind).map(({ url }) => url);
    return {
      id: row.id,
      name: row.name,
      nameEn: row.name_en,
      phone: row.phone,
      website: row.website ?? undefined,
      region: row.region,
      joined: row.joined,
      status: row.status,
      statusReason: row.status_reason ?? undefined,
      statusSince: row.status_since.getTime(),
      profile: parseProfile(row.profile),
      policy: parseStoredPolicy(row.policy),
      policyVersion: row.policy_version,
      version: row.version,
      anchors: withRole('anchor'),
      intermediates: withRole('intermediate'),
      crlAddresses: addresses('crl'),
      ocspAddresses: addresses('ocsp'),
    };
  });
}

export type NewAuthority = Omit<AuthorityRecord, 'profile' | 'policyVersion' | 'version' | 'statusReason'> & {
  readonly profileId: string;
};

export async function insertAuthority(tx: Tx, authority: NewAuthority): Promise<void> {
  await tables(tx)
    .insertInto('trust_authority')
    .values({
      id: authority.id,
      name: authority.name,
      name_en: authority.nameEn,
      phone: authority.phone,
      website: authority.website ?? null,
      region: authority.region,
      joined: authority.joined,
      status: authority.status,
      status_reason: null,
      status_since: new Date(authority.statusSince),
      profile_id: authority.profileId,
      policy: storedPolicyToJson(authority.policy),
      policy_version: 1,
      version: 1,
    })
    .execute();
  await writeCertificates(tx, authority);
  await writeSources(tx, authority);
}

type Issuing = Pick<AuthorityRecord, 'id' | 'anchors' | 'intermediates'>;

/** Brings the stored certificates to those given. */
export async function writeCertificates(tx: Tx, { id, anchors, intermediates }: Issuing): Promise<void> {
  const rowOf = (role: 'anchor' | 'intermediate') => (certificate: Certificate) => ({
    authority_id: id,
    role,
    sha256: certificateFingerprint(certificate),
    spki_sha256: toHex(digest('sha256', certificate.spki.der)),
    der: Buffer.from(certificate.der),
  });
  const rows = [...anchors.map(rowOf('anchor')), ...intermediates.map(rowOf('intermediate'))];
  await tables(tx).deleteFrom('trust_authority_certificate').where('authority_id', '=', id).execute();
  await tables(tx).insertInto('trust_authority_certificate').values(rows).execute();
}

type Sources = Pick<AuthorityRecord, 'id' | 'crlAddresses' | 'ocspAddresses'>;

/** Brings the registered addresses to those given; lists of addresses that went are forgotten. */
export async function writeSources(tx: Tx, { id, crlAddresses, ocspAddresses }: Sources): Promise<void> {
  const rows = [
    ...crlAddresses.map((url, position) => ({ authority_id: id, kind: 'crl' as const, url, position })),
    ...ocspAddresses.map((url, position) => ({ authority_id: id, kind: 'ocsp' as const, url, position })),
  ];
  await tables(tx).deleteFrom('trust_source').where('authority_id', '=', id).execute();
  if (rows.length > 0) await tables(tx).insertInto('trust_source').values(rows).execute();
}

export type AuthorityChange = {
  readonly id: string;
  /** The version that the change was made for. */
  readonly version: number;
} & (
  | { readonly set: 'policy'; readonly policy: AuthorityRecord['policy']; readonly region: string }
  | { readonly set: 'status'; readonly status: 'active'; readonly at: number }
  | { readonly set: 'status'; readonly status: 'suspended'; readonly at: number; readonly reason: string }
  | { readonly set: 'joined' }
  | {
      readonly set: 'contact';
      readonly contact: Pick<AuthorityRecord, 'name' | 'nameEn' | 'phone' | 'website' | 'joined'>;
    }
);

/** @returns false when the authority is no longer at that version */
export async function updateAuthority(tx: Tx, change: AuthorityChange): Promise<boolean> {
  const { numUpdatedRows } = await tables(tx)
    .updateTable('trust_authority')
    .set(columnsOf(change))
    .set((eb) => ({
      version: eb('version', '+', 1),
      updated_at: new Date(),
      ...(change.set === 'policy' ? { policy_version: eb('policy_version', '+', 1) } : {}),
    }))
    .where('id', '=', change.id)
    .where('version', '=', change.version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function columnsOf(change: AuthorityChange) {
  switch (change.set) {
    case 'policy':
      return { policy: storedPolicyToJson(change.policy), region: change.region };
    case 'status':
      return {
        status: change.status,
        status_since: new Date(change.at),
        status_reason: change.status === 'suspended' ? change.reason : null,
      };
    case 'joined':
      return { joined: true };
    case 'contact':
      return {
        name: change.contact.name,
        name_en: change.contact.nameEn,
        phone: change.contact.phone,
        website: change.contact.website ?? null,
        joined: change.contact.joined,
      };
  }
}

export type ChangeNote = {
  readonly authorityId: string;
  readonly change: TrustTables['trust_change']['change'];
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string;
  readonly actor: string;
  readonly approvalId?: string | undefined;
  readonly endsAt?: number | undefined;
};

/** Writes the change down and tells every server to look again. */
export async function noteChange(tx: Tx, note: ChangeNote): Promise<void> {
  await tables(tx)
    .insertInto('trust_change')
    .values({
      authority_id: note.authorityId,
      change: note.change,
      before: note.before === undefined ? null : JSON.stringify(note.before),
      after: JSON.stringify(note.after),
      reason: note.reason,
      actor: note.actor,
      approval_id: note.approvalId ?? null,
      ends_at: note.endsAt === undefined ? null : new Date(note.endsAt),
    })
    .execute();
  await bumpRevision(tx);
}

export async function bumpRevision(tx: Tx): Promise<void> {
  await tables(tx)
    .updateTable('trust_revision')
    .set((eb) => ({ revision: eb('revision', '+', '1') }))
    .execute();
}

export async function readRevision(executor: Executor): Promise<string> {
  const row = await tables(executor)
    .selectFrom('trust_revision')
    .select('revision')
    .executeTakeFirstOrThrow();
  return row.revision;
}

/** Adds profiles that are not there yet; an operator's own wording is never overwritten. */
export async function addProfiles(
  tx: Tx,
  profiles: readonly { readonly id: string; readonly facts: unknown }[],
): Promise<void> {
  if (profiles.length === 0) return;
  await tables(tx)
    .insertInto('trust_profile')
    .values(profiles.map((profile) => ({ id: profile.id, profile: JSON.stringify(profile), version: 1 })))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function hasProfile(executor: Executor, id: string): Promise<boolean> {
  const row = await tables(executor)
    .selectFrom('trust_profile')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which authority an issuing certificate is registered for, when it is. */
export async function ownerOfIssuer(
  executor: Executor,
  sha256: readonly string[],
): Promise<string | undefined> {
  if (sha256.length === 0) return undefined;
  const row = await tables(executor)
    .selectFrom('trust_authority_certificate')
    .select('authority_id')
    .where('role', '=', 'intermediate')
    .where('sha256', 'in', sha256)
    .executeTakeFirst();
  return row?.authority_id;
}
