import { type QualityKind, type QualityReport, stewardRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { stewards } from '../../i18n/stewards.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { QualityTrend } from './quality-trend.tsx';

const route = getRouteApi('/desk/quality');

/** What the daily look at all records found; one kind opens below. */
export function QualityPage() {
  const t = useTexts(stewards);
  const { kind } = route.useSearch();
  const report = useQuery({
    queryKey: ['desk', 'library', 'quality'],
    queryFn: ({ signal }) => call(stewardRoutes.quality, { signal }),
  });
  return (
    <Page title={t.quality}>
      <Loaded query={report} skeleton={<Skeleton lines={6} />}>
        {({ madeAt, findings, trend }) => (
          <div className="stack">
            <p className="faint">{madeAt === null ? t.qualityNone : t.qualityMade(minute(madeAt))}</p>
            <ul className="tiles">
              {findings.map((one) => (
                <li key={one.kind}>
                  <Link
                    to="/desk/quality"
                    search={{ kind: one.kind }}
                    className={one.count > 0 ? 'tile tile-wait' : 'tile'}
                    aria-current={one.kind === kind}
                  >
                    <span className="tile-number">{one.count.toLocaleString('en')}</span>
                    {t.qualityKinds[one.kind]}
                    <span className="faint">{t.ofEntities(one.entities)}</span>
                  </Link>
                </li>
              ))}
            </ul>
            {trend.length > 1 ? <QualityTrend trend={trend} /> : null}
            {kind === undefined ? null : (
              <Types kind={kind} types={findings.find((one) => one.kind === kind)?.types ?? []} />
            )}
          </div>
        )}
      </Loaded>
      {kind === undefined ? null : <Findings kind={kind} />}
    </Page>
  );
}

type TypesProps = { kind: QualityKind; types: QualityReport['findings'][number]['types'] };

/** Which records they are, each a way to them alone. */
function Types({ kind, types }: TypesProps) {
  const t = useTexts(stewards);
  const said = useSaid();
  const { type } = route.useSearch();
  if (types.length < 2) return null;
  return (
    <nav className="row" aria-label={t.type}>
      <Link to="/desk/quality" search={{ kind }} aria-current={type === undefined}>
        {t.allTypes}
      </Link>
      {types.map((one) => (
        <Link
          key={one.type}
          to="/desk/quality"
          search={{ kind, type: one.type }}
          aria-current={one.type === type}
        >
          {said(one.label)} <span className="figures">{one.count}</span>
        </Link>
      ))}
    </nav>
  );
}

function Findings({ kind }: { kind: QualityKind }) {
  const t = useTexts(stewards);
  const said = useSaid();
  const { page, pageSize, type } = route.useSearch();
  const findings = useQuery({
    queryKey: ['desk', 'library', 'quality', kind, type, page, pageSize],
    queryFn: ({ signal }) =>
      call(stewardRoutes.findings, { params: { kind }, query: { page, pageSize, type }, signal }),
  });
  return (
    <section>
      <h2>{t.qualityKinds[kind]}</h2>
      <Loaded query={findings}>
        {(found) => (
          <>
            <DataTable
              caption={t.qualityKinds[kind]}
              rows={found.items}
              rowKey={(row) => row.recordId}
              open={({ entityId }) => ({ to: '/desk/library/$id', params: { id: entityId } })}
              columns={[
                { key: 'entity', label: t.entity, render: (row) => row.entityName },
                { key: 'type', label: t.type, render: (row) => said(row.label) },
                { key: 'day', label: t.day, render: (row) => row.day ?? t.never },
                { key: 'group', label: t.group, render: (row) => row.group ?? t.never, wide: true },
              ]}
            />
            <Pager {...found} />
          </>
        )}
      </Loaded>
    </section>
  );
}
