import { type DeskPlatform, deskRoutes } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { ChangePlatform } from './change-platform.tsx';
import { deskPlatformsQuery } from './desk-platforms-query.ts';
import { JoinPlatform } from './join-platform.tsx';
import { PlatformState } from './platform-state.tsx';

const route = getRouteApi('/desk/platforms/$code');

export function PlatformDrawer() {
  const { code } = route.useParams();
  const platforms = useQuery(deskPlatformsQuery);
  return (
    <Loaded query={platforms}>
      {(list) => {
        const platform = list.find((one) => one.code === code);
        return platform ? <PlatformDetails platform={platform} /> : null;
      }}
    </Loaded>
  );
}

type Step = 'join' | 'suspend' | 'resume' | 'rotate';

function PlatformDetails({ platform }: { platform: DeskPlatform }) {
  const { join, platforms: t } = useTexts(desk);
  const named = useNamed();
  const has = useDeskRoles();
  const [step, setStep] = useState<Step>();
  const [changing, setChanging] = useState(false);
  const [proposed, setProposed] = useState<string>();
  const [secret, setSecret] = useState<string>();
  return (
    <Drawer
      title={named(platform)}
      back="/desk/platforms"
      actions={
        changing ? null : (
          <>
            {has('admin') && !platform.joined ? (
              <Button kind="primary" onClick={() => setStep('join')}>
                {join}
              </Button>
            ) : null}
            {has('admin') ? <Button onClick={() => setChanging(true)}>{t.change}</Button> : null}
            {has('admin') ? <Button onClick={() => setStep('rotate')}>{t.rotate}</Button> : null}
            {has('reviewer', 'admin') ? (
              platform.suspended ? (
                <Button onClick={() => setStep('resume')}>{t.resume}</Button>
              ) : (
                <Button kind="destroy" onClick={() => setStep('suspend')}>
                  {t.suspend}
                </Button>
              )
            ) : null}
          </>
        )
      }
    >
      {proposed ? <ProposedNote id={proposed} /> : null}
      {secret ? (
        <Alert tone="attention" title={t.secretText} announced>
          {t.secret} <CodeText value={secret} pattern={[200]} copyable />
        </Alert>
      ) : null}
      {changing ? (
        <ChangePlatform
          platform={platform}
          onProposed={(id) => {
            setChanging(false);
            setProposed(id);
          }}
          onCancel={() => setChanging(false)}
        />
      ) : (
        <PlatformFacts platform={platform} />
      )}
      {step === 'join' ? (
        <JoinPlatform platform={platform} onProposed={setProposed} onClose={() => setStep(undefined)} />
      ) : step ? (
        <PlatformStep
          platform={platform}
          step={step}
          onProposed={setProposed}
          onSecret={setSecret}
          onClose={() => setStep(undefined)}
        />
      ) : null}
    </Drawer>
  );
}

function PlatformFacts({ platform }: { platform: DeskPlatform }) {
  const t = useTexts(desk).platforms;
  const { groups, none } = useTexts(common);
  const addresses = (label: string, list: readonly string[]): Fact => ({
    label,
    wide: true,
    value: list.length === 0 ? none : list.map((one) => <div key={one}>{one}</div>),
  });
  return (
    <Facts
      facts={[
        { label: t.state, value: <PlatformState platform={platform} /> },
        ...(platform.suspendReason ? [{ label: t.suspendReason, value: platform.suspendReason }] : []),
        { label: t.code, value: platform.code },
        { label: t.clientId, value: <CodeText value={platform.clientId} pattern={[200]} copyable /> },
        { label: t.group, value: groups[platform.group] },
        { label: t.filingMode, value: t.filingModes[platform.filingMode] },
        { label: t.subjectType, value: t.subjectTypes[platform.subjectType] },
        { label: t.supportPhone, value: <PhoneLink phone={platform.supportPhone} /> },
        addresses(t.subsystems, platform.subsystems),
        addresses(t.redirectUris, platform.redirectUris),
        addresses(t.postLogoutRedirectUris, platform.postLogoutRedirectUris),
        addresses(t.initiateLoginUri, platform.initiateLoginUri ? [platform.initiateLoginUri] : []),
        addresses(
          t.backchannelLogoutUri,
          platform.backchannelLogoutUri ? [platform.backchannelLogoutUri] : [],
        ),
      ]}
    />
  );
}

type PlatformStepProps = {
  platform: DeskPlatform;
  step: Exclude<Step, 'join'>;
  onProposed: (approval: string) => void;
  onSecret: (secret: string) => void;
  onClose: () => void;
};

/** Suspend at once; resume with a second person; issue a new secret. */
function PlatformStep({ platform, step, onProposed, onSecret, onClose }: PlatformStepProps) {
  const t = useTexts(desk);
  const named = useNamed();
  const client = useQueryClient();
  const params = { code: platform.code };
  const act = {
    suspend: async (reason: string) => {
      await call(deskRoutes.suspendPlatform, { params, body: { reason } });
    },
    resume: async (reason: string) => {
      onProposed((await call(deskRoutes.resumePlatform, { params, body: { reason } })).id);
    },
    rotate: async (reason: string) => {
      onSecret((await call(deskRoutes.rotatePlatformSecret, { params, body: { reason } })).clientSecret);
    },
  }[step];
  const words = {
    suspend: t.platforms.suspendText(named(platform)),
    resume: t.second,
    rotate: t.platforms.rotateText,
  }[step];
  return (
    <ReasonDialog
      title={t.platforms[`${step}Title`]}
      confirm={t.platforms[step]}
      destroys={step === 'suspend'}
      onClose={onClose}
      act={async (reason) => {
        await act(reason);
        await client.invalidateQueries({ queryKey: ['desk'] });
      }}
    >
      <p>{words}</p>
    </ReasonDialog>
  );
}
