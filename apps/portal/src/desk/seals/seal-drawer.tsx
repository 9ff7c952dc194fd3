import { type DeskSeal, deskSealRoutes, type SealState as State } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { seals } from '../../i18n/seals.ts';
import { SealFacts } from '../../seals/seal-facts.tsx';
import { SealState } from '../../seals/seal-state.tsx';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { deskSessionQuery } from '../desk-session.ts';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { deskSealPicture, deskSealQuery } from './desk-seals-query.ts';
import '../../seals/seals.css';

const route = getRouteApi('/desk/seals/$id');

type On = { readonly params: { id: string }; readonly body: { reason: string } };
type Doing = {
  readonly states: readonly State[];
  readonly roles: readonly string[];
  /** @returns the approval that was opened, when a second person has to agree */
  readonly run: (on: On) => Promise<string | undefined>;
};

/** What can be done to a seal in each state, and by whom. */
const ACTS = {
  check: {
    states: ['APPLIED'],
    roles: ['clerk', 'reviewer'],
    run: async (on) => (await call(deskSealRoutes.check, on)).id,
  },
  reject: {
    states: ['APPLIED'],
    roles: ['clerk', 'reviewer'],
    run: async (on) => void (await call(deskSealRoutes.reject, on)),
  },
  freeze: {
    states: ['ACTIVE'],
    roles: ['reviewer', 'admin'],
    run: async (on) => void (await call(deskSealRoutes.freeze, on)),
  },
  thaw: {
    states: ['FROZEN'],
    roles: ['reviewer', 'admin'],
    run: async (on) => (await call(deskSealRoutes.thaw, on)).id,
  },
  revoke: {
    states: ['ACTIVE', 'FROZEN'],
    roles: ['reviewer', 'admin'],
    run: async (on) => (await call(deskSealRoutes.revoke, on)).id,
  },
} satisfies Readonly<Record<string, Doing>>;
type Act = keyof typeof ACTS;
const NAMES: readonly Act[] = ['check', 'reject', 'freeze', 'thaw', 'revoke'];

export function SealDrawer() {
  const t = useTexts(seals);
  const { id } = route.useParams();
  const seal = useQuery(deskSealQuery(id));
  const [act, setAct] = useState<Act>();
  const [proposed, setProposed] = useState<string>();
  return (
    <Drawer
      title={seal.data?.name ?? t.deskTitle}
      back="/desk/seals"
      actions={seal.data ? <Acts seal={seal.data} onAct={setAct} /> : undefined}
    >
      {proposed === undefined ? null : <ProposedNote id={proposed} />}
      <Loaded query={seal}>{(data) => <Details seal={data} />}</Loaded>
      {act === undefined ? null : (
        <ActDialog act={act} id={id} onProposed={setProposed} onClose={() => setAct(undefined)} />
      )}
    </Drawer>
  );
}

function Acts({ seal, onAct }: { seal: DeskSeal; onAct: (act: Act) => void }) {
  const t = useTexts(seals);
  const { data: session } = useQuery(deskSessionQuery);
  const roles: readonly string[] = session?.operator.roles ?? [];
  const open = NAMES.filter(
    (name) =>
      (ACTS[name].states as readonly State[]).includes(seal.state) &&
      ACTS[name].roles.some((role) => roles.includes(role)),
  );
  return (
    <div className="row">
      {open.map((name) => (
        <Button
          key={name}
          kind={name === 'check' ? 'primary' : name === 'thaw' ? 'plain' : 'destroy'}
          onClick={() => onAct(name)}
        >
          {t[name]}
        </Button>
      ))}
    </div>
  );
}

type ActDialogProps = { act: Act; id: string; onProposed: (approval: string) => void; onClose: () => void };

function ActDialog({ act, id, onProposed, onClose }: ActDialogProps) {
  const t = useTexts(seals);
  const client = useQueryClient();
  return (
    <ReasonDialog
      title={t[`${act}Title`]}
      confirm={t[act]}
      destroys={act !== 'check' && act !== 'thaw'}
      act={async (reason) => {
        const approval = await ACTS[act].run({ params: { id }, body: { reason } });
        await client.invalidateQueries({ queryKey: ['desk'] });
        if (approval !== undefined) onProposed(approval);
      }}
      onClose={onClose}
    >
      <p>{t[`${act}Text`]}</p>
    </ReasonDialog>
  );
}

function Details({ seal }: { seal: DeskSeal }) {
  const t = useTexts(seals);
  return (
    <div className="stack-tight">
      <div className="row">
        <SealState state={seal.state} />
        <span>
          {seal.enterprise.unitName} {seal.enterprise.uscc}
        </span>
      </div>
      <img className="seal-image" src={deskSealPicture(seal.id)} alt={t.picture(seal.name)} />
      <SealFacts seal={seal} />
      <h3>{t.certificates}</h3>
      <ul>
        {seal.certificates.map((certificate) => (
          <li key={certificate.id}>
            {certificate.unitName} · {certificate.certKeyNo}
          </li>
        ))}
      </ul>
      <h3>{t.history}</h3>
      <ol>
        {seal.history.map((event) => (
          <li key={`${event.at} ${event.event}`}>
            <time>{minute(event.at)}</time> {t.states[event.state]} {event.by ?? ''} {event.note ?? ''}
          </li>
        ))}
      </ol>
    </div>
  );
}
