import { type Executor, type Tx, tablesOf } from '../../../infra/database/database.ts';
import type { TrustTables } from '../tables.ts';
import { bumpRevision } from './authority-store.ts';

const tables = (executor: Executor) => tablesOf<TrustTables>(executor);

/** One address of revocation lists and the state of what was fetched from it. */
export type CrlRow = {
  readonly url: string;
  readonly authorityId: string;
  readonly sha256: string | undefined;
  readonly crlNumber: bigint | undefined;
  readonly thisUpdate: number | undefined;
  readonly nextUpdate: number | undefined;
  readonly entries: number;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly fetchedAt: number | undefined;
  readonly checkedAt: number | undefined;
  readonly problem: string | undefined;
  readonly failures: number;
};

const time = (value: Date | null): number | undefined => value?.getTime();

/** Everything but the bytes. */
export async function loadCrlRows(executor: Executor): Promise<CrlRow[]> {
  const rows = await tables(executor)
    .selectFrom('trust_crl')
    .select([
      'url',
      'authority_id',
      'sha256',
      'crl_number',
      'this_update',
      'next_update',
      'entries',
      'etag',
      'last_modified',
      'fetched_at',
      'checked_at',
      'problem',
      'failures',
    ])
    .orderBy('url')
    .execute();
  return rows.map((row) => ({
    url: row.url,
    authorityId: row.authority_id,
    sha256: row.sha256 ?? undefined,
    crlNumber: row.crl_number === null ? undefined : BigInt(row.crl_number),
    thisUpdate: time(row.this_update),
    nextUpdate: time(row.next_update),
    entries: row.entries ?? 0,
    etag: row.etag ?? undefined,
    lastModified: row.last_modified ?? undefined,
    fetchedAt: time(row.fetched_at),
    checkedAt: time(row.checked_at),
    problem: row.problem ?? undefined,
    failures: row.failures,
  }));
}

export async function loadCrlBytes(executor: Executor, url: string): Promise<Uint8Array | undefined> {
  const row = await tables(executor)
    .selectFrom('trust_crl')
    .select('der')
    .where('url', '=', url)
    .executeTakeFirst();
  return row?.der ? new Uint8Array(row.der) : undefined;
}

/** Makes sure that an address is in the round of fetching. */
export async function addCrlAddresses(
  executor: Executor,
  addresses: readonly { readonly url: string; readonly authorityId: string }[],
): Promise<void> {
  if (addresses.length === 0) return;
  await tables(executor)
    .insertInto('trust_crl')
    .values(addresses.map(({ url, authorityId }) => ({ url, authority_id: authorityId, failures: 0 })))
    .onConflict((conflict) => conflict.column('url').doNothing())
    .execute();
}

export async function removeCrlAddresses(
  tx: Tx,
  authorityId: string,
  keep: readonly string[],
): Promise<void> {
  let query = tables(tx).deleteFrom('trust_crl').where('authority_id', '=', authorityId);
  if (keep.length > 0) query = query.where('url', 'not in', keep);
  await query.execute();
}

export type FetchedCrl = {
  readonly url: string;
  readonly der: Uint8Array;
  readonly sha256: string;
  readonly issuerHash: string;
  readonly crlNumber: bigint | undefined;
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  readonly entries: number;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly at: number;
};

/** Takes a verified list in place of the older one, and tells every server. */
export async function storeCrl(tx: Tx, crl: FetchedCrl): Promise<void> {
  const at = new Date(crl.at);
  await tables(tx)
    .updateTable('trust_crl')
    .set({
      der: Buffer.from(crl.der),
      sha256: crl.sha256,
      issuer_hash: crl.issuerHash,
      crl_number: crl.crlNumber?.toString() ?? null,
      this_update: new Date(crl.thisUpdate),
      next_update: crl.nextUpdate === undefined ? null : new Date(crl.nextUpdate),
      entries: crl.entries,
      etag: crl.etag ?? null,
      last_modified: crl.lastModified ?? null,
      fetched_at: at,
      checked_at: at,
      problem: null,
      failures: 0,
    })
    .where('url', '=', crl.url)
    .execute();
  await bumpRevision(tx);
}

/** The list that is held is still the newest. */
export async function noteCrlUnchanged(executor: Executor, url: string, at: number): Promise<void> {
  await tables(executor)
    .updateTable('trust_crl')
    .set({ checked_at: new Date(at), fetched_at: new Date(at), problem: null, failures: 0 })
    .where('url', '=', url)
    .execute();
}

/** The attempt brought nothing to rely on; what is held stays. */
export async function noteCrlProblem(
  executor: Executor,
  { url, problem, at }: { readonly url: string; readonly problem: string; readonly at: number },
): Promise<void> {
  await tables(executor)
    .updateTable('trust_crl')
    .set((eb) => ({ checked_at: new Date(at), problem, failures: eb('failures', '+', 1) }))
    .where('url', '=', url)
    .execute();
}
