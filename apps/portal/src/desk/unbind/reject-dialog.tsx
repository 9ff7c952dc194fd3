import { deskRoutes, RejectReason } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choices, TextArea } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

type Reason = z.infer<typeof RejectReason>;
type RejectDialogProps = { id: string; onDone: () => void; onClose: () => void };

/** Send an application back, with reasons from the list (HUB-104, HUB-107). */
export function RejectDialog({ id, onDone, onClose }: RejectDialogProps) {
  const t = useTexts(desk).unbind;
  const { cancel } = useTexts(common);
  const { rejectReasons } = useTexts(unbind);
  const [reasons, setReasons] = useState<readonly Reason[]>([]);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const reject = useMutation({
    mutationFn: () =>
      call(deskRoutes.rejectUnbind, { params: { id }, body: { reasons: [...reasons], note } }),
    onSuccess: onDone,
  });
  return (
    <Dialog
      title={t.rejectTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button
            kind="primary"
            busy={reject.isPending}
            onClick={() => {
              setTried(true);
              if (reasons.length > 0) reject.mutate();
            }}
          >
            {t.reject}
          </Button>
        </>
      }
    >
      <p>{t.rejectText}</p>
      <Choices
        name="reasons"
        label={t.rejectReasons}
        error={tried && reasons.length === 0 ? t.rejectReasonMissing : undefined}
        values={reasons}
        onValues={(values) => setReasons(RejectReason.options.filter((one) => values.includes(one)))}
        options={RejectReason.options.map((value) => ({ value, label: rejectReasons[value] }))}
      />
      <TextArea name="note" label={t.rejectNote} optional maxLength={500} value={note} onValue={setNote} />
      {reject.error ? <ProblemBox error={reject.error} /> : null}
    </Dialog>
  );
}
