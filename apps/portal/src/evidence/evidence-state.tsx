import type { EvidenceState as State } from '@hufu/contracts';
import { evidence } from '../i18n/evidence.ts';
import { useTexts } from '../i18n/language.tsx';
import { Status, type Tone } from '../ui/status.tsx';

const TONES: Readonly<Record<State, Tone>> = {
  WAITING: 'idle',
  LOGGED: 'busy',
  WITNESSED: 'good',
  ANCHORED: 'good',
};

export function EvidenceState({ state }: { state: State }) {
  const t = useTexts(evidence);
  return <Status tone={TONES[state]}>{t.states[state]}</Status>;
}
