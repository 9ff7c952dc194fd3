import type { EntityPageView } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { day, minute } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { stewards } from '../../i18n/stewards.ts';
import { Button } from '../../ui/button.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { EntityPlatforms } from './entity-platforms.tsx';
import { EntityRecords } from './entity-records.tsx';
import { EntityState } from './entity-state.tsx';
import { EntityTimeline } from './entity-timeline.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { RecoverDialog } from './recover-dialog.tsx';
import { type StandingAct, StandingDialog } from './standing-dialog.tsx';
import { entityQuery } from './stewards-query.ts';
import './library.css';

const route = getRouteApi('/desk/library/$id');

type Key = EntityPageView['keys'][number];

export function EntityDrawer() {
  const t = useTexts(stewards);
  const { id } = route.useParams();
  const entity = useQuery(entityQuery(id));
  const [act, setAct] = useState<StandingAct | 'merge'>();
  const [recovered, setRecovered] = useState<Key>();
  const [proposed, setProposed] = useState<string>();
  return (
    <Drawer
      wide
      title={entity.data?.name ?? t.title}
      back="/desk/library"
      actions={entity.data ? <Acts entity={entity.data} onAct={setAct} /> : undefined}
    >
      {proposed === undefined ? null : <ProposedNote id={proposed} />}
      <Loaded query={entity}>{(data) => <Details entity={data} onRecover={setRecovered} />}</Loaded>
      {recovered === undefined ? null : (
        <RecoverDialog
          entityId={id}
          certificate={recovered}
          onProposed={setProposed}
          onClose={() => setRecovered(undefined)}
        />
      )}
      {act === 'freeze' || act === 'thaw' ? (
        <StandingDialog act={act} id={id} onProposed={setProposed} onClose={() => setAct(undefined)} />
      ) : null}
      {act === 'merge' && entity.data ? (
        <MergeDialog entity={entity.data} onProposed={setProposed} onClose={() => setAct(undefined)} />
      ) : null}
    </Drawer>
  );
}

function Acts({ entity, onAct }: { entity: EntityPageView; onAct: (act: StandingAct | 'merge') => void }) {
  const t = useTexts(stewards);
  const has = useDeskRoles();
  if (entity.mergedInto !== null || !has('reviewer', 'admin')) return null;
  const frozen = entity.state === 'FROZEN';
  return (
    <div className="row">
      {frozen ? (
        <Button onClick={() => onAct('thaw')}>{t.thaw}</Button>
      ) : (
        <Button kind="destroy" onClick={() => onAct('freeze')}>
          {t.freeze}
        </Button>
      )}
      <Button kind="destroy" onClick={() => onAct('merge')}>
        {t.merge}
      </Button>
    </div>
  );
}

function Details({ entity, onRecover }: { entity: EntityPageView; onRecover: (key: Key) => void }) {
  const t = useTexts(stewards);
  return (
    <div className="stack">
      <div className="row">
        <EntityState entity={entity} />
        {entity.mergedInto === null ? null : (
          <Link to="/desk/library/$id" params={{ id: entity.mergedInto }} search={true}>
            {t.mergedInto}
          </Link>
        )}
      </div>
      <EntityFacts entity={entity} />
      <Keys entity={entity} onRecover={onRecover} />
      <EntityPlatforms id={entity.id} />
      <Records entity={entity} />
      <section>
        <h3>{t.timeline}</h3>
        <EntityTimeline id={entity.id} />
      </section>
    </div>
  );
}

function EntityFacts({ entity }: { entity: EntityPageView }) {
  const t = useTexts(stewards);
  const words = useTexts(common);
  const time = (at: string | null) => (at === null ? t.never : <time>{minute(at)}</time>);
  return (
    <Facts
      facts={[
        ...(entity.uscc === null
          ? []
          : [{ label: t.uscc, value: <CodeText value={entity.uscc} pattern={USCC_GROUPS} copyable /> }]),
        { label: t.id, value: <CodeText value={entity.id} copyable /> },
        { label: t.kind, value: t.entityKinds[entity.kind] },
        { label: t.roles, value: entity.roles.map((role) => words.roles[role]).join(words.listSeparator) },
        { label: t.region, value: entity.region ?? t.never },
        { label: t.registeredBy, value: t.ways[entity.registeredBy] },
        { label: t.registeredAt, value: time(entity.registeredAt) },
        { label: t.baseSubmittedAt, value: time(entity.baseSubmittedAt) },
        { label: t.letterSignedAt, value: time(entity.letterSignedAt) },
        { label: t.activatedAt, value: time(entity.activatedAt) },
        { label: t.lastLoginAt, value: time(entity.lastLoginAt) },
        ...(entity.formerNames.length === 0
          ? []
          : [{ label: t.formerNames, value: entity.formerNames.join(words.listSeparator), wide: true }]),
        ...(entity.frozenAt === null
          ? []
          : [
              { label: t.frozenAt, value: time(entity.frozenAt) },
              { label: t.frozenReason, value: entity.frozenReason, wide: true },
            ]),
        ...(entity.merged.length === 0
          ? []
          : [{ label: t.merged, value: entity.merged.map(({ name }) => name).join(words.listSeparator) }]),
      ]}
    />
  );
}

function Keys({ entity, onRecover }: { entity: EntityPageView; onRecover: (key: Key) => void }) {
  const t = useTexts(stewards);
  const has = useDeskRoles();
  const mayRecover = entity.mergedInto === null && has('reviewer', 'admin');
  if (entity.keys.length === 0) return null;
  return (
    <section>
      <h3>{t.keys}</h3>
      <ul className="stack-tight">
        {entity.keys.map((key) => (
          <li key={key.id}>
            {t.certTypes[key.certType]} <CodeText value={key.certKeyNo} /> {key.isPrimary ? t.primary : null}{' '}
            {t.keyStates[key.state]} {key.authorityName}{' '}
            <span className="faint">
              {t.validTo} <time>{day(key.validTo)}</time>
            </span>{' '}
            {mayRecover && !key.isPrimary && key.state === 'SUBMITTED' ? (
              <Button kind="quiet" onClick={() => onRecover(key)}>
                {t.recover}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Types of which there is something; one opens below its line. */
function Records({ entity }: { entity: EntityPageView }) {
  const t = useTexts(stewards);
  const said = useSaid();
  const filled = entity.records.filter(({ total }) => total > 0);
  return (
    <section>
      <h3>{t.records}</h3>
      {filled.length === 0 ? <p className="faint">{t.noRecords}</p> : null}
      <ul className="stack-tight">
        {filled.map(({ type, label, total, states }) => (
          <li key={type}>
            <details>
              <summary>
                {said(label)} <span className="figures">{total}</span>{' '}
                <span className="faint">
                  {states.map(({ label: state, count }) => `${said(state)} ${count}`).join(' · ')}
                </span>
              </summary>
              <EntityRecords entityId={entity.id} type={type} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
