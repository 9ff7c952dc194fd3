import { equalBytes } from '@hufu/kernel';
import type { Crl } from '../../crl/model.ts';
import { EXTENSION_OID } from '../../x509/oids.ts';

export const isDelta = (crl: Crl): boolean => crl.baseCrlNumber !== undefined;

function sameExtension(a: Crl, b: Crl, oid: string): boolean {
  const [x, y] = [a.extensions.get(oid)?.value, b.extensions.get(oid)?.value];
  return x === undefined || y === undefined ? x === y : equalBytes(x, y);
}

/** §5.2.4 and §6.3.3(c): the delta speaks in the same name, scope and key, and continues this list without a gap. */
function updates(delta: Crl, base: Crl): boolean {
  const { baseCrlNumber, crlNumber } = delta;
  if (baseCrlNumber === undefined || crlNumber === undefined || base.crlNumber === undefined) return false;
  return (
    delta.issuer.key === base.issuer.key &&
    sameExtension(delta, base, EXTENSION_OID.issuingDistributionPoint) &&
    sameExtension(delta, base, EXTENSION_OID.authorityKeyIdentifier) &&
    baseCrlNumber <= base.crlNumber &&
    crlNumber >= base.crlNumber
  );
}

/** Deltas that bring the list up to date, the newest first. */
export const deltasFor = (base: Crl, crls: readonly Crl[]): Crl[] =>
  crls
    .filter((crl) => isDelta(crl) && updates(crl, base))
    .sort((a, b) => Number((b.crlNumber ?? 0n) - (a.crlNumber ?? 0n)));
