import type { UnbindForm as UnbindFormSchema } from '@hufu/contracts';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import type { ProblemError } from '../../api/problem.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { complaints, serverComplaints } from '../../ui/field-errors.ts';
import { FileField } from '../../ui/file-field.tsx';
import { FieldError, type FieldErrors, fieldId, SelectField, TextField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import {
  ACCEPTED,
  checkUnbind,
  type FileName,
  fileFault,
  type UnbindFiles,
  type UnbindValues,
} from './unbind-values.ts';

export type UnbindRequest = {
  readonly form: z.output<typeof UnbindFormSchema>;
  readonly files: Readonly<Record<FileName, File>>;
};

type UnbindFormProps = {
  initial: UnbindValues;
  submitLabel: string;
  /** The share that has been sent, while sending. */
  sent: number | undefined;
  error: ProblemError | undefined;
  onSubmit: (request: UnbindRequest) => void;
};

/** F-UNBIND: the application with its two scans (HUB-101 … HUB-108). */
export function UnbindForm({ initial, submitLabel, sent, error, onSubmit }: UnbindFormProps) {
  const t = useTexts(unbind);
  const texts = useTexts(common);
  const [values, setValues] = useState(initial);
  const [files, setFiles] = useState<UnbindFiles>({});
  const [attempt, setAttempt] = useState(0);
  const checked = checkUnbind(values);
  const change = (part: Partial<UnbindValues>) => setValues({ ...values, ...part });

  const errors: FieldErrors = attempt === 0 ? {} : { ...serverComplaints(error?.errors ?? []), ...own() };
  function own(): FieldErrors {
    const typed = checked.success
      ? {}
      : complaints(checked.error, (field, issue) => {
          if (field === 'licenceSealedOrColour') return t.sealedMissing;
          if (String(issue.input ?? '') === '') return texts.required;
          if (field === 'uscc') return texts.usccInvalid;
          return field === 'applicantEmail' ? texts.emailInvalid : texts.invalid;
        });
    const licence = fileFault(files.licenceScan);
    const letter = fileFault(files.authorisation);
    return {
      ...typed,
      ...(licence && { licenceScan: t[licence] }),
      ...(letter && { authorisation: t[letter] }),
    };
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    const { licenceScan, authorisation } = files;
    if (!checked.success || fileFault(licenceScan) || fileFault(authorisation)) return;
    if (licenceScan && authorisation) onSubmit({ form: checked.data, files: { licenceScan, authorisation } });
  };
  const fileTexts = { choose: t.chooseFile, change: t.changeFile, hint: t.dropHint };
  return (
    <form className="form" noValidate onSubmit={submit}>
      <ErrorSummary
        errors={errors}
        attempt={attempt}
        labels={{
          unitName: t.unitName,
          uscc: t.uscc,
          applicantEmail: t.email,
          certSerial: t.serial,
          nameChangeFinished: t.nameChange,
          licenceScan: t.licence,
          authorisation: t.authorisation,
          licenceSealedOrColour: t.requirements,
        }}
      />
      <div className="form-grid">
        <TextField
          name="unitName"
          label={t.unitName}
          hint={t.unitNameHint}
          maxLength={200}
          autoComplete="organization"
          error={errors['unitName']}
          value={values.unitName}
          onValue={(unitName) => change({ unitName })}
        />
        <TextField
          name="uscc"
          label={t.uscc}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          error={errors['uscc']}
          value={values.uscc}
          onValue={(uscc) => change({ uscc })}
        />
        <TextField
          name="applicantEmail"
          label={t.email}
          hint={t.emailHint}
          type="email"
          autoComplete="email"
          maxLength={200}
          error={errors['applicantEmail']}
          value={values.applicantEmail}
          onValue={(applicantEmail) => change({ applicantEmail })}
        />
        <TextField
          name="certSerial"
          label={t.serial}
          hint={t.serialHint}
          optional
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
          error={errors['certSerial']}
          value={values.certSerial}
          onValue={(certSerial) => change({ certSerial })}
        />
        <SelectField
          name="nameChangeFinished"
          label={t.nameChange}
          placeholder=" "
          error={errors['nameChangeFinished']}
          value={values.nameChangeFinished}
          onValue={(value) => change({ nameChangeFinished: value as UnbindValues['nameChangeFinished'] })}
          options={[
            { value: 'true', label: t.nameChanges.none },
            { value: 'false', label: t.nameChanges.pending },
          ]}
        />
      </div>
      <p className="faint">
        {t.name}：{t.nameOf(values.unitName.trim())}
      </p>
      <div className="form-grid">
        <FileField
          name="licenceScan"
          label={t.licence}
          accept={ACCEPTED}
          file={files.licenceScan}
          error={errors['licenceScan']}
          texts={fileTexts}
          onFile={(licenceScan) => setFiles({ ...files, ...(licenceScan && { licenceScan }) })}
        />
        <FileField
          name="authorisation"
          label={t.authorisation}
          accept={ACCEPTED}
          file={files.authorisation}
          error={errors['authorisation']}
          texts={fileTexts}
          onFile={(authorisation) => setFiles({ ...files, ...(authorisation && { authorisation }) })}
        />
      </div>
      <div className={errors['licenceSealedOrColour'] ? 'field field-wrong' : 'field'}>
        <label className="choice" htmlFor={fieldId('licenceSealedOrColour')}>
          <input
            id={fieldId('licenceSealedOrColour')}
            type="checkbox"
            checked={values.licenceSealedOrColour}
            onChange={(event) => change({ licenceSealedOrColour: event.target.checked })}
          />
          <span>{t.sealed}</span>
        </label>
        <FieldError name="licenceSealedOrColour" error={errors['licenceSealedOrColour']} />
      </div>
      {error ? <ProblemBox error={error} /> : null}
      <div className="row">
        <Button kind="primary" large type="submit" busy={sent !== undefined}>
          {submitLabel}
        </Button>
        {sent === undefined ? <span className="faint">{t.truth}</span> : <Sending share={sent} />}
      </div>
    </form>
  );
}

function Sending({ share }: { share: number }) {
  const t = useTexts(unbind);
  const percent = Math.round(share * 100);
  const words = percent < 100 ? t.sending(percent) : t.checking;
  return (
    <span className="row">
      <progress max={100} value={percent} aria-label={words} />
      <span className="figures" role="status">
        {words}
      </span>
    </span>
  );
}
