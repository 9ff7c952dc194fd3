import { deskRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

type CheckDialogProps = { id: string; onDone: () => void; onClose: () => void };

/** First person: the material is in order; a second decides. */
export function CheckDialog({ id, onDone, onClose }: CheckDialogProps) {
  const texts = useTexts(desk);
  const { cancel } = useTexts(common);
  const t = texts.unbind;
  const [note, setNote] = useState('');
  const check = useMutation({
    mutationFn: () => call(deskRoutes.checkUnbind, { params: { id }, body: { note } }),
    onSuccess: onDone,
  });
  return (
    <Dialog
      title={t.checkTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button kind="primary" busy={check.isPending} onClick={() => check.mutate()}>
            {t.check}
          </Button>
        </>
      }
    >
      <p>{t.checkText}</p>
      <TextArea name="note" label={t.note} optional maxLength={500} value={note} onValue={setNote} />
      {check.error ? <ProblemBox error={check.error} /> : null}
    </Dialog>
  );
}
