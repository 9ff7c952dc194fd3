import type { Clock } from '@hufu/kernel';
import type { Certificate, TrustedAuthority } from '@hufu/pki';
import type { Database } from '../../../infra/database/database.ts';
import { registeredHosts } from '../domain/registered-hosts.ts';
import type { TrustState } from '../state/trust-state.ts';
import { type CrlFetcherParts, fetchCrl } from '../status/crl-fetcher.ts';
import { singleFlight } from '../status/single-flight.ts';
import { addCrlAddresses, type CrlRow, loadCrlRows } from '../store/crl-store.ts';

export type ListFetching = {
  /** All lists of all authorities (or of one) that are due. */
  fetchDue(authorityId?: string): Promise<void>;
  /**
   * Lists that a certificate names, on registered hosts, and that are not held: authorities that split their lists
   * name a new one with every batch. Waits for the authority's budget. @returns whether one came
   */
  fetchMissing(certificate: Certificate, authority: TrustedAuthority): Promise<boolean>;
};

export type ListFetchingParts = CrlFetcherParts & {
  readonly database: Database;
  readonly clock: Clock;
  readonly state: TrustState;
  /** A list is asked for again after so many seconds, even if its nextUpdate is far: revocations come in between. */
  readonly everySeconds: number;
};

const BACKGROUND_TIMEOUT_MS = 60_000;
/** How much earlier than its end a list is asked for again. */
const AHEAD_MS = 600_000;
const LONGEST_BACK_OFF_MS = 900_000;
const MAX_LISTS_OF_ONE = 2_000;

export function createListFetching(parts: ListFetchingParts): ListFetching {
  const { database, clock, state, everySeconds } = parts;
  const flight = singleFlight<boolean>();

  const fetchRow = (row: CrlRow, authority: TrustedAuthority, timeoutMs: number): Promise<boolean> =>
    flight(row.url, async () => {
      const store = state.current().index.storeOf(authority.id);
      if (store === undefined) return false;
      return (await fetchCrl({ row, authority, store, timeoutMs }, parts)) === undefined;
    });

  return {
    async fetchDue(authorityId) {
      const { index } = await state.refresh();
      for (const authority of index.authorities.values()) {
        const urls = authority.crlAddresses.map((url) => ({ url, authorityId: authority.id }));
        await addCrlAddresses(database.db, urls);
      }
      const rows = await loadCrlRows(database.db);
      const due = rows.filter((row) =>
        authorityId === undefined
          ? isDue(row, { at: clock.now(), everyMs: everySeconds * 1000 })
          : row.authorityId === authorityId,
      );
      // One authority that hangs must not keep the others waiting.
      await Promise.all(
        due.map(async (row) => {
          const authority = index.authorities.get(row.authorityId);
          if (authority !== undefined) await fetchRow(row, authority, BACKGROUND_TIMEOUT_MS);
        }),
      );
      await state.refresh();
    },

    async fetchMissing(certificate, authority) {
      const hosts = registeredHosts([...authority.crlAddresses, ...authority.ocspAddresses]);
      const known = new Set(state.current().crlRows.map(({ url }) => url));
      const missing = listAddresses(certificate).filter((url) => hosts.allows(url) && !known.has(url));
      const own = state.current().crlRows.filter((row) => row.authorityId === authority.id);
      if (missing.length === 0 || own.length + missing.length > MAX_LISTS_OF_ONE) return false;
      await addCrlAddresses(
        database.db,
        missing.map((url) => ({ url, authorityId: authority.id })),
      );
      const rows = (await loadCrlRows(database.db)).filter(({ url }) => missing.includes(url));
      const came = await Promise.all(
        rows.map((row) => fetchRow(row, authority, authority.policy.ocspBudgetMs)),
      );
      await state.refresh();
      return came.includes(true);
    },
  };
}

/** Full names of the distribution points that are web addresses. */
const listAddresses = (certificate: Certificate): readonly string[] =>
  (certificate.crlDistributionPoints ?? []).flatMap(({ names }) =>
    (names ?? []).flatMap((name) => (name.kind === 'uri' ? [name.text] : [])),
  );

function isDue(row: CrlRow, { at, everyMs }: { readonly at: number; readonly everyMs: number }): boolean {
  if (row.checkedAt === undefined) return true;
  if (row.failures > 0) {
    const wait = Math.min(LONGEST_BACK_OFF_MS, 5_000 * 2 ** Math.min(row.failures, 10));
    return at >= row.checkedAt + Math.min(wait, everyMs);
  }
  const ends = row.nextUpdate === undefined ? at : row.nextUpdate - AHEAD_MS;
  return at >= Math.min(row.checkedAt + everyMs, Math.max(ends, row.checkedAt + MIN_INTERVAL_MS));
}

/** A list that ends soon is not asked for in every round. */
const MIN_INTERVAL_MS = 15_000;
