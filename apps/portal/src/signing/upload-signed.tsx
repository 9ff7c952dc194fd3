import { type SigningTask, signingRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { linkTo } from '../api/client.ts';
import { upload } from '../api/upload.ts';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { Button, ButtonAnchor } from '../ui/button.tsx';
import { FileField } from '../ui/file-field.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { taskQuery } from './signing-query.ts';

/** 上传附件: a document that was sealed elsewhere (SIGN-009, SIGN-010). */
export function UploadSigned({ task }: { task: SigningTask }) {
  const t = useTexts(signing);
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const send = useMutation({
    mutationFn: (signed: File) =>
      upload(signingRoutes.upload, {
        params: { id: task.id },
        form: {},
        files: { file: signed },
        onProgress: () => {},
      }),
    onSuccess: (next) => client.setQueryData(taskQuery(task.id).queryKey, next),
  });
  return (
    <details className="card">
      <summary>{t.uploadSigned}</summary>
      <form
        className="stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (file !== undefined && !send.isPending) send.mutate(file);
        }}
      >
        <p>{t.uploadSignedText}</p>
        <FileField
          name="signed"
          label={t.uploadSigned}
          accept="application/pdf,.pdf"
          file={file}
          texts={t}
          onFile={(chosen) => {
            send.reset();
            setFile(chosen);
          }}
        />
        {send.error ? <ProblemBox error={send.error} /> : null}
        <div className="row">
          <Button type="submit" icon="upload" busy={send.isPending} disabled={!file}>
            {t.uploadSigned}
          </Button>
          <ButtonAnchor
            icon="download"
            download
            href={linkTo(signingRoutes.download, { params: { id: task.id } })}
          >
            {t.download}
          </ButtonAnchor>
        </div>
      </form>
    </details>
  );
}
