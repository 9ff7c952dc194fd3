import {
  type Certificate,
  EXTENDED_KEY_USAGE_OID,
  type PathFailure,
  type PathVerdict,
  type TrustStore,
} from '@hufu/pki';

/** For what a certificate appears: it made the seal, it signed with the seal, or it signed a time stamp. */
export type CertificateRole = 'maker' | 'signer' | 'time-stamp';

/** Whom to trust, for what: a root that was recognised for stamps has no word on who signs. */
export type TrustByRole = Readonly<Record<CertificateRole, TrustStore>>;

/** One store for every role, or one for each. */
export type Trust = TrustStore | TrustByRole;

export const storeFor = (trust: Trust, role: CertificateRole): TrustStore =>
  'withIntermediates' in trust ? trust : trust[role];

/** Purposes of services, which sign nothing in a holder's name. */
const SERVICES: ReadonlySet<string> = new Set([
  EXTENDED_KEY_USAGE_OID.timeStamping,
  EXTENDED_KEY_USAGE_OID.ocspSigning,
]);

const isServiceOnly = ({ extendedKeyUsage: listed }: Certificate): boolean =>
  listed !== undefined && listed.length > 0 && listed.every((oid) => SERVICES.has(oid));

/**
 * RFC 5280 §4.2.1.12: a certificate that lists purposes is for those alone. There is none for signing documents that all
 * authorities write, so that others are let pass; one that is for a service alone is not.
 */
export function withinPurpose(
  verdict: PathVerdict,
  certificate: Certificate,
  role: CertificateRole,
): PathVerdict {
  if (!verdict.ok || role === 'time-stamp' || !isServiceOnly(certificate)) return verdict;
  return {
    ok: false,
    certificateIndex: 0,
    code: 'EXTENDED_KEY_USAGE_REFUSED',
    clause: 'RFC 5280 §4.2.1.12',
    detail: role,
  } satisfies PathFailure;
}
