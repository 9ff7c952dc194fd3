import { type DeskPlatform, deskRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { JoinPlatform } from './join-platform.tsx';
import { PlatformForm } from './platform-form.tsx';
import { EMPTY_PLATFORM } from './platform-values.ts';

/** Register a platform; its secret is shown this once. It begins outside: joining takes a second person. */
export function NewPlatform() {
  const t = useTexts(desk);
  const client = useQueryClient();
  const navigate = useNavigate();
  const add = useMutation({
    mutationFn: ({ joined: _, ...form }: Parameters<Parameters<typeof PlatformForm>[0]['onSubmit']>[0]) =>
      call(deskRoutes.addPlatform, { body: form }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
  return (
    <Drawer title={t.platforms.add} back="/desk/platforms">
      {add.data ? (
        <>
          <Alert tone="attention" title={t.platforms.secretText} announced>
            {t.platforms.secret} <CodeText value={add.data.clientSecret} pattern={[200]} copyable />
          </Alert>
          <NextStep platform={add.data.platform} />
        </>
      ) : (
        <PlatformForm
          initial={EMPTY_PLATFORM}
          registered={false}
          submitLabel={t.platforms.register}
          note={t.platforms.startsOutside}
          busy={add.isPending}
          error={add.error}
          onSubmit={(form) => add.mutate(form)}
          onCancel={() => void navigate({ to: '/desk/platforms' })}
        />
      )}
    </Drawer>
  );
}

function NextStep({ platform }: { platform: DeskPlatform }) {
  const t = useTexts(desk);
  const [joining, setJoining] = useState(false);
  const [proposed, setProposed] = useState<string>();
  return (
    <>
      {proposed ? (
        <ProposedNote id={proposed} />
      ) : (
        <Alert
          tone="info"
          title={t.platforms.registered(platform.name)}
          actions={
            <>
              <Button kind="primary" onClick={() => setJoining(true)}>
                {t.join}
              </Button>
              <ButtonLink to="/desk/platforms/$code" params={{ code: platform.code }}>
                {platform.name}
              </ButtonLink>
            </>
          }
        >
          {t.platforms.startsOutside}
        </Alert>
      )}
      {joining ? (
        <JoinPlatform platform={platform} onProposed={setProposed} onClose={() => setJoining(false)} />
      ) : null}
    </>
  );
}
