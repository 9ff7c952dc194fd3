import type { Clock } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import type { PairingRequest, PairingState } from '@hufu/keybridge-client/protocol';
import { newHandle, sha256Hex } from '../ids.ts';
import { signals } from '../signals.ts';
import type { ApprovedSites } from './approved-sites.ts';

const LIFETIME_MS = 10 * 60_000;
const MAX_OPEN = 20;

export type OpenPairing = {
  readonly pairingId: string;
  readonly origin: string;
  readonly title: string | undefined;
  readonly language: 'zh' | 'en';
  readonly expiresAt: number;
};

type Decision = { state: 'pending' | 'approved' | 'collected' | 'refused'; secret?: string };

type Entry = OpenPairing & Decision;

/**
 * Requests of sites that wait for the user's word. They live in memory: a restart forgets them, and the page asks
 * again.
 */
export type PairingBook = {
  /** A newer request of the same origin replaces the older. @throws CodedError BRIDGE_BUSY */
  request(origin: string, request: PairingRequest): OpenPairing;
  /** For the approval page. @throws CodedError BRIDGE_NOT_FOUND, BRIDGE_APPROVAL_EXPIRED */
  show(pairingId: string): OpenPairing;
  /** The user's word. @throws CodedError BRIDGE_NOT_FOUND, BRIDGE_APPROVAL_EXPIRED, OPERATION_SPENT */
  decide(pairingId: string, allowed: boolean): Promise<void>;
  /** For the origin that asked, and no other. @throws CodedError BRIDGE_NOT_FOUND */
  state(pairingId: string, origin: string): PairingState;
  /** Resolves when the request is decided, or after the time. */
  waitForDecision(pairingId: string, milliseconds: number): Promise<void>;
  /** Ends every wait. */
  close(): void;
};

export function pairingBook(sites: ApprovedSites, clock: Clock): PairingBook {
  const entries = new Map<string, Entry>();
  const decided = signals();

  function forgetOld(): void {
    for (const [id, entry] of entries) {
      if (entry.expiresAt + LIFETIME_MS < clock.now()) entries.delete(id);
    }
  }

  function find(pairingId: string): Entry {
    const entry = entries.get(pairingId);
    if (entry === undefined) throw bridgeError('BRIDGE_NOT_FOUND');
    return entry;
  }

  const isExpired = (entry: Entry): boolean => entry.state === 'pending' && entry.expiresAt <= clock.now();

  function open(pairingId: string): Entry {
    const entry = find(pairingId);
    if (isExpired(entry)) throw bridgeError('BRIDGE_APPROVAL_EXPIRED');
    if (entry.state !== 'pending') throw bridgeError('OPERATION_SPENT');
    return entry;
  }

  return {
    request(origin, { title, language }) {
      forgetOld();
      for (const [id, entry] of entries) {
        if (entry.origin === origin && entry.state === 'pending') entries.delete(id);
      }
      const pending = [...entries.values()].filter((entry) => entry.state === 'pending' && !isExpired(entry));
      if (pending.length >= MAX_OPEN) throw bridgeError('BRIDGE_BUSY');
      const entry: Entry = {
        pairingId: newHandle(),
        origin,
        title,
        language: language ?? 'zh',
        expiresAt: clock.now() + LIFETIME_MS,
        state: 'pending',
      };
      entries.set(entry.pairingId, entry);
      return entry;
    },
    show: open,
    async decide(pairingId, allowed) {
      const entry = open(pairingId);
      entry.state = allowed ? 'approved' : 'refused';
      if (allowed) {
        const secret = newHandle();
        entry.secret = secret;
        await sites.approve({
          origin: entry.origin,
          ...(entry.title === undefined ? {} : { title: entry.title }),
          approvedAt: new Date(clock.now()).toISOString(),
          secretSha256: sha256Hex(secret),
        });
      }
      decided.raise(pairingId);
    },
    state(pairingId, origin) {
      const entry = find(pairingId);
      if (entry.origin !== origin) throw bridgeError('BRIDGE_NOT_FOUND');
      if (isExpired(entry)) return { state: 'expired' };
      if (entry.state !== 'approved') return { state: entry.state };
      const secret = entry.secret;
      if (secret === undefined) return { state: 'pending' };
      entry.state = 'collected';
      delete entry.secret;
      return { state: 'approved', secret };
    },
    waitForDecision: (pairingId, milliseconds) => {
      const entry = entries.get(pairingId);
      if (entry?.state !== 'pending' || isExpired(entry)) return Promise.resolve();
      return decided.wait(pairingId, milliseconds);
    },
    close: () => decided.close(),
  };
}
