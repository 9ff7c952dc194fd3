import type { BoundCertificate } from '@hufu/contracts';

export type StatusFacts = {
  readonly validFrom: number;
  readonly validTo: number;
  readonly revocation: 'GOOD' | 'REVOKED' | 'LOST' | 'UNKNOWN';
};

const EXPIRING_MS = 30 * 86_400_000;

/** What a list shows of a bound certificate: the authority's word first, then its dates. */
export function certificateStatus(facts: StatusFacts, now: number): BoundCertificate['status'] {
  if (facts.revocation === 'REVOKED' || facts.revocation === 'LOST') return facts.revocation;
  if (now < facts.validFrom) return 'NOT_YET_VALID';
  if (now > facts.validTo) return 'EXPIRED';
  if (facts.validTo - now < EXPIRING_MS) return 'EXPIRING';
  return facts.revocation === 'UNKNOWN' ? 'UNKNOWN' : 'VALID';
}
