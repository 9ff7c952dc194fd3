import { lazy, Suspense, useCallback } from 'react';
import { clockTime } from '../../format/dates.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import type { PlotLook } from '../../ui/plot.tsx';
import { hourPlot } from './hour-plot-option.ts';
import type { Hours } from './last-day.ts';

const Plot = lazy(() => import('../../ui/plot.tsx'));

/** Logins and refusals, hour by hour, as a picture; the same as a table for who does not see it. */
export function HourChart({ hours }: { hours: Hours }) {
  const t = useTexts(desk).overview;
  const { logins, refusals } = t;
  const option = useCallback(
    (look: PlotLook) => hourPlot({ hours, ...look, words: { logins, refusals } }),
    [hours, logins, refusals],
  );
  return (
    <section className="card stack-tight">
      <h2 className="panel-title">{t.chart}</h2>
      <div className="plot" aria-hidden="true">
        <Suspense>
          <Plot option={option} />
        </Suspense>
      </div>
      <table className="visually-hidden">
        <caption>{t.chart}</caption>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour.hour}>
              <th scope="row">{clockTime(hour.hour)}</th>
              <td>{t.chartText(hour.logins, hour.refusals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
