import type { PhoneCertificate } from '@hufu/contracts';
import { certificates } from '../i18n/certificates.ts';
import { useTexts } from '../i18n/language.tsx';
import { Status } from '../ui/status.tsx';

type Facts = Pick<PhoneCertificate, 'state' | 'renewable' | 'daysLeft'>;

/** Its state, or how many days it has left once it can be renewed (OD-29). */
export function CertificateStateWord({ certificate }: { certificate: Facts }) {
  const t = useTexts(certificates);
  const { state, renewable, daysLeft } = certificate;
  if (state === 'EFFECTIVE' && renewable) {
    return <Status tone="attention">{daysLeft <= 0 ? t.lastDay : t.daysLeft(daysLeft)}</Status>;
  }
  if (state === 'EFFECTIVE') return <Status tone="good">{t.states.EFFECTIVE}</Status>;
  return <Status tone={state === 'HELD' ? 'attention' : 'idle'}>{t.states[state]}</Status>;
}
