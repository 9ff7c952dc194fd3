import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';

/** 读取证书 0 → 确认 1 → 授权 2 → 进入平台 3: where one is on the hub. */
export function Way({ at }: { at: 0 | 1 | 2 | 3 }) {
  const t = useTexts(common).way;
  return (
    <ol className="way" aria-label={t.label}>
      {t.steps.map((step, index) => {
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
            {done ? <span className="visually-hidden">（{t.done}）</span> : null}
          </li>
        );
      })}
    </ol>
  );
}
