import type { DeskOverview } from '@hufu/contracts';
import type { z } from 'zod';
import { clockTime } from '../../format/dates.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';

type Hours = z.infer<typeof DeskOverview>['loginsByHour'];

const WIDTH = 960;
const HEIGHT = 180;
const FLOOR = 156;

/** Logins as bars and refusals as dots, hour by hour; the same as a table for screen readers. */
export function HourChart({ hours }: { hours: Hours }) {
  const t = useTexts(desk).overview;
  const most = Math.max(1, ...hours.map((hour) => Math.max(hour.logins, hour.refusals)));
  const step = WIDTH / Math.max(1, hours.length);
  const y = (count: number) => FLOOR - (count / most) * (FLOOR - 12);
  return (
    <section className="card stack-tight">
      <div className="row-spread">
        <h2 className="panel-title">{t.chart}</h2>
        <p className="legend faint" aria-hidden="true">
          <span>
            <i />
            {t.logins}
          </span>
          <span>
            <i className="legend-refused" />
            {t.refusals}
          </span>
        </p>
      </div>
      <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line className="chart-line" x1="0" x2={WIDTH} y1={FLOOR} y2={FLOOR} />
        {hours.map((hour, at) => (
          <g key={hour.hour} transform={`translate(${at * step} 0)`}>
            <rect
              className="chart-bar"
              x={step * 0.18}
              width={step * 0.64}
              y={y(hour.logins)}
              height={FLOOR - y(hour.logins)}
              rx="2"
            />
            {hour.refusals > 0 ? (
              <circle className="chart-refused" cx={step / 2} cy={y(hour.refusals)} r="5" />
            ) : null}
            {at % 4 === 0 ? (
              <text x={step / 2} y={HEIGHT - 6} textAnchor="middle">
                {clockTime(hour.hour)}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
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
