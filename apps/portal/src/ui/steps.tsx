import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';

type StepsProps = { label: string; steps: readonly string[]; at: number };

/** Where one is among the steps of something that has several. */
export function Steps({ label, steps, at }: StepsProps) {
  const { done: doneWord } = useTexts(common).way;
  return (
    <ol className="way" aria-label={label}>
      {steps.map((step, index) => {
        const done = index < at;
        const now = index === at;
        return (
          <li
            key={step}
            className={`way-step${done ? ' way-done' : ''}${now ? ' way-now' : ''}`}
            aria-current={now ? 'step' : undefined}
          >
            <span className="way-dot" aria-hidden="true">
              {done ? <Icon name="check" size={14} /> : index + 1}
            </span>
            {step}
            {done ? <span className="visually-hidden">（{doneWord}）</span> : null}
          </li>
        );
      })}
    </ol>
  );
}
