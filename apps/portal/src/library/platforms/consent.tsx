import { libraryExchangeRoutes, type PlatformStanding } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { useMember } from '../session/library-session.ts';
import { platformsQuery } from './platforms-query.ts';

/** Whether a platform may look up usable records while nobody is logged in there (PLAT-041); the primary key says so. */
export function Consent({ platform: { code, name, consent } }: { platform: PlatformStanding }) {
  const t = useTexts(library).platforms;
  const { owns } = useMember();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <p>{consent ? t.consented : t.notConsented}</p>
      {owns ? (
        <div>
          <Button onClick={() => setAsking(true)} aria-label={`${consent ? t.withdraw : t.consent} ${name}`}>
            {consent ? t.withdraw : t.consent}
          </Button>
        </div>
      ) : null}
      {asking ? <Question {...{ code, name, consent }} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

type QuestionProps = Pick<PlatformStanding, 'code' | 'name' | 'consent'> & { onClose: () => void };

function Question({ code, name, consent, onClose }: QuestionProps) {
  const t = useTexts(library).platforms;
  const texts = useTexts(common);
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () =>
      call(consent ? libraryExchangeRoutes.withdrawConsent : libraryExchangeRoutes.consent, {
        params: { code },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: platformsQuery.queryKey });
      onClose();
    },
  });
  const act = consent ? t.withdraw : t.consent;
  return (
    <Dialog
      title={`${act}：${name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind="primary" busy={change.isPending} onClick={() => change.mutate()}>
            {act}
          </Button>
        </>
      }
    >
      <p>{consent ? t.withdrawText : t.consentText}</p>
      {change.error ? <ProblemBox error={change.error} /> : null}
    </Dialog>
  );
}
