import type { VerificationReport } from '@hufu/contracts';
import { useTexts } from '../i18n/language.tsx';
import { verify } from '../i18n/verify.ts';

const percent = (part: number): string => `${part * 100}%`;

/** Pages with their signatures outlined in the colour and number of the card that tells of them. */
export function Sheets({ report }: { report: VerificationReport }) {
  const t = useTexts(verify);
  const { previews, signatures, limits } = report;
  if (previews.length === 0 && limits.length === 0) return null;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t.pages}</h2>
      </div>
      {limits.map((limit) => (
        <p key={limit} className="faint">
          {t.limits[limit]}
        </p>
      ))}
      <ul className="sheets">
        {previews.map(({ page, image }) => (
          <li key={page}>
            <p className="faint">{t.page(page)}</p>
            <span className="sheet">
              <img src={image} alt={t.page(page)} />
              {signatures.map(({ id, status, outlines }, index) =>
                outlines
                  .filter((outline) => outline.page === page)
                  .map(({ left, top, width, height }) => (
                    <a
                      key={`${id} ${left} ${top}`}
                      href={`#signature-${index + 1}`}
                      className={`sheet-mark verdict-${status}`}
                      style={{
                        left: percent(left),
                        top: percent(top),
                        width: percent(width),
                        height: percent(height),
                      }}
                      aria-label={`${t.mark(index + 1)}: ${t.verdicts[status]}`}
                    >
                      <span>
                        <b>{index + 1}</b>
                      </span>
                    </a>
                  )),
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
