import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useSite } from '../api/site.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { login } from '../i18n/login.ts';
import { Button, ButtonAnchor } from '../ui/button.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { useBridge } from './bridge.ts';

/** First visit: the holder allows this site in a window of the assistant. */
export function PairPanel({ onPaired }: { onPaired: () => void }) {
  const t = useTexts(login).gate;
  const { language } = useLanguage();
  const { data: site } = useSite();
  const bridge = useBridge();
  const [blockedWindow, setBlockedWindow] = useState<string>();
  const pair = useMutation({
    mutationFn: async () => {
      await bridge?.pair({
        title: (site?.hubTitle ?? location.host).slice(0, 60),
        language,
        onApprovalPage: ({ url, isOpen }) => setBlockedWindow(isOpen ? undefined : url),
      });
    },
    onSuccess: onPaired,
  });
  return (
    <section className="card stack-tight">
      <h2 className="panel-title">{t.pairTitle}</h2>
      <p>{t.pairText}</p>
      <p>
        <code>{location.origin}</code>
      </p>
      {pair.error ? <ProblemBox error={pair.error} /> : null}
      <div className="row">
        <Button kind="primary" icon="shield" busy={pair.isPending} onClick={() => pair.mutate()}>
          {t.pair}
        </Button>
        {pair.isPending && blockedWindow ? (
          <ButtonAnchor href={blockedWindow} icon="external" newTab>
            {t.openWindow}
          </ButtonAnchor>
        ) : null}
        {pair.isPending ? <span role="status">{t.pairing}</span> : null}
      </div>
    </section>
  );
}
