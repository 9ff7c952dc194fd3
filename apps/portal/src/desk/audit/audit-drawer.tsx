import type { AuditRow } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { second } from '../../format/dates.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Empty } from '../../ui/loaded.tsx';
import { auditQuery } from './audit-query.ts';

const route = getRouteApi('/desk/audit/$id');

export function AuditDrawer() {
  const t = useTexts(desk).audit;
  const { id } = route.useParams();
  const audit = useQuery(auditQuery(route.useSearch()));
  if (audit.data === undefined) return null;
  const row = audit.data.items.find((one) => one.id === id);
  return (
    <Drawer title={row?.action ?? t.title} back="/desk/audit">
      {row ? <Entry row={row} /> : <Empty title={t.missing} />}
    </Drawer>
  );
}

function Entry({ row }: { row: AuditRow }) {
  const t = useTexts(desk).audit;
  return (
    <>
      <Facts
        facts={[
          { label: t.at, value: <time>{second(row.at)}</time> },
          { label: t.outcome, value: t.outcomes[row.outcome] },
          { label: t.actor, value: `${row.actor} (${row.actorKind})` },
          { label: t.subject, value: `${row.subject} (${row.subjectKind})` },
          ...(row.code ? [{ label: t.code, value: <code>{row.code}</code> }] : []),
          ...(row.reason ? [{ label: t.reason, value: row.reason, wide: true }] : []),
          ...(row.reasonErasedAt
            ? [{ label: t.reason, value: `${t.reasonErased} · ${second(row.reasonErasedAt)}`, wide: true }]
            : []),
          ...(row.requestId ? [{ label: t.requestId, value: <code>{row.requestId}</code>, wide: true }] : []),
        ]}
      />
      <Value title={t.before} value={row.before} />
      <Value title={t.after} value={row.after} />
    </>
  );
}

function Value({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <section>
      <h3>{title}</h3>
      <pre className="json">{JSON.stringify(value, undefined, 2)}</pre>
    </section>
  );
}
