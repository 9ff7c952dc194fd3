import { type RecordType, stateOf, type Tone } from '@hufu/library';
import { useSaid } from '../../i18n/said.ts';
import { Status, type Tone as StatusTone } from '../../ui/status.tsx';

const TONES: Readonly<Record<Tone, StatusTone>> = {
  draft: 'busy',
  good: 'good',
  warning: 'attention',
  ended: 'bad',
};

/** The state as a word and a shape. */
export function RecordState({ type, state }: { type: RecordType; state: string }) {
  const said = useSaid();
  const declared = stateOf(type, state);
  return (
    <Status tone={declared ? TONES[declared.tone] : 'idle'}>{declared ? said(declared.label) : state}</Status>
  );
}
