import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  algorithmsOf,
  type Crl,
  type CryptoEngine,
  createTrustIndex,
  createVerifiedSignatures,
  isCrlGenuine,
  parseCrlInSteps,
  type TrustIndex,
  type VerifiedSignatures,
} from '@hufu/pki';
import type { Database } from '../../../infra/database/database.ts';
import { type AuthorityRecord, trustedAuthority } from '../domain/authority.ts';
import { loadAuthorities, readRevision } from '../store/authority-store.ts';
import { type CrlRow, loadCrlBytes, loadCrlRows } from '../store/crl-store.ts';

/** Everything that verdicts are made from, as it was at one revision of the database. Never changed, only replaced. */
export type TrustSnapshot = {
  readonly revision: string;
  readonly records: ReadonlyMap<string, AuthorityRecord>;
  readonly index: TrustIndex;
  readonly crlRows: readonly CrlRow[];
  crlsOf(authorityId: string): readonly Crl[];
};

export type TrustState = {
  /** What is held now; nothing before the first load. */
  current(): TrustSnapshot;
  /** What is held now, waiting for the first load: an empty store would call every authority unknown. */
  loaded(): Promise<TrustSnapshot>;
  /** Looks whether the database moved on, and loads what changed: all that had been committed before the call. */
  refresh(): Promise<TrustSnapshot>;
  /** A list that this server has just stored: spares reading and parsing it again at the next refresh. */
  offer(sha256: string, crl: Crl): void;
  readonly verified: VerifiedSignatures;
};

type HeldCrl = { readonly sha256: string; readonly authorityId: string; readonly crl: Crl };

const UNLOADED = '';
const MAX_SIGNATURES = 20_000;

/** What this server holds in memory of the trust tables. */
export function createTrustState(parts: {
  readonly database: Database;
  readonly engine: CryptoEngine;
}): TrustState {
  const { database, engine } = parts;
  const verified = createVerifiedSignatures(MAX_SIGNATURES);
  const offered = new Map<string, Crl>();
  let held: ReadonlyMap<string, HeldCrl> = new Map();
  let snapshot: TrustSnapshot = {
    revision: UNLOADED,
    records: new Map(),
    index: createTrustIndex([], { engine, verified }),
    crlRows: [],
    crlsOf: () => [],
  };
  let loading: Promise<TrustSnapshot> | undefined;
  let following: Promise<TrustSnapshot> | undefined;

  const load = async (): Promise<TrustSnapshot> => {
    const revision = await readRevision(database.db);
    if (revision === snapshot.revision) return snapshot;
    const records = await loadAuthorities(database.db);
    const index = createTrustIndex(records.map(trustedAuthority), { engine, verified });
    const crlRows = await loadCrlRows(database.db);
    held = await holdCrls(crlRows, index);
    const byAuthority = new Map<string, Crl[]>();
    for (const { authorityId, crl } of held.values()) {
      const list = byAuthority.get(authorityId);
      if (list === undefined) byAuthority.set(authorityId, [crl]);
      else list.push(crl);
    }
    snapshot = {
      revision,
      records: new Map(records.map((record) => [record.id, record])),
      index,
      crlRows,
      crlsOf: (authorityId) => byAuthority.get(authorityId) ?? [],
    };
    return snapshot;
  };

  const holdCrls = async (rows: readonly CrlRow[], index: TrustIndex) => {
    const next = new Map<string, HeldCrl>();
    for (const { url, sha256, authorityId } of rows) {
      if (sha256 === undefined) continue;
      const known = held.get(url);
      if (known?.sha256 === sha256) {
        next.set(url, known);
        continue;
      }
      const crl = await readCrl(url, { authorityId, sha256, index });
      if (crl !== undefined) next.set(url, { sha256, authorityId, crl });
    }
    offered.clear();
    return next;
  };

  /** The database is not trusted with a verdict: a list that was put there is verified like one from the wire. */
  const readCrl = async (
    url: string,
    { authorityId, sha256, index }: Pick<HeldCrl, 'authorityId' | 'sha256'> & { readonly index: TrustIndex },
  ): Promise<Crl | undefined> => {
    const store = index.storeOf(authorityId);
    const authority = index.authorities.get(authorityId);
    const crl = offered.get(sha256) ?? (await readStored(url));
    if (crl === undefined || store === undefined || authority === undefined) return undefined;
    const algorithms = algorithmsOf(authority.policy);
    return (await isCrlGenuine(crl, { store, engine, algorithms, verified })) ? crl : undefined;
  };

  const readStored = async (url: string): Promise<Crl | undefined> => {
    const der = await loadCrlBytes(database.db, url);
    // One damaged list must not keep a suspension, or the other lists, from being loaded.
    return der === undefined ? undefined : parseCrlInSteps(der, nextTurn).catch(() => undefined);
  };

  const begin = (): Promise<TrustSnapshot> => {
    loading = load().finally(() => {
      loading = undefined;
    });
    return loading;
  };

  // A load that has begun may have passed what the caller has just changed: it gets one that begins after its asking.
  const refresh = (): Promise<TrustSnapshot> => {
    if (loading === undefined) return begin();
    const next = () => {
      following = undefined;
      return refresh();
    };
    following ??= loading.then(next, next);
    return following;
  };

  return {
    verified,
    offer: (sha256, crl) => void offered.set(sha256, crl),
    current: () => snapshot,
    loaded: () => (snapshot.revision === UNLOADED ? (loading ?? begin()) : Promise.resolve(snapshot)),
    refresh,
  };
}
