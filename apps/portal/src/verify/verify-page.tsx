import type { VerificationReport } from '@hufu/contracts';
import { useState } from 'react';
import { useTexts } from '../i18n/language.tsx';
import { verify } from '../i18n/verify.ts';
import { Button } from '../ui/button.tsx';
import { FileField } from '../ui/file-field.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Report } from './report.tsx';
import { isTooLarge, useVerify } from './use-verify.ts';
import './verify.css';

/** 验章 (SIGN-006), for everybody. */
export function VerifyPage() {
  const t = useTexts(verify);
  const [judged, setJudged] = useState<{ file: File; report: VerificationReport }>();
  return (
    <Page
      title={t.title}
      lead={t.lead}
      narrow={judged === undefined}
      aside={
        judged ? (
          <Button icon="refresh" onClick={() => setJudged(undefined)}>
            {t.again}
          </Button>
        ) : undefined
      }
    >
      {judged ? <Report {...judged} /> : <Choose onJudged={setJudged} />}
    </Page>
  );
}

function Choose({ onJudged }: { onJudged: (judged: { file: File; report: VerificationReport }) => void }) {
  const t = useTexts(verify);
  const [file, setFile] = useState<File>();
  const { judge, sent } = useVerify();
  const tooLarge = file !== undefined && isTooLarge(file);
  return (
    <form
      className="card stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (file === undefined || tooLarge || judge.isPending) return;
        judge.mutate(file, { onSuccess: (report) => onJudged({ file, report }) });
      }}
    >
      <FileField
        name="file"
        label={t.file}
        accept=".pdf,.ofd,application/pdf,application/ofd"
        file={file}
        error={tooLarge ? t.tooLarge : undefined}
        texts={t}
        onFile={(chosen) => {
          judge.reset();
          setFile(chosen);
        }}
      />
      {judge.error ? <ProblemBox error={judge.error} /> : null}
      <div className="row">
        <Button type="submit" kind="primary" icon="shield" large busy={judge.isPending} disabled={!file}>
          {t.submit}
        </Button>
        <span role="status" className="faint">
          {sent === undefined ? '' : sent < 1 ? t.sending(Math.round(sent * 100)) : t.judging}
        </span>
      </div>
    </form>
  );
}
