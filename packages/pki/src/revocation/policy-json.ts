import { pkiError } from '../errors.ts';
import { JsonReader } from '../trust-list/json-reader.ts';
import type { AllowedAlgorithm, CaPolicy } from './policy.ts';

const ALGORITHMS: readonly AllowedAlgorithm[] = ['sm2-sm3', 'ecdsa-sha2', 'rsa-sha2'];
const DAY = 86_400;

/**
 * Reads a stored or published policy. Bounds keep a slip of the hand from opening a CA for ever: a grace of at most
 * a week, a budget of at most two minutes, a cache of at most a day.
 *
 * @throws CodedError POLICY_MALFORMED with the `path` of the field
 */
export function parseCaPolicy(value: unknown): CaPolicy {
  return readPolicy(new JsonReader(value, (path) => pkiError('POLICY_MALFORMED', { path })));
}

/** The inverse of `parseCaPolicy`: times as RFC 3339, absent fields left out. */
export function caPolicyToJson(policy: CaPolicy): Readonly<Record<string, unknown>> {
  const { suspended, maxAgeSeconds, grace, ...plain } = policy;
  return {
    ...plain,
    ...(suspended === undefined ? {} : { suspended: { since: new Date(suspended.since).toISOString() } }),
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
    ...(grace === undefined
      ? {}
      : { grace: { maxSeconds: grace.maxSeconds, until: new Date(grace.until).toISOString() } }),
  };
}

export function readPolicy(reader: JsonReader): CaPolicy {
  const field = reader.fields([
    'name',
    'region',
    'joined',
    'suspended',
    'algorithms',
    'sources',
    'intermediates',
    'ocspBudgetMs',
    'ocspCacheSeconds',
    'maxAgeSeconds',
    'clockSkewSeconds',
    'grace',
  ]);
  return {
    name: field.name.matching(/^[A-Za-z0-9@._-]{1,80}$/),
    region: field.region.matching(/^[0-9A-Za-z-]{1,20}$/),
    joined: field.joined.boolean(),
    suspended: field.suspended.optional((suspended) => ({
      since: suspended.fields(['since']).since.time(),
    })),
    algorithms: distinct(field.algorithms, ALGORITHMS),
    sources: distinct(field.sources, ['crl', 'ocsp']),
    intermediates: field.intermediates.oneOf(['required', 'if-published']),
    ocspBudgetMs: field.ocspBudgetMs.integer(100, 120_000),
    ocspCacheSeconds: field.ocspCacheSeconds.integer(0, DAY),
    maxAgeSeconds: field.maxAgeSeconds.optional((age) => age.integer(60, 400 * DAY)),
    clockSkewSeconds: field.clockSkewSeconds.integer(0, 3600),
    grace: field.grace.optional((grace) => {
      const { maxSeconds, until } = grace.fields(['maxSeconds', 'until']);
      return { maxSeconds: maxSeconds.integer(1, 7 * DAY), until: until.time() };
    }),
  };
}

function distinct<const T extends string>(reader: JsonReader, known: readonly T[]): readonly T[] {
  const values = reader.list(known.length).map((one) => one.oneOf(known));
  return new Set(values).size === values.length ? values : reader.fail();
}
