import { type EntityPageView, stewardRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '../../api/upload.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { TextArea } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

type RecoverDialogProps = {
  entityId: string;
  /** The one that becomes the primary. */
  certificate: EntityPageView['keys'][number];
  onProposed: (approval: string) => void;
  onClose: () => void;
};

/** The primary key is lost: another one in its place, with the entity's application (OD-25). */
export function RecoverDialog({ entityId, certificate, onProposed, onClose }: RecoverDialogProps) {
  const t = useTexts(stewards);
  const texts = useTexts(desk);
  const words = useTexts(common);
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const recover = useMutation({
    mutationFn: (paper: File) =>
      upload(stewardRoutes.recoverPrimary, {
        params: { id: entityId, key: certificate.id },
        form: { reason: reason.trim() },
        files: { file: paper },
        onProgress: () => {},
      }),
    onSuccess: async (approval) => {
      await client.invalidateQueries({ queryKey: ['desk'] });
      onProposed(approval.id);
      onClose();
    },
  });
  const submit = () => {
    setTried(true);
    if (file !== undefined && reason.trim() !== '') recover.mutate(file);
  };
  return (
    <Dialog
      title={t.recoverTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" busy={recover.isPending} onClick={submit}>
            {t.recover}
          </Button>
        </>
      }
    >
      <p>{t.recoverText(certificate.certKeyNo)}</p>
      <FileField
        name="proof"
        label={t.recoverProof}
        accept=".pdf,.jpg,.jpeg,.png"
        file={file}
        texts={t.recoverFile}
        error={tried && file === undefined ? words.required : undefined}
        onFile={setFile}
      />
      <TextArea
        name="reason"
        label={texts.reason}
        hint={texts.reasonHint}
        maxLength={500}
        value={reason}
        onValue={setReason}
        error={tried && reason.trim() === '' ? words.required : undefined}
      />
      {recover.error ? <ProblemBox error={recover.error} /> : null}
    </Dialog>
  );
}
