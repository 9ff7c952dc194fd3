import { pkiError } from '../errors.ts';
import { JsonReader } from '../trust-list/json-reader.ts';
import type { CertificateProfile, ConstantRule, FactName, Rule, ValueEncoding } from './model.ts';
import { compilePattern } from './pattern.ts';
import { HOLDER_KINDS, MEDIA } from './read-profile.ts';

const FACTS: readonly FactName[] = [
  'uscc',
  'unitName',
  'personName',
  'personIdNo',
  'kind',
  'keyNo',
  'medium',
  'mediumNo',
];
const PLACES = [
  'subject',
  'issuer',
  'extension',
  'san-directory',
  'san-other',
  'san-email',
  'policy',
  'constant',
] as const;
const ENCODINGS: readonly ValueEncoding[] = ['der-string', 'raw-utf8', 'der-integer'];
const OID = /^[0-2](\.(0|[1-9]\d{0,38})){1,30}$/;

/**
 * Reads a profile that was written by an operator or came with a trust list.
 *
 * @throws CodedError PROFILE_MALFORMED with the `path` of the field, PROFILE_PATTERN
 */
export function parseProfile(value: unknown): CertificateProfile {
  return readProfileJson(new JsonReader(value, (path) => pkiError('PROFILE_MALFORMED', { path })));
}

export function readProfileJson(reader: JsonReader): CertificateProfile {
  const { id, facts } = reader.fields(['id', 'facts']);
  const rules = facts.fields(FACTS);
  const found: Partial<Record<FactName, readonly (Rule | ConstantRule)[]>> = {};
  for (const fact of FACTS) {
    const list = rules[fact].optional((one) => one.list(16).map((rule) => readRule(fact, rule)));
    if (list !== undefined) found[fact] = list;
  }
  return { id: id.matching(/^[A-Za-z0-9._-]{1,40}$/), facts: found };
}

/** Values that a fact may have; free text when undefined. */
const CLOSED: Readonly<Partial<Record<FactName, readonly string[]>>> = { kind: HOLDER_KINDS, medium: MEDIA };

function readRule(fact: FactName, reader: JsonReader): Rule | ConstantRule {
  const field = reader.fields(['at', 'oid', 'encoding', 'pattern', 'values', 'value']);
  const target = (value: JsonReader): string => {
    const closed = CLOSED[fact];
    return closed === undefined ? value.text(256) : value.oneOf(closed);
  };
  const at = field.at.oneOf(PLACES);
  if (at === 'constant') {
    onlyWith(reader, ['at', 'value']);
    return { at, value: target(field.value) };
  }
  const pattern = field.pattern.optional((one) => one.text(200));
  if (pattern !== undefined) compilePattern(pattern);
  const values = field.values.optional((one) =>
    Object.fromEntries(one.entries(64).map(([key, value]) => [key, target(value)])),
  );
  const translation = {
    ...(pattern === undefined ? {} : { pattern }),
    ...(values === undefined ? {} : { values }),
  };
  const oid = (): string => field.oid.matching(OID);
  switch (at) {
    case 'san-email':
    case 'policy':
      onlyWith(reader, ['at', 'pattern', 'values']);
      return { at, ...translation };
    case 'extension':
    case 'san-other':
      onlyWith(reader, ['at', 'oid', 'encoding', 'pattern', 'values']);
      return { at, oid: oid(), encoding: field.encoding.oneOf(ENCODINGS), ...translation };
    case 'subject':
    case 'issuer':
    case 'san-directory':
      onlyWith(reader, ['at', 'oid', 'pattern', 'values']);
      return { at, oid: oid(), ...translation };
  }
}

const onlyWith = (reader: JsonReader, names: readonly string[]): void => void reader.fields(names);
