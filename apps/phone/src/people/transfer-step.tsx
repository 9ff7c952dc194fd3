import { type PhonePerson, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useTexts } from '../i18n/language.tsx';
import { people as texts } from '../i18n/people.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet } from '../ui/confirm-sheet.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { useToast } from '../ui/toast.tsx';
import { peopleQuery } from './people-queries.ts';

type TransferStepProps = { enterpriseId: string; person: PhonePerson };

/** 转授管理员: offered to one person, who must accept (OD-32); until then it can be taken back. */
export function TransferStep({ enterpriseId, person }: TransferStepProps) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const say = useToast();
  const [open, setOpen] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: peopleQuery(enterpriseId).queryKey });
  const transfer = useMutation({
    mutationFn: () =>
      call(phoneRoutes.transfer, { params: { id: enterpriseId }, body: { personId: person.id } }),
    onSuccess: async () => {
      setOpen(false);
      say(t.transferSent);
      await refresh();
    },
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => call(phoneRoutes.withdrawTransfer, { params: { id } }),
    onSettled: refresh,
  });
  const { transferId } = person;
  if (transferId !== null) {
    return (
      <>
        <p role="status">{t.transferSent}</p>
        {withdraw.error ? <ProblemBox error={withdraw.error} /> : null}
        <Button block busy={withdraw.isPending} onClick={() => withdraw.mutate(transferId)}>
          {t.transferWithdraw}
        </Button>
      </>
    );
  }
  return (
    <>
      {person.verified ? null : <p className="faint">{t.transferUnverified}</p>}
      <Button kind="primary" block disabled={!person.verified} onClick={() => setOpen(true)}>
        {t.transfer}
      </Button>
      {open ? (
        <ConfirmSheet
          title={t.transferTitle(person.name)}
          action={t.transfer}
          busy={transfer.isPending}
          error={transfer.error}
          onConfirm={() => transfer.mutate()}
          onClose={() => setOpen(false)}
        >
          <p>{t.transferText}</p>
        </ConfirmSheet>
      ) : null}
    </>
  );
}
