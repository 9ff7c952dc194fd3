import type { RaCertificateState } from '@hufu/contracts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Status, type Tone } from '../../ui/status.tsx';

const TONES: Readonly<Record<RaCertificateState, Tone>> = {
  EFFECTIVE: 'good',
  HELD: 'attention',
  REVOKED: 'bad',
  EXPIRED: 'idle',
};

export function CertificateStateWord({ state }: { state: RaCertificateState }) {
  return <Status tone={TONES[state]}>{useTexts(ra).certificateStates[state]}</Status>;
}
