import { toHex } from '@hufu/kernel';
import type { CryptoEngine } from '../crypto-engine.ts';
import { pkiError } from '../errors.ts';
import { openPayload } from './jws.ts';
import type { PinnedKey, TrustListMemory, VerifiedTrustList } from './model.ts';
import { readPayload } from './payload.ts';

export type TrustListExpectation = {
  /** Keys that were given by hand. All of them must have signed: who pins one, demands one; who pins two, both. */
  readonly pins: readonly PinnedKey[];
  readonly engine: CryptoEngine;
  /** ms UTC */
  readonly at: number;
  readonly clockSkewMs?: number;
  /** Refuses the list of another region. */
  readonly region?: string;
  /** The newest list accepted so far, to notice rollbacks and forks. */
  readonly memory?: TrustListMemory;
};

/**
 * Verifies a published trust list. Needs nothing but the bytes and the pinned keys, so that a platform can verify
 * certificates while the hub is down.
 *
 * @throws CodedError TRUST_LIST_SIGNATURE, TRUST_LIST_MALFORMED, TRUST_LIST_REGION, TRUST_LIST_NOT_YET_VALID,
 *   TRUST_LIST_EXPIRED, TRUST_LIST_ROLLBACK, TRUST_LIST_FORK
 */
export async function verifyTrustList(
  document: Uint8Array,
  expectation: TrustListExpectation,
): Promise<VerifiedTrustList> {
  const { pins, engine, at, region, memory } = expectation;
  const opened = await openPayload(document, pins, engine);
  const missing = pins.some(({ kid }) => !opened.signedBy.includes(kid));
  if (pins.length === 0 || missing) throw pkiError('TRUST_LIST_SIGNATURE');

  const list = readPayload(opened.payload);
  const hash = toHex(engine.digest('sha256', opened.payload));
  if (region !== undefined && list.region !== region) throw pkiError('TRUST_LIST_REGION');
  if (memory !== undefined) checkSuccession({ ...list, hash }, memory);
  if (list.issuedAt > at + (expectation.clockSkewMs ?? 300_000)) throw pkiError('TRUST_LIST_NOT_YET_VALID');
  if (list.validUntil <= at) {
    throw pkiError('TRUST_LIST_EXPIRED', { validUntil: new Date(list.validUntil).toISOString() });
  }
  return { ...list, hash, signedBy: opened.signedBy };
}

type Successor = TrustListMemory & { readonly previous: string | undefined };

/** A gap is allowed, since readers miss publications; a direct successor must link to what was seen. */
function checkSuccession(list: Successor, memory: TrustListMemory): void {
  if (list.sequence < memory.sequence) throw pkiError('TRUST_LIST_ROLLBACK', { sequence: list.sequence });
  const same = list.sequence === memory.sequence;
  const forked = same
    ? list.hash !== memory.hash
    : list.sequence === memory.sequence + 1 && list.previous !== memory.hash;
  if (forked) throw pkiError('TRUST_LIST_FORK', { sequence: list.sequence });
}
