import { dashboardRoutes, type LibraryDashboard } from '@hufu/contracts';
import { allOptions, fieldOf, type Module, type RecordType, stateOf } from '@hufu/library';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { useSaid } from '../../i18n/said.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { ChooseIdentity } from '../login/choose-identity.tsx';
import { placeOfModule } from '../records-place.ts';
import { useMember } from '../session/library-session.ts';
import { modulesFor, typeNamed } from '../session/modules.ts';
import { CountsChart } from './counts-chart.tsx';
import { Expiring } from './expiring.tsx';
import { PlatformSyncs } from './platform-syncs.tsx';
import './home.css';

const dashboardQuery = queryOptions({
  queryKey: ['library', 'dashboard'],
  queryFn: ({ signal }) => call(dashboardRoutes.dashboard, { signal }),
});

/** 企业信息总览图 (LIB-DASH-01, OD-15): what blocks bidding first, then what ends soon, then how much there is. */
export function LibraryHomePage() {
  const t = useTexts(library);
  const { session } = useMember();
  const overview = useQuery(dashboardQuery);
  const [choosing, setChoosing] = useState(false);
  if (choosing) return <ChooseIdentity session={session} onChosen={() => setChoosing(false)} />;
  return (
    <Page
      title={t.home.title}
      lead={t.home.lead(session.entity.name)}
      aside={
        session.entity.roles.length > 1 ? (
          <Button icon="person" onClick={() => setChoosing(true)}>
            {t.choose.switchIdentity}
          </Button>
        ) : null
      }
    >
      <Loaded query={overview} skeleton={<Skeleton lines={4} tall />}>
        {(data) => <Overview data={data} />}
      </Loaded>
    </Page>
  );
}

function Overview({ data }: { data: LibraryDashboard }) {
  return (
    <div className="stack">
      <Blockers data={data} />
      <div className="home-two">
        <Expiring papers={data.expiring} />
        <Drafts data={data} />
        <PlatformSyncs />
      </div>
      <Counts data={data} />
    </div>
  );
}

function Blockers({ data }: { data: LibraryDashboard }) {
  const t = useTexts(library).home;
  const said = useSaid();
  const member = useMember();
  if (data.blockers.length === 0) {
    return (
      <section className="card row-spread">
        <h2 className="panel-title">{t.blockers}</h2>
        <Status tone="good">{t.noBlockers}</Status>
      </section>
    );
  }
  return (
    <section className="card">
      <div className="card-head">
        <h2 className="panel-title">{t.blockers}</h2>
      </div>
      <ul className="task-list">
        {data.blockers.map(({ code, says, severity, type, filter }) => (
          <li key={`${code} ${type} ${says.zh}`}>
            <Status tone={severity === 'error' ? 'bad' : 'attention'}>{said(says)}</Status>
            <Way type={type} search={filter} modules={modulesFor(member)}>
              {t.fix}
            </Way>
          </li>
        ))}
      </ul>
    </section>
  );
}

type WayProps = {
  type: string;
  search: Readonly<Record<string, string>>;
  modules: readonly Module[];
  children: string;
};

/** To the list of a type under a filter; base information and keys have pages of their own. */
function Way({ type: name, search, modules, children }: WayProps) {
  const type = typeNamed(name);
  if (type === undefined) return <Link to="/library/keys">{children}</Link>;
  const module = modules.find(({ types }) => types.includes(type));
  if (module === undefined) return <Link to="/library/base">{children}</Link>;
  return (
    <Link to={placeOfModule(module.name, name).list} search={search as never}>
      {children}
    </Link>
  );
}

function Drafts({ data }: { data: LibraryDashboard }) {
  const t = useTexts(library).home;
  const said = useSaid();
  return (
    <section className="card">
      <div className="card-head">
        <h2 className="panel-title">{t.drafts}</h2>
      </div>
      {data.drafts.length === 0 ? (
        <p className="faint">{t.noDrafts}</p>
      ) : (
        <ul className="task-list">
          {data.drafts.map(({ id, type, title }) => (
            <li key={id}>
              <Link to="/library/r/$type/$id" params={{ type, id }}>
                {title === '' ? said(typeNamed(type)?.label ?? { zh: type, en: type }) : title}
              </Link>
              <span className="faint">{said(typeNamed(type)?.label ?? { zh: type, en: type })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Counts({ data }: { data: LibraryDashboard }) {
  const t = useTexts(library).home;
  const said = useSaid();
  const modules = modulesFor(useMember());
  const boards = modules.flatMap((module) => module.types.map((type) => ({ module, type })));
  const counted = boards.flatMap(({ module, type }) => {
    const found = data.types.find((one) => one.type === type.name);
    return found ? [{ ...found, module, type }] : [];
  });
  if (counted.length === 0) return <Empty title={t.counts} />;
  const totals = modules.map((module) => ({
    label: said(module.label),
    states: sumsOf(counted.filter((one) => one.module === module)),
  }));
  return (
    <section className="stack-tight">
      <h2>{t.counts}</h2>
      <CountsChart totals={totals} label={t.chart} />
      <div className="tiles">
        {counted.map(({ module, type, counts, usable, breakdown }) => (
          <div key={type.name} className="tile">
            <Link to={placeOfModule(module.name, type.name).list} className="tile-name">
              {said(type.label)}
            </Link>
            <span className="tile-number">
              {Object.entries(counts).reduce(
                (sum, [state, count]) => (stateOf(type, state)?.ended ? sum : sum + count),
                0,
              )}
            </span>
            <span className="tile-states">
              {type.lifeCycle.states.map(({ name, label }) =>
                counts[name] ? (
                  <Link
                    key={name}
                    to={placeOfModule(module.name, type.name).list}
                    search={{ state: name } as never}
                  >
                    {said(label)} {counts[name]}
                  </Link>
                ) : null,
              )}
            </span>
            <Breakdown module={module} type={type} breakdown={breakdown} />
            {type.lifeCycle.states.some((state) => state.usable) ? (
              <span className="faint">{t.usable(usable)}</span>
            ) : null}
          </div>
        ))}
      </div>
    </section>
  );
}

type BreakdownProps = {
  module: Module;
  type: RecordType;
  breakdown: LibraryDashboard['types'][number]['breakdown'];
};

/** Of projects: how many are 在建, how many 竣工 (OD-15). */
function Breakdown({ module, type, breakdown }: BreakdownProps) {
  const said = useSaid();
  const parts = Object.entries(breakdown).flatMap(([name, counts]) => {
    const field = fieldOf(type, name);
    return field?.kind === 'choice' ? allOptions(field).map((option) => ({ name, option, counts })) : [];
  });
  if (parts.length === 0) return null;
  return (
    <span className="tile-states">
      {parts.map(({ name, option, counts }) =>
        counts[option.code] ? (
          <Link
            key={`${name} ${option.code}`}
            to={placeOfModule(module.name, type.name).list}
            search={{ [`f.${name}`]: option.code } as never}
          >
            {said(option.label)} {counts[option.code]}
          </Link>
        ) : null,
      )}
    </span>
  );
}

type Counted = { type: RecordType; counts: Readonly<Record<string, number>> };

/** Usable, being edited, ended: over the boards of one module. */
function sumsOf(boards: readonly Counted[]): { good: number; draft: number; ended: number } {
  const sums = { good: 0, draft: 0, ended: 0 };
  for (const { type, counts } of boards) {
    for (const [name, count] of Object.entries(counts)) {
      const state = stateOf(type, name);
      if (state?.ended) sums.ended += count;
      else if (state?.tone === 'draft') sums.draft += count;
      else sums.good += count;
    }
  }
  return sums;
}
