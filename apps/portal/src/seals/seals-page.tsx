import type { SealView } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type Holder, WithHolder } from '../app/holder.tsx';
import { useTexts } from '../i18n/language.tsx';
import { seals } from '../i18n/seals.ts';
import { ButtonLink } from '../ui/button.tsx';
import { FilterBar, FilterSelect, FilterText } from '../ui/filters.tsx';
import { Empty, Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { Status } from '../ui/status.tsx';
import { chooseSeals } from './choose-seals.ts';
import { SealFacts } from './seal-facts.tsx';
import { SealState } from './seal-state.tsx';
import { sealPicture, sealsQuery } from './seals-query.ts';
import './seals.css';

/** 我的印章. */
export function SealsPage() {
  return <WithHolder>{(holder) => <Seals holder={holder} />}</WithHolder>;
}

function Seals({ holder }: { holder: Holder }) {
  const t = useTexts(seals);
  const all = useQuery(sealsQuery);
  return (
    <Page
      title={t.title}
      lead={t.lead}
      aside={
        holder.primary ? (
          <ButtonLink to={holder.newSeal} kind="primary" icon="plus">
            {t.apply}
          </ButtonLink>
        ) : undefined
      }
    >
      <Loaded query={all} skeleton={<Skeleton lines={2} tall />}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t.empty}>{holder.primary ? t.emptyText : t.primaryOnly}</Empty>
          ) : (
            <Chosen all={list} />
          )
        }
      </Loaded>
    </Page>
  );
}

const STATES = ['APPLIED', 'ACTIVE', 'FROZEN', 'REVOKED', 'EXPIRED', 'REPLACED', 'REJECTED'] as const;

function Chosen({ all }: { all: readonly SealView[] }) {
  const t = useTexts(seals);
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const { items, ...page } = chooseSeals(all, search);
  return (
    <>
      <FilterBar>
        <FilterText name="q" label={t.search} />
        <FilterSelect
          name="state"
          label={t.state}
          options={STATES.map((value) => ({ value, label: t.states[value] }))}
        />
      </FilterBar>
      {items.length === 0 ? <Empty title={t.nothingFound} /> : null}
      <ul className="stack">
        {items.map((seal) => (
          <li key={seal.id} className="card">
            <SealCard seal={seal} />
          </li>
        ))}
      </ul>
      <Pager {...page} />
    </>
  );
}

function SealCard({ seal }: { seal: SealView }) {
  const t = useTexts(seals);
  return (
    <div className="seal-card">
      <img className="seal-image" src={sealPicture(seal.id)} alt={t.picture(seal.name)} />
      <div className="stack-tight">
        <div className="row">
          <h2>{seal.name}</h2>
          <SealState state={seal.state} />
          {seal.sample ? <Status tone="idle">{t.sample}</Status> : null}
        </div>
        {seal.state === 'ACTIVE' ? <p className="faint">{seal.usable ? t.usable : t.notUsable}</p> : null}
        <SealFacts seal={seal} />
      </div>
    </div>
  );
}
