import { confirm as texts } from '../../i18n/confirm.ts';
import { useTexts } from '../../i18n/language.tsx';

/** The code that ties this phone to the page in front of its holder: a relayed picture of the QR does not have it. */
export function CodePanel({ code }: { code: string }) {
  const t = useTexts(texts);
  return (
    <section className="code-panel">
      <p>{t.codeLabel}</p>
      <p className="code-digits figures">
        <span className="visually-hidden">{code}</span>
        {[...code].map((digit, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: digits by their places
          <span key={at} aria-hidden="true">
            {digit}
          </span>
        ))}
      </p>
      <p className="faint">{t.codeWarning}</p>
    </section>
  );
}
