import type { RaOrder } from '@hufu/contracts';
import { minute } from '../format/dates.ts';
import { useTexts } from '../i18n/language.tsx';
import { order as texts } from '../i18n/order.ts';

/** 办理经过, the latest first. */
export function OrderHistory({ order }: { order: RaOrder }) {
  const t = useTexts(texts);
  if (order.history.length === 0) return null;
  const named: Readonly<Record<string, string>> = t.events;
  return (
    <section className="panel">
      <h2>{t.history}</h2>
      <ol className="happenings">
        {order.history.toReversed().map(({ at, event, state, note }) => (
          <li key={`${at} ${event}`}>
            <time className="faint figures">{minute(at)}</time>
            <span>{named[event] ?? t.states[state]}</span>
            {note ? <span className="faint">{note}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
