import { type DeskAuthority, deskRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { desk } from '../../i18n/desk.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { AuthorityFacts } from './authority-facts.tsx';
import { ChangePolicy } from './change-policy.tsx';
import { deskAuthoritiesQuery } from './desk-authorities-query.ts';

const route = getRouteApi('/desk/authorities/$id');

export function AuthorityDrawer() {
  const { id } = route.useParams();
  const authorities = useQuery(deskAuthoritiesQuery);
  return (
    <Loaded query={authorities}>
      {(list) => {
        const authority = list.find((one) => one.id === id);
        return authority ? <AuthorityDetails authority={authority} /> : null;
      }}
    </Loaded>
  );
}

function AuthorityDetails({ authority }: { authority: DeskAuthority }) {
  const texts = useTexts(desk);
  const t = texts.authorities;
  const named = useNamed();
  const has = useDeskRoles();
  const client = useQueryClient();
  const [changing, setChanging] = useState(false);
  const [step, setStep] = useState<'join' | 'suspend' | 'resume'>();
  const [proposed, setProposed] = useState<string>();
  const params = { id: authority.id };
  const again = () => client.invalidateQueries({ queryKey: ['desk'] });
  const refresh = useMutation({
    mutationFn: () => call(deskRoutes.refreshAuthority, { params }),
    onSuccess: again,
  });
  const suspended = authority.status === 'SUSPENDED';
  return (
    <Drawer
      title={named(authority)}
      back="/desk/authorities"
      actions={
        changing ? null : (
          <>
            {has('admin') && authority.inRegion && !authority.joined ? (
              <Button kind="primary" onClick={() => setStep('join')}>
                {texts.join}
              </Button>
            ) : null}
            {has('admin') ? <Button onClick={() => setChanging(true)}>{t.changePolicy}</Button> : null}
            {has('reviewer', 'admin') ? (
              <>
                <Button icon="refresh" busy={refresh.isPending} onClick={() => refresh.mutate()}>
                  {t.refresh}
                </Button>
                {suspended ? (
                  <Button onClick={() => setStep('resume')}>{t.resume}</Button>
                ) : (
                  <Button kind="destroy" onClick={() => setStep('suspend')}>
                    {t.suspend}
                  </Button>
                )}
              </>
            ) : null}
          </>
        )
      }
    >
      {proposed ? <ProposedNote id={proposed} /> : null}
      {refresh.isSuccess ? <Alert tone="good" title={t.refreshed} announced /> : null}
      {refresh.error ? <ProblemBox error={refresh.error} /> : null}
      {changing ? (
        <ChangePolicy
          authority={authority}
          onProposed={(id) => {
            setChanging(false);
            setProposed(id);
          }}
          onCancel={() => setChanging(false)}
        />
      ) : (
        <AuthorityFacts authority={authority} />
      )}
      {step ? (
        <ReasonDialog
          title={step === 'join' ? texts.joinTitle(named(authority)) : t[`${step}Title`]}
          confirm={step === 'join' ? texts.join : t[step]}
          destroys={step === 'suspend'}
          onClose={() => setStep(undefined)}
          act={async (reason) => {
            const order = { params, body: { reason } };
            if (step === 'suspend') await call(deskRoutes.suspendAuthority, order);
            else {
              const propose = step === 'join' ? deskRoutes.joinAuthority : deskRoutes.resumeAuthority;
              setProposed((await call(propose, order)).id);
            }
            await again();
          }}
        >
          <p>{step === 'suspend' ? t.suspendText(named(authority)) : texts.second}</p>
        </ReasonDialog>
      ) : null}
    </Drawer>
  );
}
