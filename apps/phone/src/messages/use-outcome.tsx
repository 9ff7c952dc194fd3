import type { PhoneUse } from '@hufu/contracts';
import { useTexts } from '../i18n/language.tsx';
import { uses } from '../i18n/uses.ts';
import { Status, type Tone } from '../ui/status.tsx';

const TONES: Readonly<Record<PhoneUse['outcome'], Tone>> = {
  OPEN: 'busy',
  DONE: 'good',
  FAILED: 'bad',
  REFUSED: 'attention',
  EXPIRED: 'idle',
};

export function UseOutcome({ outcome }: Pick<PhoneUse, 'outcome'>) {
  const t = useTexts(uses);
  return <Status tone={TONES[outcome]}>{t.outcomes[outcome]}</Status>;
}
