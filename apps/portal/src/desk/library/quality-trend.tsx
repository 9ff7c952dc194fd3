import { QualityKind } from '@hufu/contracts';
import { lazy, Suspense, useCallback } from 'react';
import { day } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import type { PlotLook } from '../../ui/plot.tsx';
import { qualityPlot, type Trend } from './quality-plot-option.ts';

const Plot = lazy(() => import('../../ui/plot.tsx'));

/** Where it is going, as a picture; the same as a table for who does not see it. */
export function QualityTrend({ trend }: { trend: Trend }) {
  const t = useTexts(stewards);
  const words = t.qualityKinds;
  const option = useCallback((look: PlotLook) => qualityPlot({ trend, words, ...look }), [trend, words]);
  return (
    <section className="card stack-tight">
      <h2 className="panel-title">{t.qualityTrend}</h2>
      <div className="plot" aria-hidden="true">
        <Suspense>
          <Plot option={option} />
        </Suspense>
      </div>
      <table className="visually-hidden">
        <caption>{t.qualityTrend}</caption>
        <thead>
          <tr>
            <th scope="col">{t.day}</th>
            {QualityKind.options.map((kind) => (
              <th key={kind} scope="col">
                {words[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {trend.map(({ madeAt, counts }) => (
            <tr key={madeAt}>
              <th scope="row">{day(madeAt)}</th>
              {QualityKind.options.map((kind) => (
                <td key={kind}>{counts[kind]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
