import { type DeskRaOrder, deskRaRoutes, RaReturnReason } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choices, TextArea } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

type ReturnDialogProps = { order: DeskRaOrder; onDone: () => void; onClose: () => void };

/** Back to the applicant, with reasons from the list (CA-023, MOB-015). */
export function ReturnDialog({ order, onDone, onClose }: ReturnDialogProps) {
  const t = useTexts(ra);
  const { cancel, required } = useTexts(common);
  const [reasons, setReasons] = useState<readonly RaReturnReason[]>([]);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const noteMissing = reasons.includes('OTHER') && note.trim() === '';
  const send = useMutation({
    mutationFn: () =>
      call(deskRaRoutes.return, {
        params: { id: order.id },
        body: { version: order.version, reasons: [...reasons], note },
      }),
    onSuccess: onDone,
  });
  return (
    <Dialog
      title={t.returnTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button
            kind="primary"
            busy={send.isPending}
            onClick={() => {
              setTried(true);
              if (reasons.length > 0 && !noteMissing) send.mutate();
            }}
          >
            {t.return}
          </Button>
        </>
      }
    >
      <p>{t.returnText}</p>
      <Choices
        name="reasons"
        label={t.returnReasons}
        error={tried && reasons.length === 0 ? t.reasonMissing : undefined}
        values={reasons}
        onValues={(values) => setReasons(RaReturnReason.options.filter((one) => values.includes(one)))}
        options={RaReturnReason.options.map((value) => ({ value, label: t.reasons[value] }))}
      />
      <TextArea
        name="note"
        label={t.note}
        optional={!reasons.includes('OTHER')}
        maxLength={500}
        value={note}
        onValue={setNote}
        error={tried && noteMissing ? required : undefined}
      />
      {send.error ? <ProblemBox error={send.error} /> : null}
    </Dialog>
  );
}
