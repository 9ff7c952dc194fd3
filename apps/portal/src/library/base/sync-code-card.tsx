import { libraryEntityRoutes } from '@hufu/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Button } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

const syncCodeQuery = queryOptions({
  queryKey: ['library', 'sync-code'],
  queryFn: ({ signal }) => call(libraryEntityRoutes.syncCode, { signal }),
});

/** 同步码 (LIB-BASE-06, OD-16): to copy into a platform, for as long as it lasts. */
export function SyncCodeCard() {
  const t = useTexts(library).base;
  const texts = useTexts(common);
  const client = useQueryClient();
  const code = useQuery(syncCodeQuery);
  const [asking, setAsking] = useState(false);
  const renew = useMutation({
    mutationFn: () => call(libraryEntityRoutes.renewSyncCode),
    onSuccess: (next) => {
      client.setQueryData(syncCodeQuery.queryKey, next);
      setAsking(false);
    },
  });
  return (
    <section className="card stack-tight">
      <h2 className="panel-title">{t.syncCode}</h2>
      <Loaded query={code}>
        {({ code: text, expiresAt }) =>
          text === null ? (
            <p className="faint">{t.syncCodeNone}</p>
          ) : (
            <>
              <p className="sync-code">
                <CodeText value={text} copyable />
              </p>
              {expiresAt ? <Left until={expiresAt} /> : null}
              <p className="faint">{t.syncCodeText}</p>
              <div>
                <Button icon="refresh" onClick={() => setAsking(true)}>
                  {t.renew}
                </Button>
              </div>
            </>
          )
        }
      </Loaded>
      {asking ? (
        <Dialog
          title={t.renewTitle}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{texts.cancel}</Button>
              <Button kind="primary" busy={renew.isPending} onClick={() => renew.mutate()}>
                {t.renew}
              </Button>
            </>
          }
        >
          <p>{t.renewText}</p>
          {renew.error ? <ProblemBox error={renew.error} /> : null}
        </Dialog>
      ) : null}
    </section>
  );
}

function Left({ until }: { until: string }) {
  const t = useTexts(library).base;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((Date.parse(until) - now) / 1000));
  return <p className="figures">{seconds === 0 ? t.syncExpired : t.validFor(spell(seconds))}</p>;
}

const two = (figure: number) => String(figure).padStart(2, '0');

/** 47:05:09: hours, minutes, seconds. */
const spell = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
