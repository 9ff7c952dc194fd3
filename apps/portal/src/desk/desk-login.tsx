import { deskRoutes, type SignedChallenge } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../api/client.ts';
import { desk } from '../i18n/desk.ts';
import { useTexts } from '../i18n/language.tsx';
import { login } from '../i18n/login.ts';
import { KeySigner } from '../keybridge/key-signer.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { deskSessionQuery } from './desk-session.ts';

/** Operators log in with a certificate too. */
export function DeskLogin() {
  const t = useTexts(desk).login;
  const words = useTexts(login);
  const client = useQueryClient();
  const enter = useMutation({
    mutationFn: (proof: z.input<typeof SignedChallenge>) => call(deskRoutes.login, { body: proof }),
    onSuccess: (session) => client.setQueryData(deskSessionQuery.queryKey, session),
  });
  return (
    <Page title={t.title} lead={t.lead} narrow>
      {enter.error ? (
        <ProblemBox
          error={enter.error}
          actions={
            <Button icon="refresh" onClick={() => enter.reset()}>
              {words.retry}
            </Button>
          }
        />
      ) : enter.isPending ? (
        <Skeleton lines={2} tall />
      ) : (
        <KeySigner act="desk-login" onSigned={(proof) => enter.mutate(proof)} />
      )}
    </Page>
  );
}
