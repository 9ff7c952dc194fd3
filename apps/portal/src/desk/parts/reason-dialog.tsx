import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

type ReasonDialogProps = {
  title: string;
  children: ReactNode;
  /** Words of the button that does it. */
  confirm: string;
  destroys?: boolean;
  /** Does it; the dialog closes when it has been done. */
  act: (reason: string) => Promise<void>;
  onClose: () => void;
};

/** Says what will happen and to what, and asks for the reason. */
export function ReasonDialog({ title, children, confirm, destroys, act, onClose }: ReasonDialogProps) {
  const t = useTexts(desk);
  const texts = useTexts(common);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const run = useMutation({ mutationFn: () => act(reason.trim()), onSuccess: onClose });
  const submit = () => {
    setTried(true);
    if (reason.trim() !== '') run.mutate();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind={destroys ? 'destroy' : 'primary'} busy={run.isPending} onClick={submit}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      <TextArea
        name="reason"
        label={t.reason}
        hint={t.reasonHint}
        maxLength={500}
        value={reason}
        onValue={setReason}
        error={tried && reason.trim() === '' ? texts.required : undefined}
      />
      {run.error ? <ProblemBox error={run.error} /> : null}
    </Dialog>
  );
}
