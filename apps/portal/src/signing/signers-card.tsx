import { type SigningTask, signingRoutes } from '@hufu/contracts';
import { isUscc } from '@hufu/kernel';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { minute } from '../format/dates.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { Button } from '../ui/button.tsx';
import { CodeText, USCC_GROUPS } from '../ui/code-text.tsx';
import { TextField } from '../ui/form.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Status } from '../ui/status.tsx';
import { taskQuery } from './signing-query.ts';

/** Who seals, and in which order; the sender names them until the first seal. */
export function SignersCard({ task }: { task: SigningTask }) {
  const t = useTexts(signing);
  const open = task.sentByMe && task.state === 'OPEN' && task.signers.every((one) => one.sealedAt === null);
  return (
    <section className="card stack-tight">
      <h2>{t.signers}</h2>
      <ol className="stack-tight">
        {task.signers.map((signer) => (
          <li key={signer.id} className="row-spread">
            <span>
              {signer.order}. {signer.unitName ?? t.unknownUnit} {signer.mine ? `(${t.mine})` : ''}{' '}
              <CodeText value={signer.uscc} pattern={USCC_GROUPS} />
            </span>
            <span className="row">
              {signer.finishedAt ? <time className="faint">{minute(signer.finishedAt)}</time> : null}
              <Status
                tone={signer.state === 'FINISHED' ? 'good' : signer.state === 'DECLINED' ? 'bad' : 'busy'}
              >
                {t.signerStates[signer.state]}
              </Status>
            </span>
            {signer.declineReason ? <p className="faint">{signer.declineReason}</p> : null}
          </li>
        ))}
      </ol>
      {open ? <AddSigner task={task} /> : null}
    </section>
  );
}

function AddSigner({ task }: { task: SigningTask }) {
  const t = useTexts(signing);
  const texts = useTexts(common);
  const client = useQueryClient();
  const [uscc, setUscc] = useState('');
  const [order, setOrder] = useState(String(Math.max(...task.signers.map((one) => one.order)) + 1));
  const code = uscc.trim().toUpperCase();
  const wrong = code !== '' && !isUscc(code);
  const save = useMutation({
    mutationFn: (signers: readonly { uscc: string; order: number }[]) =>
      call(signingRoutes.signers, {
        params: { id: task.id },
        body: { signers: [...signers], version: task.version },
      }),
    onSuccess: (next) => {
      client.setQueryData(taskQuery(task.id).queryKey, next);
      setUscc('');
    },
  });
  const present = task.signers.map((signer) => ({ uscc: signer.uscc, order: signer.order }));
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (code !== '' && !wrong) save.mutate([...present, { uscc: code, order: Number(order) || 1 }]);
      }}
    >
      <p className="faint">{t.signersHint}</p>
      <div className="field-pair">
        <TextField
          name="signer-uscc"
          label={t.uscc}
          maxLength={18}
          value={uscc}
          onValue={setUscc}
          error={wrong ? texts.usccInvalid : undefined}
        />
        <TextField
          name="signer-order"
          label={t.order}
          type="number"
          min={1}
          max={50}
          value={order}
          onValue={setOrder}
        />
      </div>
      {save.error ? <ProblemBox error={save.error} /> : null}
      <Button type="submit" icon="plus" busy={save.isPending}>
        {t.addSigner}
      </Button>
    </form>
  );
}
