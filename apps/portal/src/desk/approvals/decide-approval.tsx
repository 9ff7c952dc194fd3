import { type Approval, deskRoutes, type SignedChallenge } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { login } from '../../i18n/login.ts';
import { KeySigner } from '../../keybridge/key-signer.tsx';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/form.tsx';
import { Skeleton } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

/** The second person decides, by a signature of their key over the decision and the step. */
export function DecideApproval({ approval }: { approval: Approval }) {
  const t = useTexts(desk).approvals;
  const { cancel, required } = useTexts(common);
  const { retry } = useTexts(login);
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [decision, setDecision] = useState<'APPROVE' | 'REJECT'>();
  const [tried, setTried] = useState(false);
  const decide = useMutation({
    mutationFn: async (proof: z.input<typeof SignedChallenge>) => {
      if (decision === undefined) return;
      await call(deskRoutes.decideApproval, { params: { id: approval.id }, body: { decision, note, proof } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
  const choose = (next: 'APPROVE' | 'REJECT') => {
    setTried(true);
    if (next === 'APPROVE' || note.trim() !== '') setDecision(next);
  };
  if (decision === undefined) {
    return (
      <section className="card stack-tight">
        <TextArea
          name="note"
          label={t.note}
          optional
          maxLength={500}
          value={note}
          onValue={setNote}
          error={tried && note.trim() === '' ? required : undefined}
        />
        <div className="row">
          <Button kind="primary" onClick={() => choose('APPROVE')}>
            {t.approve}
          </Button>
          <Button onClick={() => choose('REJECT')}>{t.reject}</Button>
        </div>
      </section>
    );
  }
  return (
    <section className="card stack-tight">
      <div className="row-spread">
        <h3>
          {decision === 'APPROVE' ? t.approve : t.reject} · {t.sign}
        </h3>
        <Button kind="quiet" onClick={() => setDecision(undefined)}>
          {cancel}
        </Button>
      </div>
      <p className="faint">{t.signText}</p>
      {decide.error ? (
        <ProblemBox error={decide.error} actions={<Button onClick={() => decide.reset()}>{retry}</Button>} />
      ) : decide.isPending ? (
        <Skeleton lines={2} tall />
      ) : (
        <KeySigner
          act="desk-approve"
          subject={`${decision}:${approval.id}`}
          onSigned={(proof) => decide.mutate(proof)}
        />
      )}
    </section>
  );
}
