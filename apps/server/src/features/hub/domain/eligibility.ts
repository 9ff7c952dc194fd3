import type { HubErrorCode } from '@hufu/contracts';

export type HolderKind = 'enterprise' | 'legalRepresentative' | 'individual' | 'operator' | 'unknown';

/**
 * Whether a key of this kind may enter the hub (HUB-015, HUB-041, OD-41).
 * @returns the refusal, or null
 */
export function kindRefusal(kind: HolderKind, act: 'login' | 'bind' | 'activate'): HubErrorCode | null {
  switch (kind) {
    case 'enterprise':
      return null;
    case 'legalRepresentative':
      return act === 'login' ? 'HUB_LEGAL_REP_KEY' : 'HUB_BIND_ENTERPRISE_KEY';
    case 'individual':
      return 'HUB_INDIVIDUAL_CERTIFICATE';
    // An operator's key opens the desk. In the hub it is a key of no enterprise, as is one whose kind cannot be told.
    case 'operator':
    case 'unknown':
      return 'HUB_KIND_UNKNOWN';
  }
}

export type KnownCertificate = {
  readonly authorityId: string;
  readonly uscc: string | null;
  readonly certKeyNo: string;
  readonly certKeyNoAssigned: boolean;
  readonly serialNumber: string;
  readonly validFrom: number;
};

/**
 * Whether `next` is the renewal of a bound certificate (OD-40 as decided): same authority, same USCC in both
 * certificates, same 证书Key号, and issued later. A Key号 that is only the serial number (an authority that assigns
 * none) never survives renewal, so such certificates ask for activation.
 */
export function renews(next: KnownCertificate, bound: KnownCertificate): boolean {
  return (
    next.authorityId === bound.authorityId &&
    next.uscc !== null &&
    next.uscc === bound.uscc &&
    next.certKeyNoAssigned &&
    bound.certKeyNoAssigned &&
    next.certKeyNo === bound.certKeyNo &&
    next.serialNumber !== bound.serialNumber &&
    next.validFrom > bound.validFrom
  );
}
