import type { RaErrorCode, RaKind } from '@hufu/contracts';
import { DAY_MS } from '@hufu/kernel';

/** OD-29. */
const RENEWAL_WINDOW_MS = 30 * DAY_MS;

export type CertificateFacts = {
  readonly applicant: 'ENTERPRISE' | 'INDIVIDUAL' | 'EXPERT';
  readonly state: 'EFFECTIVE' | 'HELD' | 'REVOKED';
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
};

/** What may be asked for a certificate now. @returns why not, or undefined */
export function refusalOf(kind: RaKind, certificate: CertificateFacts, now: number): RaErrorCode | undefined {
  const { state, notAfter, applicant } = certificate;
  const ended = state === 'REVOKED' || now > notAfter;
  switch (kind) {
    case 'RENEW':
      if (ended || state !== 'EFFECTIVE') return 'RA_CERTIFICATE_STATE';
      return notAfter - now > RENEWAL_WINDOW_MS ? 'RA_RENEW_WINDOW' : undefined;
    case 'REAPPLY':
      return ended && applicant === 'ENTERPRISE' ? undefined : 'RA_REAPPLY';
    case 'CHANGE':
      return ended || state !== 'EFFECTIVE' ? 'RA_CERTIFICATE_STATE' : undefined;
    case 'REISSUE':
    case 'CANCEL':
    case 'RESET_PIN':
      return ended ? 'RA_CERTIFICATE_STATE' : undefined;
    case 'NEW':
      return 'RA_CERTIFICATE_STATE';
  }
}

/** OD-31: 变更, 重新申请 and 挂失补办 make new keys; what is encrypted to the old ones needs a warning (MOB-045). */
export const losesFiles = (kind: RaKind): boolean =>
  kind === 'CHANGE' || kind === 'REAPPLY' || kind === 'REISSUE';

/** What becomes of the former certificate once the new one is there. */
export function endOfFormer(kind: RaKind): 'superseded' | 'affiliationChanged' | 'keyCompromise' | undefined {
  switch (kind) {
    case 'CHANGE':
      return 'affiliationChanged';
    case 'REISSUE':
      return 'keyCompromise';
    case 'RENEW':
    case 'REAPPLY':
    case 'NEW':
    case 'CANCEL':
    case 'RESET_PIN':
      return undefined;
  }
}
