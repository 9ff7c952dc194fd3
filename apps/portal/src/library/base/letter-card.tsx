import { libraryEntityRoutes, signingRoutes } from '@hufu/contracts';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, linkTo } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Status } from '../../ui/status.tsx';

export const letterQuery = queryOptions({
  queryKey: ['library', 'letter'],
  queryFn: ({ signal }) => call(libraryEntityRoutes.letter, { signal }),
});

/** 承诺书 (LIB-BASE-03): 未签章 until the sealed file was verified and kept. */
export function Letter({ submitted, owns }: { submitted: boolean; owns: boolean }) {
  const t = useTexts(library).base;
  const letter = useQuery(letterQuery);
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: () => call(libraryEntityRoutes.openLetter),
    onSuccess: ({ taskId }) => {
      if (taskId !== null) void navigate({ to: '/library/letter/$id', params: { id: taskId } });
    },
  });
  return (
    <section className="card stack-tight">
      <h2 className="panel-title">{t.letter}</h2>
      <Loaded query={letter}>
        {({ status, title, signedAt, signedVersion, version, taskId }) => {
          const signed = status === 'SIGNED';
          const outdated = signed && signedVersion !== version;
          return (
            <>
              <p className="row">
                <span>{title}</span>
                <Status tone={signed ? 'good' : 'attention'}>{signed ? t.signed : t.unsigned}</Status>
              </p>
              {signedAt ? <p className="faint figures">{t.signedAt(minute(signedAt))}</p> : null}
              {outdated ? <Alert tone="attention" title={t.newVersion} /> : null}
              {submitted ? null : <p className="faint">{t.letterFirst}</p>}
              {open.error ? <ProblemBox error={open.error} /> : null}
              <div className="row">
                {owns && submitted && (!signed || outdated) ? (
                  <Button kind="primary" icon="file" busy={open.isPending} onClick={() => open.mutate()}>
                    {outdated ? t.signAgain : t.sign}
                  </Button>
                ) : null}
                {signed && taskId ? (
                  <ButtonAnchor
                    icon="download"
                    download
                    href={linkTo(signingRoutes.download, { params: { id: taskId } })}
                  >
                    {t.download}
                  </ButtonAnchor>
                ) : null}
              </div>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
