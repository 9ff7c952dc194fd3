import { Reason, PlatformForm as Schema } from '@hufu/contracts';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { toProblem } from '../../api/problem.ts';
import { GROUP_ORDER } from '../../hub/platform-groups.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { checkForm, complaints, serverComplaints } from '../../ui/field-errors.ts';
import { SelectField, TextArea, TextField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { useSayPlain } from '../parts/say-plain.ts';
import { formOf, type PlatformValues } from './platform-values.ts';

const Checked = Schema.extend(Reason.shape);

type PlatformFormProps = {
  initial: PlatformValues;
  /** The code is given once and stays; only what is registered can join. */
  registered: boolean;
  submitLabel: string;
  note: string;
  busy: boolean;
  error: unknown;
  onSubmit: (form: z.output<typeof Checked>) => void;
  onCancel: () => void;
};

type Name = keyof PlatformValues;
const LINES: readonly Name[] = ['subsystems', 'redirectUris', 'postLogoutRedirectUris'];
const OPTIONAL: readonly Name[] = ['homeUrl', 'initiateLoginUri', 'backchannelLogoutUri', ...LINES];

/** F-PLATREG with the client registration. */
export function PlatformForm(props: PlatformFormProps) {
  const { initial, registered, submitLabel, note, busy, error, onSubmit, onCancel } = props;
  const t = useTexts(desk);
  const texts = useTexts(common);
  const say = useSayPlain();
  const [values, setValues] = useState(initial);
  const [reason, setReason] = useState('');
  const [attempt, setAttempt] = useState(0);
  const checked = checkForm(Checked, { ...formOf(values), reason });
  const errors =
    attempt === 0
      ? {}
      : {
          ...(error ? serverComplaints(toProblem(error).errors) : {}),
          ...(checked.success ? {} : complaints(checked.error, say)),
        };
  const labels = { ...t.platforms, reason: t.reason };
  const bound = (name: Name) => ({
    name,
    label: t.platforms[name],
    optional: OPTIONAL.includes(name),
    error: (errors as Record<string, string | undefined>)[name],
    value: values[name],
    onValue: (value: string) => setValues({ ...values, [name]: value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (checked.success) onSubmit(checked.data);
  };
  return (
    <form className="form" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} labels={labels as unknown as Record<string, string>} attempt={attempt} />
      <div className="form-grid">
        <TextField {...bound('code')} readOnly={registered} maxLength={40} spellCheck={false} />
        <TextField {...bound('name')} maxLength={100} />
        <TextField {...bound('nameEn')} maxLength={100} />
        <SelectField
          {...bound('group')}
          options={GROUP_ORDER.map((value) => ({ value, label: texts.groups[value] }))}
        />
        {registered ? (
          <SelectField
            {...bound('joined')}
            options={[
              { value: 'true', label: t.platforms.joined },
              { value: 'false', label: t.platforms.notJoined },
            ]}
          />
        ) : null}
        <TextField {...bound('supportPhone')} maxLength={40} />
        <TextField {...bound('homeUrl')} type="url" maxLength={500} />
        <SelectField
          {...bound('filingMode')}
          options={(['LOCAL', 'MIRROR'] as const).map((value) => ({
            value,
            label: t.platforms.filingModes[value],
          }))}
        />
        <SelectField
          {...bound('subjectType')}
          options={(['public', 'pairwise'] as const).map((value) => ({
            value,
            label: t.platforms.subjectTypes[value],
          }))}
        />
        <TextField {...bound('initiateLoginUri')} type="url" maxLength={500} />
        <TextField {...bound('backchannelLogoutUri')} type="url" maxLength={500} />
      </div>
      {LINES.map((name) => (
        <TextArea key={name} {...bound(name)} hint={t.platforms.onePerLine} spellCheck={false} />
      ))}
      <TextArea
        name="reason"
        label={t.reason}
        hint={t.reasonHint}
        maxLength={500}
        error={(errors as Record<string, string | undefined>)['reason']}
        value={reason}
        onValue={setReason}
      />
      {error ? <ProblemBox error={error} /> : null}
      <div className="row">
        <Button kind="primary" type="submit" busy={busy}>
          {submitLabel}
        </Button>
        <Button onClick={onCancel}>{texts.cancel}</Button>
        <span className="faint">{note}</span>
      </div>
    </form>
  );
}
