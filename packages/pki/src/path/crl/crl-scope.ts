import { toHex } from '@hufu/kernel';
import type { Crl } from '../../crl/model.ts';
import type { Certificate, DistributionPoint, GeneralName } from '../../x509/model.ts';

/** Bits of ReasonFlags (RFC 5280 §4.2.1.13); bit 0 is unused. */
export const ALL_REASONS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8]);

/** The certificate's distribution points, and the one that every issuer has without saying (RFC 5280 §6.3.3). */
export function distributionPointsOf(certificate: Certificate): readonly DistributionPoint[] {
  const implied: DistributionPoint = {
    names: [{ kind: 'dn', name: certificate.issuer }],
    reasons: undefined,
    crlIssuer: undefined,
  };
  return [...(certificate.crlDistributionPoints ?? []), implied];
}

function keyOf(name: GeneralName): string {
  switch (name.kind) {
    case 'dn':
      return `dn:${name.name.key}`;
    case 'ip':
      return `ip:${toHex(name.address)}`;
    case 'dns':
    case 'email':
    case 'uri':
      return `${name.kind}:${name.text}`;
    default:
      return `${name.kind}:${toHex(name.der)}`;
  }
}

const shareName = (a: readonly GeneralName[], b: readonly GeneralName[]): boolean => {
  const keys = new Set(a.map(keyOf));
  return b.some((name) => keys.has(keyOf(name)));
};

/** §6.3.3(b)(1): the list comes from the certificate's issuer, or from the one whom the distribution point names. */
function comesFromNamedIssuer(certificate: Certificate, point: DistributionPoint, crl: Crl): boolean {
  if (point.crlIssuer === undefined) return crl.issuer.key === certificate.issuer.key;
  const named = point.crlIssuer.some((name) => name.kind === 'dn' && name.name.key === crl.issuer.key);
  return named && crl.issuingDistributionPoint?.indirect === true;
}

/** §6.3.3(b)(2): the certificate is of the sort that the list says it covers. */
function coversSort(certificate: Certificate, point: DistributionPoint, crl: Crl): boolean {
  const scope = crl.issuingDistributionPoint;
  if (scope === undefined) return true;
  if (scope.names && !shareName(scope.names, point.names ?? point.crlIssuer ?? [])) return false;
  const isAuthority = certificate.basicConstraints?.ca === true;
  if (scope.onlyUserCertificates && isAuthority) return false;
  if (scope.onlyCaCertificates && !isAuthority) return false;
  return !scope.onlyAttributeCertificates;
}

/** §6.3.3(b) and (d): for which reasons this list speaks about the certificate by way of this point; none if at all. */
export function reasonsCovered(
  certificate: Certificate,
  point: DistributionPoint,
  crl: Crl,
): ReadonlySet<number> {
  if (!comesFromNamedIssuer(certificate, point, crl) || !coversSort(certificate, point, crl)) {
    return new Set();
  }
  const some = crl.issuingDistributionPoint?.onlySomeReasons;
  return new Set(
    [...ALL_REASONS].filter((reason) => (point.reasons?.has(reason) ?? true) && (some?.has(reason) ?? true)),
  );
}
