import type { RaState } from '@hufu/contracts';
import { useTexts } from '../i18n/language.tsx';
import { order } from '../i18n/order.ts';
import { Icon } from '../ui/icon.tsx';
import { orderLine } from './order-line.ts';

/** SM-MOB-ORDER as a line with today's place. */
export function OrderLineView({ state }: { state: RaState }) {
  const t = useTexts(order);
  return (
    <ol className="order-line" aria-label={t.line}>
      {orderLine(state).map((point) => (
        <li
          key={point.station}
          className={`order-point order-point-${point.state}`}
          aria-current={point.state === 'here' ? 'step' : undefined}
        >
          <span className="order-dot">
            {point.state === 'done' ? <Icon name="check" size={14} /> : null}
            {point.state === 'stopped' ? <Icon name="edit" size={14} /> : null}
          </span>
          <span className="order-word">{t.stations[point.station]}</span>
          <span className="visually-hidden">{t.stationStates[point.state]}</span>
        </li>
      ))}
    </ol>
  );
}
