import type { Approval } from '@hufu/contracts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Status, type Tone } from '../../ui/status.tsx';

const TONES: Readonly<Record<Approval['state'], Tone>> = {
  OPEN: 'busy',
  APPROVED: 'good',
  REJECTED: 'attention',
  WITHDRAWN: 'idle',
  EXPIRED: 'idle',
};

export function ApprovalState({ state }: { state: Approval['state'] }) {
  return <Status tone={TONES[state]}>{useTexts(desk).approvals.states[state]}</Status>;
}
