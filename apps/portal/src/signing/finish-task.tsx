import { type SigningTask, signingRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call, linkTo } from '../api/client.ts';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { Alert } from '../ui/alert.tsx';
import { Button, ButtonAnchor } from '../ui/button.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { taskQuery } from './signing-query.ts';

/** 验章, 完成签章 and 下载 (SIGN-006 … SIGN-009): one click each, no detour over the disk. */
export function FinishTask({ task }: { task: SigningTask }) {
  const t = useTexts(signing);
  const client = useQueryClient();
  const finish = useMutation({
    mutationFn: () => call(signingRoutes.finish, { params: { id: task.id } }),
    onSuccess: (next) => {
      client.setQueryData(taskQuery(task.id).queryKey, next);
      void client.invalidateQueries({ queryKey: ['hub', 'signing', 'list'] });
    },
  });
  const finished = task.mine?.status === 'SIGNED';
  const { verdict } = task;
  return (
    <section className="card stack-tight">
      <h2>{finished ? t.finished : t.verify}</h2>
      {verdict === null ? null : (
        <Alert
          tone={verdict.valid ? 'good' : 'bad'}
          announced
          title={verdict.valid ? t.valid : verdict.headline === 'INDETERMINATE' ? t.uncertain : t.invalid}
        >
          {finished ? t.finishedText : null}
        </Alert>
      )}
      {finish.error ? <ProblemBox error={finish.error} /> : null}
      <div className="row">
        {finished ? null : (
          <Button kind="primary" icon="check" busy={finish.isPending} onClick={() => finish.mutate()}>
            {t.finish}
          </Button>
        )}
        <ButtonAnchor
          icon="download"
          download
          href={linkTo(signingRoutes.download, { params: { id: task.id } })}
        >
          {t.download}
        </ButtonAnchor>
      </div>
    </section>
  );
}
