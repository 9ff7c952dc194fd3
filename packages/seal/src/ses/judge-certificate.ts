import { CodedError } from '@hufu/kernel';
import { type Certificate, parseCertificate } from '@hufu/pki';
import {
  type CertificateJudge,
  type CertificateStanding,
  standingAt,
  type UseTime,
} from './certificate-judge.ts';
import type { SesReason } from './reasons.ts';
import { failed, passed, type SesFinding, type SesStep, unknown } from './verdict.ts';

type Standing = CertificateStanding['standing'];
type Outcome = readonly [status: 'failed' | 'unknown', reason: SesReason];
type Outcomes = Readonly<Record<Exclude<Standing, 'good'>, Outcome>>;

const MAKER: Outcomes = {
  refused: ['failed', 'MAKER_CERTIFICATE_REFUSED'],
  untrusted: ['unknown', 'MAKER_CERTIFICATE_UNTRUSTED'],
  'out-of-date': ['failed', 'MAKER_CERTIFICATE_OUT_OF_DATE'],
  revoked: ['failed', 'MAKER_CERTIFICATE_REVOKED'],
  'revoked-later': ['unknown', 'MAKER_CERTIFICATE_REVOKED_LATER'],
  'revocation-unknown': ['unknown', 'MAKER_REVOCATION_UNKNOWN'],
};

const SIGNER: Outcomes = {
  refused: ['failed', 'SIGNER_CERTIFICATE_REFUSED'],
  untrusted: ['unknown', 'SIGNER_CERTIFICATE_UNTRUSTED'],
  'out-of-date': ['failed', 'SIGNER_CERTIFICATE_OUT_OF_DATE'],
  revoked: ['failed', 'SIGNER_CERTIFICATE_REVOKED'],
  'revoked-later': ['unknown', 'SIGNER_CERTIFICATE_REVOKED_LATER'],
  'revocation-unknown': ['unknown', 'SIGNER_REVOCATION_UNKNOWN'],
};

const ROLES = {
  maker: { step: 'maker-certificate', outcomes: MAKER },
  signer: { step: 'signer-certificate', outcomes: SIGNER },
} as const satisfies Record<string, { readonly step: SesStep; readonly outcomes: Outcomes }>;

/** The certificate, or undefined when its bytes are not one. */
export function tryCertificate(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

export type CertificateUse = UseTime & {
  readonly certificate: Certificate;
  readonly role: keyof typeof ROLES;
  readonly companions: readonly Certificate[];
};

/** Out of date is out of date, whoever issued it: no path has to be known for that. */
function dateStanding({ certificate, at }: CertificateUse): CertificateStanding | undefined {
  if (at < certificate.notBefore) return { standing: 'out-of-date', detail: 'NOT_YET_VALID' };
  return at > certificate.notAfter ? { standing: 'out-of-date', detail: 'EXPIRED' } : undefined;
}

/** The step about one certificate of a seal: path, validity and revocation at the time of its use. */
export async function judgeCertificate(use: CertificateUse, judge: CertificateJudge): Promise<SesFinding> {
  const { step, outcomes } = ROLES[use.role];
  const { standing, detail } = dateStanding(use) ?? standingAt(await judge(use), use);
  if (standing === 'good') return passed(step);
  const [status, reason] = outcomes[standing];
  return status === 'failed' ? failed(step, reason, detail) : unknown(step, reason, detail);
}
