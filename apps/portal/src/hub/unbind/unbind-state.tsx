import type { UnbindApplication } from '@hufu/contracts';
import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { Status, type Tone } from '../../ui/status.tsx';

const TONES: Readonly<Record<UnbindApplication['state'], Tone>> = {
  SUBMITTED: 'busy',
  CHECKED: 'busy',
  REJECTED: 'attention',
  DONE: 'good',
  OBJECTED: 'bad',
};

export function UnbindStateWord({ state }: { state: UnbindApplication['state'] }) {
  return <Status tone={TONES[state]}>{useTexts(unbind).states[state]}</Status>;
}
