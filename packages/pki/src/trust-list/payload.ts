import { canonicalJson, fromBase64, type JsonValue, toBase64, utf8 } from '@hufu/kernel';
import { pkiError } from '../errors.ts';
import { readProfileJson } from '../profile/profile-json.ts';
import { caPolicyToJson, readPolicy } from '../revocation/policy-json.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/model.ts';
import { JsonReader } from './json-reader.ts';
import { parseJson } from './jws.ts';
import { TRUST_LIST_FORMAT, TRUST_LIST_VERSION, type TrustedAuthority, type TrustList } from './model.ts';

const MAX_AUTHORITIES = 500;
const HASH = /^[0-9a-f]{64}$/;
const ADDRESS = /^https?:\/\/[^\s@]{1,480}$/;
const isoTime = (ms: number): string => new Date(ms).toISOString();
const base64Of = ({ der }: Certificate): string => toBase64(der);

/** The payload's bytes, canonical (RFC 8785): the same list always gives the same bytes. */
export function writePayload(list: TrustList): Uint8Array {
  return utf8(
    canonicalText({
      format: TRUST_LIST_FORMAT,
      version: TRUST_LIST_VERSION,
      region: list.region,
      sequence: list.sequence,
      issuedAt: isoTime(list.issuedAt),
      validUntil: isoTime(list.validUntil),
      previous: list.previous,
      authorities: list.authorities.map(writeAuthority),
    }),
  );
}

/** Absent members are left out before the canonical form is made, which knows no absence. */
const canonicalText = (value: unknown): string =>
  canonicalJson(JSON.parse(JSON.stringify(value)) as JsonValue);

const writeAuthority = (authority: TrustedAuthority) => ({
  id: authority.id,
  name: authority.name,
  nameEn: authority.nameEn,
  phone: authority.phone,
  status: authority.status,
  since: isoTime(authority.since),
  anchors: authority.anchors.map(base64Of),
  intermediates: authority.intermediates.map(base64Of),
  profile: authority.profile,
  policy: caPolicyToJson(authority.policy),
  crlAddresses: authority.crlAddresses,
  ocspAddresses: authority.ocspAddresses,
});

/** Authorities as text, to see whether two lists say the same. */
export const authoritiesText = (authorities: readonly TrustedAuthority[]): string =>
  canonicalText(authorities.map(writeAuthority));

/** @throws CodedError TRUST_LIST_MALFORMED with the `path` of the field */
export function readPayload(bytes: Uint8Array): TrustList {
  const reader = new JsonReader(parseJson(bytes), (path) => pkiError('TRUST_LIST_MALFORMED', { path }));
  const field = reader.fields([
    'format',
    'version',
    'region',
    'sequence',
    'issuedAt',
    'validUntil',
    'previous',
    'authorities',
  ]);
  field.format.oneOf([TRUST_LIST_FORMAT]);
  field.version.integer(TRUST_LIST_VERSION, TRUST_LIST_VERSION);
  const authorities = field.authorities.list(MAX_AUTHORITIES).map(readAuthority);
  const ids = new Set(authorities.map(({ id }) => id));
  if (ids.size !== authorities.length) field.authorities.fail();
  return {
    region: field.region.matching(/^[0-9A-Za-z-]{1,20}$/),
    sequence: field.sequence.integer(1, Number.MAX_SAFE_INTEGER),
    issuedAt: field.issuedAt.time(),
    validUntil: field.validUntil.time(),
    previous: field.previous.optional((one) => one.matching(HASH)),
    authorities,
  };
}

function readAuthority(reader: JsonReader): TrustedAuthority {
  const field = reader.fields([
    'id',
    'name',
    'nameEn',
    'phone',
    'status',
    'since',
    'anchors',
    'intermediates',
    'profile',
    'policy',
    'crlAddresses',
    'ocspAddresses',
  ]);
  const anchors = field.anchors.list(16).map(readCertificate);
  if (anchors.length === 0) field.anchors.fail();
  return {
    id: field.id.matching(/^[a-z0-9-]{2,40}$/),
    name: field.name.text(100),
    nameEn: field.nameEn.optional((one) => one.text(100)),
    phone: field.phone.text(40),
    anchors,
    intermediates: field.intermediates.list(64).map(readCertificate),
    profile: readProfileJson(field.profile),
    policy: readPolicy(field.policy),
    crlAddresses: field.crlAddresses.list(32).map((one) => one.matching(ADDRESS)),
    ocspAddresses: field.ocspAddresses.list(8).map((one) => one.matching(ADDRESS)),
    status: field.status.oneOf(['active', 'suspended', 'withdrawn']),
    since: field.since.time(),
  };
}

const readCertificate = (reader: JsonReader): Certificate => {
  const text = reader.text(100_000);
  try {
    return parseCertificate(fromBase64(text));
  } catch (cause) {
    throw pkiError('TRUST_LIST_MALFORMED', { path: reader.path }, cause);
  }
};
