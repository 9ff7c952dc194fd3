import type { VerificationReport } from '@hufu/contracts';
import { useTexts } from '../i18n/language.tsx';
import { verify } from '../i18n/verify.ts';

/** What a reader would see change, revision by revision. */
export function Differences({ report: { differences } }: { report: VerificationReport }) {
  const t = useTexts(verify);
  if (differences.length === 0) return null;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t.differences}</h2>
      </div>
      {differences.map(({ revision, pages }) => (
        <section key={revision}>
          <h3>{t.difference(revision)}</h3>
          <ul className="sheets">
            {pages.map(({ page, changedPixels, pixels, image }) => (
              <li key={page}>
                <p className="faint">
                  {t.page(page)}: {t.changed(share(changedPixels, pixels))}
                </p>
                {image ? (
                  <span className="sheet">
                    <img src={image} alt={t.page(page)} />
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** 0.03 %, never rounded to nothing. */
const share = (part: number, whole: number): string =>
  `${Math.max((part / whole) * 100, 0.01).toLocaleString('en', { maximumFractionDigits: 2 })}%`;
