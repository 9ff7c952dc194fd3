import { sql } from 'kysely';
import { type Tx, tablesOf } from '../../../infra/database/database.ts';
import type { TrustTables } from '../tables.ts';

export type SeenCertificate = {
  readonly issuerHash: string;
  readonly serialHex: string;
  readonly publicKeyHash: string;
  readonly fingerprint: string;
  readonly authorityId: string;
  readonly at: number;
};

/**
 * Notes a certificate at its first sight.
 *
 * @returns fingerprints of other certificates under the same issuer and serial number: the authority gave one number
 *   twice, and a revocation will hit both (14a, OD-40)
 */
export async function noteSeen(tx: Tx, seen: SeenCertificate): Promise<readonly string[]> {
  const db = tablesOf<TrustTables>(tx);
  // Two keys under one number may arrive at once; without the lock neither would see the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${seen.issuerHash}:${seen.serialHex}`}, 0))`.execute(
    tx,
  );
  const inserted = await db
    .insertInto('trust_certificate_seen')
    .values({
      issuer_sha256: seen.issuerHash,
      serial_number: seen.serialHex,
      spki_sha256: seen.publicKeyHash,
      fingerprint: seen.fingerprint,
      authority_id: seen.authorityId,
      first_seen_at: new Date(seen.at),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('fingerprint')
    .execute();
  if (inserted.length === 0) return [];
  const others = await db
    .selectFrom('trust_certificate_seen')
    .select('fingerprint')
    .where('issuer_sha256', '=', seen.issuerHash)
    .where('serial_number', '=', seen.serialHex)
    .where('spki_sha256', '<>', seen.publicKeyHash)
    .execute();
  return others.map(({ fingerprint }) => fingerprint);
}
