import type { SealState as State } from '@hufu/contracts';
import { useTexts } from '../i18n/language.tsx';
import { seals } from '../i18n/seals.ts';
import { Status, type Tone } from '../ui/status.tsx';

const TONES: Readonly<Record<State, Tone>> = {
  APPLIED: 'busy',
  ACTIVE: 'good',
  FROZEN: 'attention',
  REVOKED: 'bad',
  EXPIRED: 'bad',
  REPLACED: 'idle',
  REJECTED: 'bad',
};

export function SealState({ state }: { state: State }) {
  const t = useTexts(seals);
  return <Status tone={TONES[state]}>{t.states[state]}</Status>;
}
