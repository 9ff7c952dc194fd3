import type { Clock } from '@hufu/kernel';
import { infraError } from '../errors.ts';

/** So many requests per period; `burst` of them (default: all) may come at once. */
export type Limit = {
  readonly requests: number;
  readonly seconds: number;
  readonly burst?: number | undefined;
};
export type Limits = Readonly<Record<string, Limit>>;

export type RateLimiter = {
  /** Makes names known; the configuration's values stand above those given here. */
  define(limits: Limits): void;
  /** @returns seconds to wait, 0 when the request may pass */
  take(name: string, key: string): number;
  /** @throws RATE_LIMITED with `retryAfter` in seconds */
  enforce(name: string, key: string): void;
};

/** As many keys as are remembered; beyond it those longest at rest are forgotten first. */
const MOST_KEYS = 100_000;

/**
 * Named limits by the generic cell rate algorithm: per key one number, the time at which its bucket is empty.
 * Kept in this process: N servers let N times as much pass, which the limits' values allow for.
 */
export function createRateLimiter(overrides: Limits, clock: Clock): RateLimiter {
  let limits: Limits = overrides;
  const emptyAt = new Map<string, number>();

  const take = (name: string, key: string): number => {
    const limit = limits[name];
    if (!limit) throw new Error(`no rate limit is named ${name}`);
    const interval = (limit.seconds * 1000) / limit.requests;
    const tolerance = interval * (limit.burst ?? limit.requests);
    const now = clock.now();
    const id = `${name}\0${key}`;
    const next = Math.max(emptyAt.get(id) ?? now, now) + interval;
    if (next - now > tolerance) return Math.max(1, Math.ceil((next - now - tolerance) / 1000));
    emptyAt.delete(id);
    emptyAt.set(id, next);
    if (emptyAt.size > MOST_KEYS) forget(emptyAt, now);
    return 0;
  };
  return {
    define(more) {
      limits = { ...limits, ...more, ...overrides };
    },
    take,
    enforce(name, key) {
      const retryAfter = take(name, key);
      if (retryAfter > 0) throw infraError('RATE_LIMITED', { limit: name, retryAfter });
    },
  };
}

function forget(emptyAt: Map<string, number>, now: number): void {
  for (const [id, at] of emptyAt) {
    if (at > now && emptyAt.size <= MOST_KEYS * 0.9) return;
    emptyAt.delete(id);
  }
}

/** One customer's network counts as one source: the whole address of IPv4, the first 64 bits of IPv6. */
export function sourceKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(0, missing)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`;
}
