import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { approvals as texts } from '../i18n/approvals.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { useToast } from '../ui/toast.tsx';
import { afterAnswer } from './approval-queries.ts';

type AnswerButtonsProps = {
  /** Whom or what it is about, for those who hear the buttons alone. */
  about: string;
  acceptLabel: string;
  answer: (accept: boolean) => Promise<unknown>;
};

/** Accept at once, decline after a question. */
export function AnswerButtons({ about, acceptLabel, answer }: AnswerButtonsProps) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const say = useToast();
  const [declining, setDeclining] = useState(false);
  const send = useMutation({
    mutationFn: answer,
    onSuccess: async (_answer, accept) => {
      say(accept ? t.accepted : t.declined);
      setDeclining(false);
      await afterAnswer(client);
    },
  });
  return (
    <>
      {send.error && !declining ? <ProblemBox error={send.error} /> : null}
      <div className="answer-buttons">
        <Button
          kind="primary"
          busy={send.isPending}
          aria-label={`${acceptLabel}：${about}`}
          onClick={() => send.mutate(true)}
        >
          {acceptLabel}
        </Button>
        <Button aria-label={`${t.decline}：${about}`} onClick={() => setDeclining(true)}>
          {t.decline}
        </Button>
      </div>
      {declining ? (
        <ConfirmSheet
          title={t.declineTitle}
          action={t.decline}
          busy={send.isPending}
          error={send.error}
          onConfirm={() => send.mutate(false)}
          onClose={() => setDeclining(false)}
        >
          <p>{t.declineText}</p>
        </ConfirmSheet>
      ) : null}
    </>
  );
}
