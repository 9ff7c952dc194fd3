import type { BoundCertificate } from '@hufu/contracts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Status, type Tone } from '../ui/status.tsx';

const TONES: Readonly<Record<BoundCertificate['status'], Tone>> = {
  VALID: 'good',
  EXPIRING: 'attention',
  EXPIRED: 'bad',
  REVOKED: 'bad',
  LOST: 'bad',
  NOT_YET_VALID: 'idle',
  UNKNOWN: 'idle',
};

export function CertificateState({ status }: { status: BoundCertificate['status'] }) {
  return <Status tone={TONES[status]}>{useTexts(common).certificateStates[status]}</Status>;
}
