import { type Clock, fromBase64, readAtMost, systemClock } from '@hufu/kernel';
import {
  type CryptoEngine,
  createTrustIndex,
  type PinnedKey,
  type TrustIndex,
  type VerifiedTrustList,
  verifyTrustList,
} from '@hufu/pki';
import { sdkError } from '../errors.ts';

export type TrustListReaderOptions = {
  /** The hub's fixed address, …/trust-list.json */
  readonly address: string;
  /**
   * Keys that the hub's operator handed over by hand, one a line: `kid algorithm base64-of-SubjectPublicKeyInfo`.
   * All of them must have signed.
   */
  readonly pins: string;
  readonly engine: CryptoEngine;
  readonly clock?: Clock;
  /** How often to ask for a newer list, in milliseconds. */
  readonly refreshMs?: number;
};

export type TrustListReader = {
  /**
   * The newest valid list. While the hub is down the last one serves, until it expires.
   * @throws CodedError SDK_TRUST_LIST_MISSING
   */
  current(): Promise<{ readonly list: VerifiedTrustList; readonly index: TrustIndex }>;
};

const HOUR = 3_600_000;
const MAX_BYTES = 4_000_000;

/** @throws CodedError SDK_TRUST_LIST_MISSING when a line is not of the form */
export function readPins(text: string): PinnedKey[] {
  return text
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [kid, algorithm, key] = line.split(/\s+/);
      if (kid === undefined || key === undefined || (algorithm !== 'ES256' && algorithm !== 'SM2')) {
        throw sdkError('SDK_TRUST_LIST_MISSING', { reason: 'pins' });
      }
      return { kid, algorithm, publicKey: fromBase64(key) };
    });
}

/** Fetches and verifies the hub's trust list, and refuses an older one than it has seen. */
export function trustListReader(options: TrustListReaderOptions): TrustListReader {
  const { address, engine, clock = systemClock, refreshMs = HOUR } = options;
  const pins = readPins(options.pins);
  let held: { list: VerifiedTrustList; index: TrustIndex; fetchedAt: number } | undefined;

  async function fetchList(at: number) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw sdkError('SDK_TRUST_LIST_MISSING', { status: answer.status });
    const bytes = await readAtMost(answer, MAX_BYTES);
    if (bytes === undefined) throw sdkError('SDK_TRUST_LIST_MISSING', { reason: 'size' });
    const memory = held && { sequence: held.list.sequence, hash: held.list.hash };
    const list = await verifyTrustList(bytes, { pins, engine, at, ...(memory ? { memory } : {}) });
    return { list, index: createTrustIndex(list.authorities, { engine }), fetchedAt: at };
  }

  return {
    async current() {
      const at = clock.now();
      if (held === undefined || at - held.fetchedAt > refreshMs) {
        try {
          held = await fetchList(at);
        } catch (cause) {
          if (held === undefined) throw sdkError('SDK_TRUST_LIST_MISSING', {}, cause);
        }
      }
      if (held.list.validUntil <= at) throw sdkError('SDK_TRUST_LIST_MISSING', { reason: 'expired' });
      return held;
    },
  };
}
