import { type RaOrder, raRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { apply } from '../i18n/apply.ts';
import { useTexts } from '../i18n/language.tsx';
import { order as texts } from '../i18n/order.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/form.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { putOrder } from './order-queries.ts';

const CANCELLABLE: ReadonlySet<RaOrder['state']> = new Set([
  'DRAFT',
  'UNDER_REVIEW',
  'RETURNED',
  'TO_PAY',
  'TO_DOWNLOAD',
]);

/** 取消申请, with the reason; what was paid goes back. */
export function CancelOrder({ order }: { order: RaOrder }) {
  const t = useTexts(texts);
  const words = useTexts(apply);
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const cancel = useMutation({
    mutationFn: () =>
      call(raRoutes.cancel, {
        params: { id: order.id },
        body: { version: order.version, reason: reason.trim() },
      }),
    onSuccess: (answer) => {
      putOrder(client, answer);
      setOpen(false);
    },
  });
  if (!CANCELLABLE.has(order.state) || order.channel !== 'APP') return null;
  const press = () => {
    setAsked(true);
    if (reason.trim() !== '') cancel.mutate();
  };
  return (
    <>
      <Button kind="quiet" block onClick={() => setOpen(true)}>
        {t.cancel}
      </Button>
      {open ? (
        <Sheet
          title={t.cancelTitle}
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button kind="destroy" block busy={cancel.isPending} onClick={press}>
                {t.cancel}
              </Button>
              <Button block onClick={() => setOpen(false)}>
                {t.cancelKeep}
              </Button>
            </>
          }
        >
          <p>{t.cancelText}</p>
          <TextField
            label={t.cancelReason}
            hint={t.cancelReasonHint}
            maxLength={200}
            value={reason}
            onValue={setReason}
            error={asked && reason.trim() === '' ? words.faults.missing : undefined}
          />
          {cancel.error ? <ProblemBox error={cancel.error} /> : null}
        </Sheet>
      ) : null}
    </>
  );
}
