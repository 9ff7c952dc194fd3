import type { RaState } from '@hufu/contracts';
import { useTexts } from '../i18n/language.tsx';
import { order } from '../i18n/order.ts';
import { Status, type Tone } from '../ui/status.tsx';
import { isOpenOrder, needsUser } from './order-line.ts';

function toneOf(state: RaState): Tone {
  if (state === 'RETURNED') return 'attention';
  if (state === 'CANCELLED' || state === 'DRAFT') return 'idle';
  if (!isOpenOrder(state)) return 'good';
  return needsUser(state) ? 'attention' : 'busy';
}

export function OrderStateWord({ state }: { state: RaState }) {
  const t = useTexts(order);
  return <Status tone={toneOf(state)}>{t.states[state]}</Status>;
}
