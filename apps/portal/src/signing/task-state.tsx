import type { SigningTask } from '@hufu/contracts';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { Status, type Tone } from '../ui/status.tsx';

const TONES: Readonly<Record<SigningTask['state'], Tone>> = {
  OPEN: 'busy',
  COMPLETED: 'good',
  DECLINED: 'bad',
  CANCELLED: 'idle',
};

/** 未签章 or 已签章 for the caller's own part, else how the whole stands. */
export function TaskState({ task }: { task: SigningTask }) {
  const t = useTexts(signing);
  const { mine, state } = task;
  if (state === 'OPEN' && mine !== null) {
    return (
      <Status
        tone={mine.status === 'SIGNED' ? 'good' : mine.status === 'SIGNED_LOCAL' ? 'busy' : 'attention'}
      >
        {t.statuses[mine.status]}
      </Status>
    );
  }
  return <Status tone={TONES[state]}>{t.taskStates[state]}</Status>;
}
