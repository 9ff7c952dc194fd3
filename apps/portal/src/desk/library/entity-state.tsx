import type { StewardEntity } from '@hufu/contracts';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import { Status, type Tone } from '../../ui/status.tsx';

const TONES: Readonly<Record<'REGISTERED_SIMPLE' | 'ACTIVE' | 'FROZEN' | 'MERGED', Tone>> = {
  REGISTERED_SIMPLE: 'busy',
  ACTIVE: 'good',
  FROZEN: 'attention',
  MERGED: 'idle',
};

export function EntityState({ entity }: { entity: Pick<StewardEntity, 'state' | 'mergedInto'> }) {
  const t = useTexts(stewards);
  const state = entity.mergedInto === null ? entity.state : 'MERGED';
  return <Status tone={TONES[state]}>{t.states[state]}</Status>;
}
