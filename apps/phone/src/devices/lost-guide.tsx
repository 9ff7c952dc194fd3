import { devices as texts } from '../i18n/devices.ts';
import { useTexts } from '../i18n/language.tsx';

/** 手机丢了怎么办: the ways to freeze it, the nearest first. */
export function LostGuide() {
  const t = useTexts(texts);
  return (
    <section className="panel" aria-labelledby="lost-guide">
      <h2 id="lost-guide">{t.lostGuide}</h2>
      <ol className="lost-steps">
        {Object.values(t.lostSteps).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="faint">{t.lostNote}</p>
    </section>
  );
}
