import { type RecordType, stateOf, usable } from '@hufu/library';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Icon } from '../../ui/icon.tsx';

/** The life cycle as a line with today's place, and what it means for bidding (GEN-007). */
export function LifeLine({ type, state }: { type: RecordType; state: string }) {
  const t = useTexts(records).view;
  const said = useSaid();
  const { states } = type.lifeCycle;
  const at = states.findIndex(({ name }) => name === state);
  const bids = states.some((one) => one.usable);
  const may = usable(type, state);
  return (
    <div className="life">
      {states.length > 1 ? (
        <ol className="life-line" aria-label={t.life}>
          {states.map(({ name, label, ended }, index) => (
            <li
              key={name}
              className={`life-state${index === at ? ' life-now' : ''}${index < at && !ended ? ' life-past' : ''}`}
              aria-current={index === at ? 'step' : undefined}
            >
              <span className="life-dot" aria-hidden="true">
                {index === at ? (
                  <Icon name={stateOf(type, name)?.ended ? 'stop' : 'check'} size={12} />
                ) : null}
              </span>
              {said(label)}
            </li>
          ))}
        </ol>
      ) : null}
      {bids ? (
        <p className={may ? 'life-use life-use-yes' : 'life-use'}>
          <Icon name={may ? 'check' : 'info'} size={16} />
          {may ? t.usable : t.notUsable}
        </p>
      ) : null}
    </div>
  );
}
