import { CodedError } from '@hufu/kernel';
import { type PinnedKey, verifyTrustList } from '@hufu/pki';
import { trustError } from '../errors.ts';
import { newestList } from '../store/list-store.ts';
import {
  listKeysOf,
  type PublishParts,
  publishList,
  TRUST_LIST_ALGORITHMS,
  TRUST_LIST_PURPOSE,
} from './publish-trust-list.ts';

const reasonOf = (what: string, keys: readonly PinnedKey[]): string =>
  `${what}: ${keys.map(({ kid }) => kid).join(' ')}`;

/**
 * Makes the keys that are to come, when there are none, and publishes a list that they sign beside the present ones:
 * from then on a platform may pin either, and change whenever it suits it.
 */
export async function prepareListKeys(parts: PublishParts): Promise<readonly PinnedKey[]> {
  for (const algorithm of TRUST_LIST_ALGORITHMS) await parts.vault.prepare(TRUST_LIST_PURPOSE, algorithm);
  const keys = listKeysOf(parts.vault, 'next');
  await publishList({ reason: reasonOf('keys to come', keys), actor: 'system' }, parts);
  return keys;
}

export type KeyChange = {
  /** For stolen keys: nobody is given time, and platforms accept nothing until they have the new pins. */
  readonly atOnce: boolean;
};

/** Retires the present keys and publishes a list that the prepared ones alone sign. @throws TRUST_KEYS_UNPREPARED */
export async function changeListKeys(
  parts: PublishParts,
  { atOnce }: KeyChange,
): Promise<readonly PinnedKey[]> {
  if (!atOnce && !(await isOverlapping(parts))) throw trustError('TRUST_KEYS_UNPREPARED');
  for (const algorithm of TRUST_LIST_ALGORITHMS) await parts.vault.rotate(TRUST_LIST_PURPOSE, algorithm);
  const keys = listKeysOf(parts.vault, 'current');
  await publishList({ reason: reasonOf('keys changed', keys), actor: 'system' }, parts);
  return keys;
}

/** Whether the list that platforms hold now would pass under the keys that are to come. */
async function isOverlapping({ database, vault, engine, clock, region }: PublishParts): Promise<boolean> {
  const pins = listKeysOf(vault, 'next');
  const newest = await newestList(database.db);
  if (pins.length < TRUST_LIST_ALGORITHMS.length || newest === undefined) return false;
  try {
    await verifyTrustList(newest.document, { pins, engine, at: clock.now(), region });
    return true;
  } catch (error) {
    if (error instanceof CodedError) return false;
    throw error;
  }
}
