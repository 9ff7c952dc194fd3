import { signingRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { upload } from '../api/upload.ts';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { Button } from '../ui/button.tsx';
import { FileField } from '../ui/file-field.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';

/** Opens a task with a PDF (SIGN-002). */
export function UploadTask() {
  const t = useTexts(signing);
  const navigate = useNavigate();
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState<number>();
  const open = useMutation({
    mutationFn: (document: File) => {
      setSent(0);
      return upload(signingRoutes.open, { form: {}, files: { file: document }, onProgress: setSent });
    },
    onSuccess: ({ id }) => void navigate({ to: '/signing/$id', params: { id } }),
    onSettled: () => setSent(undefined),
  });
  return (
    <form
      className="card stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== undefined && !open.isPending) open.mutate(file);
      }}
    >
      <FileField
        name="file"
        label={t.file}
        accept="application/pdf,.pdf"
        file={file}
        texts={t}
        onFile={(chosen) => {
          open.reset();
          setFile(chosen);
        }}
      />
      {open.error ? <ProblemBox error={open.error} /> : null}
      <div className="row">
        <Button type="submit" kind="primary" icon="upload" busy={open.isPending} disabled={!file}>
          {t.upload}
        </Button>
        <span role="status" className="faint">
          {sent === undefined ? '' : t.sending(Math.round(sent * 100))}
        </span>
      </div>
    </form>
  );
}
