import { deskRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { AuthorityHealth } from '../../hub/authority-health.tsx';
import { desk } from '../../i18n/desk.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { HourChart } from './hour-chart.tsx';
import { lastDay } from './last-day.ts';

/** The state of the hub on one board. */
export function OverviewPage() {
  const t = useTexts(desk).overview;
  const named = useNamed();
  const overview = useQuery({
    queryKey: ['desk', 'overview'],
    queryFn: ({ signal }) => call(deskRoutes.overview, { signal }),
    refetchInterval: 30_000,
  });
  return (
    <Page title={t.title}>
      <Loaded query={overview} skeleton={<Skeleton lines={4} tall />}>
        {(data) => (
          <div className="stack">
            <div className="tiles">
              <Tile label={t.unbindOpen} value={data.unbindOpen} to="/desk/unbind" />
              <Tile label={t.approvalsOpen} value={data.approvalsOpen} to="/desk/approvals" />
              <Tile label={t.loginsToday} value={data.loginsToday} />
              <Tile label={t.refusalsToday} value={data.refusalsToday} />
              <Tile label={t.enterprises} value={data.enterprises} to="/desk/bindings" />
              <Tile label={t.certificates} value={data.certificates} />
              <Tile label={t.deadLetters} value={data.deadLetters} waits />
            </div>
            <HourChart hours={lastDay(data.loginsByHour, overview.dataUpdatedAt)} />
            <section className="stack-tight">
              <h2 className="panel-title">{t.authorities}</h2>
              <ul className="tiles">
                {data.authorities
                  .filter((authority) => authority.joined)
                  .map((authority) => (
                    <li key={authority.id}>
                      <Link to="/desk/authorities/$id" params={{ id: authority.id }} className="tile">
                        {named(authority)}
                        <AuthorityHealth authority={authority} />
                      </Link>
                    </li>
                  ))}
              </ul>
            </section>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

type TileProps = { label: string; value: number; to?: NonNullable<LinkProps['to']>; waits?: boolean };

/** A number; one that somebody has to deal with stands in bronze. */
function Tile({ label, value, to, waits = to === '/desk/unbind' || to === '/desk/approvals' }: TileProps) {
  const className = waits && value > 0 ? 'tile tile-wait' : 'tile';
  const inside = (
    <>
      <span className="tile-number">{value.toLocaleString('en')}</span>
      {label}
    </>
  );
  return to === undefined ? (
    <div className={className}>{inside}</div>
  ) : (
    <Link to={to} className={className}>
      {inside}
    </Link>
  );
}
