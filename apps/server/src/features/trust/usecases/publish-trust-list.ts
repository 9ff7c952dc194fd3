import type { Clock } from '@hufu/kernel';
import {
  type CryptoEngine,
  holdsSameAuthorities,
  type ListSigner,
  type PinnedKey,
  publishTrustList,
  type SignatureAlgorithm,
} from '@hufu/pki';
import type { Audit } from '../../../infra/audit/audit.ts';
import { type Database, withTransaction } from '../../../infra/database/database.ts';
import type { KeyAlgorithm, KeyState, KeyVault } from '../../../infra/vault/key-vault.ts';
import { trustedAuthority } from '../domain/authority.ts';
import { loadAuthorities } from '../store/authority-store.ts';
import { insertList, type ListVersion, newestList } from '../store/list-store.ts';

export const TRUST_LIST_PURPOSE = 'trust-list';
/** Both, always: platforms pin the one that they may rely on, or both. */
export const TRUST_LIST_ALGORITHMS = ['ES256', 'SM2'] as const satisfies readonly KeyAlgorithm[];

export type PublishParts = {
  readonly database: Database;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly engine: CryptoEngine;
  readonly vault: KeyVault;
  readonly region: string;
  /** How long a platform may go on with one list while the hub is down. */
  readonly validSeconds: number;
};

export type PublishOrder = { readonly reason: string; readonly actor: string };

const UNIQUE_VIOLATION = '23505';
const ATTEMPTS = 3;

/**
 * Publishes the recognised authorities as they are now. Every publication is a version of its own, linked to the one
 * before; of two servers that publish at once one begins anew on top of the other.
 */
export async function publishList(order: PublishOrder, parts: PublishParts): Promise<ListVersion> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await publishOnce(order, parts);
    } catch (error) {
      if (attempt >= ATTEMPTS || (error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    }
  }
}

/** For orders that may come twice: nothing is published while the authorities stand as they were published last. */
export async function publishIfChanged(order: PublishOrder, parts: PublishParts): Promise<void> {
  const newest = await newestList(parts.database.db);
  if (newest !== undefined) {
    const authorities = (await recognised(parts)).map(trustedAuthority);
    if (holdsSameAuthorities(newest.document, authorities)) return;
  }
  await publishList(order, parts);
}

const recognised = async ({ database, region }: PublishParts) =>
  (await loadAuthorities(database.db)).filter((one) => one.joined && one.region === region);

async function publishOnce(order: PublishOrder, parts: PublishParts): Promise<ListVersion> {
  const { database, audit, clock, engine, vault, region } = parts;
  const signers = await listSigners(vault);
  const issuedAt = clock.now();
  const validUntil = issuedAt + parts.validSeconds * 1000;
  const records = await recognised(parts);
  const before = await newestList(database.db);
  const published = await publishTrustList({
    list: { region, issuedAt, validUntil, authorities: records.map(trustedAuthority) },
    after: before,
    signers,
    engine,
  });
  const version = { ...published, issuedAt, validUntil };
  await withTransaction(database, async (tx) => {
    await insertList(tx, { ...version, reason: order.reason, publishedBy: order.actor });
    await audit.record(tx, {
      actor: { kind: 'system' },
      action: 'trust.publish-list',
      subject: { kind: 'trust-list', id: String(published.sequence) },
      after: { hash: published.hash, authorities: records.map(({ id }) => id), orderedBy: order.actor },
      reason: order.reason,
    });
  });
  return version;
}

const SIGNATURE: Readonly<Record<(typeof TRUST_LIST_ALGORITHMS)[number], SignatureAlgorithm>> = {
  ES256: 'ecdsa-p256-sha256',
  SM2: 'sm2-sm3',
};

/** Keys in this state, in the order of the algorithms. */
export const listKeysOf = (vault: KeyVault, state: KeyState): PinnedKey[] =>
  TRUST_LIST_ALGORITHMS.flatMap((algorithm) =>
    vault
      .list(TRUST_LIST_PURPOSE)
      .filter((key) => key.algorithm === algorithm && key.state === state)
      .map(({ id }) => ({ kid: id, algorithm, publicKey: vault.publicKey(id) })),
  );

/** The current key of each algorithm; makes those that there are none of. */
export async function openListKeys(vault: KeyVault): Promise<readonly PinnedKey[]> {
  for (const algorithm of TRUST_LIST_ALGORITHMS) await vault.ensure(TRUST_LIST_PURPOSE, algorithm);
  return listKeysOf(vault, 'current');
}

/** The current key of each algorithm; while they are being changed, those to come beside them. */
async function listSigners(vault: KeyVault): Promise<ListSigner[]> {
  return [...(await openListKeys(vault)), ...listKeysOf(vault, 'next')].map(
    ({ kid, algorithm, publicKey }) => ({
      kid,
      signer: {
        algorithm: SIGNATURE[algorithm],
        publicKey,
        sign: (message: Uint8Array) => vault.sign(kid, message),
      },
    }),
  );
}

/** Whether the newest list will outlive the next round, or has to be published anew although nothing changed. */
export function endsSoon(list: ListVersion | undefined, at: number): boolean {
  return list === undefined || at >= list.issuedAt + (list.validUntil - list.issuedAt) / 2;
}
