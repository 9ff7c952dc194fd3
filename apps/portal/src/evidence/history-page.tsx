import type { EvidenceEntry } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { second } from '../format/dates.ts';
import { WithSession } from '../hub/need-login.tsx';
import { evidence } from '../i18n/evidence.ts';
import { useTexts } from '../i18n/language.tsx';
import { useSaid } from '../i18n/said.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Empty, Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { historyQuery } from './evidence-query.ts';
import { EvidenceState } from './evidence-state.tsx';
import './evidence.css';

const route = getRouteApi('/evidence');

/** 变更记录 of the enterprise's own records (LIB-PROJ-20). */
export function HistoryPage() {
  return <WithSession>{() => <History />}</WithSession>;
}

function History() {
  const t = useTexts(evidence);
  const history = useQuery(historyQuery(route.useSearch()));
  return (
    <Page
      title={t.title}
      lead={t.lead}
      aside={
        <ButtonLink to="/evidence/verify" icon="shield">
          {t.how}
        </ButtonLink>
      }
    >
      <Loaded query={history} skeleton={<Skeleton lines={6} />}>
        {(page) =>
          page.total === 0 ? (
            <Empty title={t.empty}>{t.emptyText}</Empty>
          ) : (
            <div className="stack-tight">
              <ul className="history">
                {page.items.map((entry) => (
                  <Line key={entry.id} entry={entry} />
                ))}
              </ul>
              <Pager {...page} />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function Line({ entry }: { entry: EvidenceEntry }) {
  const said = useSaid();
  return (
    <li>
      <Link to="/evidence/$id" params={{ id: entry.id }}>
        <time className="figures">{second(entry.at)}</time>
        <span>{said(entry.said)}</span>
        <EvidenceState state={entry.state} />
      </Link>
    </li>
  );
}
