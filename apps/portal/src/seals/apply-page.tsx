import { type SealDesign, type SealView, sealRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '../api/upload.ts';
import { useHolder, WithHolder } from '../app/holder.tsx';
import { useTexts } from '../i18n/language.tsx';
import { seals } from '../i18n/seals.ts';
import { Alert } from '../ui/alert.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { FileField } from '../ui/file-field.tsx';
import { SelectField, TextField } from '../ui/form.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { sealsQuery } from './seals-query.ts';
import { useSealPreview } from './use-preview.ts';
import './seals.css';

const KINDS = ['ENTERPRISE', 'LEGAL_REPRESENTATIVE'] as const;

/** 申请印章 (SIGN-012): drawn from the record, or with an uploaded picture. */
export function ApplyPage() {
  return <WithHolder>{({ primary }) => (primary ? <Apply /> : <PrimaryOnly />)}</WithHolder>;
}

function PrimaryOnly() {
  const { seals: back } = useHolder();
  const t = useTexts(seals);
  return (
    <Page title={t.apply} narrow>
      <Alert tone="info" title={t.primaryOnly} actions={<ButtonLink to={back}>{t.back}</ButtonLink>} />
    </Page>
  );
}

function Apply() {
  const { seals: back } = useHolder();
  const t = useTexts(seals);
  const [granted, setGranted] = useState<SealView>();
  return (
    <Page title={t.apply}>
      {granted ? (
        <Alert
          tone="good"
          announced
          title={t.submitted}
          actions={
            <ButtonLink kind="primary" to={back}>
              {t.back}
            </ButtonLink>
          }
        >
          {t.submittedText}
        </Alert>
      ) : (
        <Form onDone={setGranted} />
      )}
    </Page>
  );
}

type Values = { kind: (typeof KINDS)[number]; word: string; code: string; file: File | undefined };

const designOf = ({ kind, word, code }: Values): SealDesign => ({
  kind,
  word: word.trim() || null,
  code: /^\d{13}$/.test(code) ? code : null,
});

function Form({ onDone }: { onDone: (seal: SealView) => void }) {
  const { seals: back } = useHolder();
  const t = useTexts(seals);
  const client = useQueryClient();
  const [values, setValues] = useState<Values>({ kind: 'ENTERPRISE', word: '', code: '', file: undefined });
  const set = (change: Partial<Values>) => setValues({ ...values, ...change });
  const badCode = values.code !== '' && !/^\d{13}$/.test(values.code);
  const apply = useMutation({
    mutationFn: () => {
      const { kind, word, code, file } = values;
      return upload(sealRoutes.apply, {
        form: { kind, ...(word.trim() && { word: word.trim() }), ...(code && { code }) },
        files: file ? { picture: file } : {},
        onProgress: () => {},
      });
    },
    onSuccess: (seal) => {
      void client.invalidateQueries({ queryKey: sealsQuery.queryKey });
      onDone(seal);
    },
  });
  return (
    <form
      className="card seal-apply"
      onSubmit={(event) => {
        event.preventDefault();
        if (!badCode && !apply.isPending) apply.mutate();
      }}
    >
      <div className="stack-tight">
        <SelectField
          name="kind"
          label={t.kind}
          value={values.kind}
          onValue={(kind) => set({ kind: KINDS.find((one) => one === kind) ?? 'ENTERPRISE' })}
          options={KINDS.map((value) => ({ value, label: t.kinds[value] }))}
        />
        <TextField
          name="word"
          label={t.word}
          hint={t.wordHint}
          optional
          maxLength={10}
          value={values.word}
          onValue={(word) => set({ word })}
        />
        <TextField
          name="code"
          label={t.code}
          hint={t.codeHint}
          optional
          inputMode="numeric"
          maxLength={13}
          value={values.code}
          onValue={(code) => set({ code: code.trim() })}
          error={badCode ? t.codeHint : undefined}
        />
        <FileField
          name="picture"
          label={t.upload}
          accept="image/png"
          file={values.file}
          texts={t}
          onFile={(file) => set({ file })}
        />
        {apply.error ? <ProblemBox error={apply.error} /> : null}
        <div className="row">
          <Button type="submit" kind="primary" busy={apply.isPending}>
            {t.submit}
          </Button>
          <ButtonLink to={back}>{t.back}</ButtonLink>
        </div>
      </div>
      {values.file ? null : <Preview design={designOf(values)} />}
    </form>
  );
}

function Preview({ design }: { design: SealDesign }) {
  const t = useTexts(seals);
  const preview = useSealPreview(design);
  return (
    <aside className="seal-preview">
      <h2>{t.preview}</h2>
      <Loaded query={preview} skeleton={<Skeleton lines={1} tall />}>
        {(address) => <img className="seal-image" src={address} alt={t.previewAlt} />}
      </Loaded>
      <p className="faint">{t.previewNote}</p>
    </aside>
  );
}
