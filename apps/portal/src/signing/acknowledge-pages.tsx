import { type SigningTask, signingRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { pagesQuery, taskQuery } from './signing-query.ts';

/** A page that cannot be shown faithfully is not sealed by accident: each is confirmed by itself. */
export function AcknowledgePages({ task }: { task: SigningTask }) {
  const t = useTexts(signing);
  const separator = useTexts(common).listSeparator;
  const client = useQueryClient();
  const pages = useQuery(pagesQuery(task.id, task.sha256));
  const acknowledge = useMutation({
    mutationFn: (page: number) =>
      call(signingRoutes.acknowledge, {
        params: { id: task.id },
        body: { pages: [page], sha256: task.sha256 },
      }),
    onSuccess: (next) => {
      client.setQueryData(taskQuery(task.id).queryKey, next);
      void client.invalidateQueries({ queryKey: pagesQuery(task.id, task.sha256).queryKey });
    },
  });
  return (
    <Alert tone="attention" title={t.unfaithful}>
      <p>{t.unfaithfulText}</p>
      <Loaded query={pages}>
        {(data) => (
          <ul className="stack-tight">
            {data.pages
              .filter(({ problems }) => problems.length > 0)
              .map(({ number, problems, acknowledged }) => (
                <li key={number}>
                  {t.at(number, data.pages.length)}: {problems.map((one) => t.problems[one]).join(separator)}{' '}
                  {acknowledged ? (
                    <strong>{t.acknowledged}</strong>
                  ) : (
                    <Button busy={acknowledge.isPending} onClick={() => acknowledge.mutate(number)}>
                      {t.acknowledge(number)}
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Loaded>
      {acknowledge.error ? <ProblemBox error={acknowledge.error} /> : null}
    </Alert>
  );
}
