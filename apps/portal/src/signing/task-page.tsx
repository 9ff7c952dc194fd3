import { type SigningTask, signingRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { type Holder, WithHolder } from '../app/holder.tsx';

import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea } from '../ui/form.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { AcknowledgePages } from './acknowledge-pages.tsx';
import { FinishTask } from './finish-task.tsx';
import { PlaceSeal } from './place-seal.tsx';
import { SignDocuments } from './sign-documents.tsx';
import { SignersCard } from './signers-card.tsx';
import { taskQuery } from './signing-query.ts';
import { TaskState } from './task-state.tsx';
import { UploadSigned } from './upload-signed.tsx';
import './signing.css';

const route = getRouteApi('/signing/$id');

/** One document: 放置印章 → 确认签章 → 验章 → 完成签章. */
export function TaskPage() {
  const { id } = route.useParams();
  const { order } = route.useSearch();
  return <WithHolder>{({ documents }) => <Task id={id} back={documents} order={order} />}</WithHolder>;
}

type TaskProps = {
  id: string;
  back: Holder['documents'];
  /** Where it leads back to, in words; the list of documents otherwise. */
  backWords?: string;
  /** Of the platform that asked for the seal. */
  order?: string | undefined;
  /** A paper of one enterprise: nobody else seals it, and it is not taken back. */
  alone?: boolean;
};

/** The document with this id, for whoever holds a key of one of its signers. */
export function Task({ id, back, backWords, order, alone = false }: TaskProps) {
  const t = useTexts(signing);
  const task = useQuery(taskQuery(id));
  return (
    <Page
      title={task.data?.title ?? t.title}
      aside={
        <span className="row">
          {task.data ? <TaskState task={task.data} /> : null}
          {order === undefined ? null : (
            <a className="button button-plain" href={`/api/v1/exchange/sealings/${order}/return`}>
              {t.backToPlatform}
            </a>
          )}
          <ButtonLink to={back} icon="left">
            {backWords ?? t.back}
          </ButtonLink>
        </span>
      }
    >
      <Loaded query={task} skeleton={<Skeleton lines={5} tall />}>
        {(data) => (
          <div className="stack">
            <Step task={data} />
            {alone ? null : (
              <>
                <SignersCard task={data} />
                <Endings task={data} />
              </>
            )}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

/** What is to be done now, and nothing else. */
function Step({ task }: { task: SigningTask }) {
  const t = useTexts(signing);
  const client = useQueryClient();
  const [replacing, setReplacing] = useState(false);
  const state = task.state === 'OPEN' ? task.mine?.state : undefined;
  const unfaithful = (task.mine?.unacknowledged.length ?? 0) > 0;
  if (state === 'OPENED' || (state === 'PLACED' && replacing)) {
    return (
      <>
        {unfaithful ? <AcknowledgePages task={task} /> : null}
        <PlaceSeal task={task} onPlaced={() => setReplacing(false)} />
        <UploadSigned task={task} />
      </>
    );
  }
  if (state === 'PLACED' || state === 'PREPARED') {
    return (
      <>
        {unfaithful ? <AcknowledgePages task={task} /> : null}
        <section className="card stack-tight">
          {unfaithful ? null : (
            <SignDocuments
              tasks={[task.id]}
              onSealed={() => void client.invalidateQueries({ queryKey: taskQuery(task.id).queryKey })}
            />
          )}
          <Button kind="quiet" onClick={() => setReplacing(true)}>
            {t.place}
          </Button>
        </section>
      </>
    );
  }
  return task.mine?.status === 'SIGNED_LOCAL' || task.mine?.status === 'SIGNED' || task.verdict !== null ? (
    <FinishTask task={task} />
  ) : null;
}

/** The sender takes back, an invited signer declines: both end it. */
function Endings({ task }: { task: SigningTask }) {
  const t = useTexts(signing);
  const [ending, setEnding] = useState<'cancel' | 'decline'>();
  if (task.state !== 'OPEN') return null;
  const mayDecline = task.mine !== null && !task.sentByMe && task.mine.status === 'UNSIGNED';
  return (
    <div className="row">
      {task.sentByMe ? (
        <Button kind="destroy" onClick={() => setEnding('cancel')}>
          {t.cancel}
        </Button>
      ) : null}
      {mayDecline ? (
        <Button kind="destroy" onClick={() => setEnding('decline')}>
          {t.decline}
        </Button>
      ) : null}
      {ending ? <EndDialog task={task} ending={ending} onClose={() => setEnding(undefined)} /> : null}
    </div>
  );
}

type EndDialogProps = { task: SigningTask; ending: 'cancel' | 'decline'; onClose: () => void };

function EndDialog({ task, ending, onClose }: EndDialogProps) {
  const t = useTexts(signing);
  const texts = useTexts(common);
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const params = { id: task.id };
  const end = useMutation({
    mutationFn: () =>
      ending === 'cancel'
        ? call(signingRoutes.cancel, { params })
        : call(signingRoutes.decline, { params, body: { reason: reason.trim() } }),
    onSuccess: (next) => {
      client.setQueryData(taskQuery(task.id).queryKey, next);
      onClose();
    },
  });
  const missing = ending === 'decline' && reason.trim() === '';
  return (
    <Dialog
      title={t[`${ending}Title`]}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind="destroy" busy={end.isPending} disabled={missing} onClick={() => end.mutate()}>
            {t[ending]}
          </Button>
        </>
      }
    >
      <p>{t[`${ending}Text`]}</p>
      {ending === 'decline' ? (
        <TextArea name="reason" label={t.decline} maxLength={500} value={reason} onValue={setReason} />
      ) : null}
      {end.error ? <ProblemBox error={end.error} /> : null}
    </Dialog>
  );
}
