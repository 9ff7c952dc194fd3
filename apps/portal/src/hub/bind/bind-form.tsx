import { BindingFields, type CertificateView } from '@hufu/contracts';
import { type FormEvent, useState } from 'react';
import { isCode, type ProblemError } from '../../api/problem.ts';
import { bind } from '../../i18n/bind.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { checkForm, complaints, serverComplaints } from '../../ui/field-errors.ts';
import { type FieldErrors, TextField } from '../../ui/form.tsx';
import { EnterpriseFields, useSayEnterprise } from '../enterprise-fields.tsx';
import { type Draft, EMPTY_DRAFT, saveDraft } from './draft.ts';

type BindFormProps = {
  certificate: CertificateView;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  /** A refusal of the server after the last attempt. */
  refusal: ProblemError | undefined;
  onComplete: (fields: BindingFields) => void;
};

/** F-HUBBIND: the part that a person types, checked by the same schema as on the server. */
export function BindForm({ certificate, draft, onDraft, refusal, onComplete }: BindFormProps) {
  const t = useTexts(bind);
  const say = useSayEnterprise();
  const [attempt, setAttempt] = useState(0);
  const [touched, setTouched] = useState(refusal === undefined);
  const values = certificate.uscc === null ? draft : { ...draft, uscc: certificate.uscc };
  const checked = checkForm(BindingFields, values);
  const own = attempt > 0 && !checked.success ? complaints(checked.error, say) : {};
  const refused: FieldErrors = {
    ...serverComplaints(refusal?.errors ?? []),
    // MSG-03: the short form beside the field; the full sentence stands above the form.
    ...(isCode(refusal, 'HUB_USCC_TAKEN') && { uscc: t.usccTaken }),
  };
  const errors: FieldErrors = touched ? own : { ...refused, ...own };

  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setTouched(true);
    onDraft(next);
    saveDraft(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (checked.success) onComplete(checked.data);
  };
  const labels = {
    uscc: t.uscc,
    regCity: t.regCity,
    legalRep: t.legalRep,
    phone: t.phone,
    address: t.address,
    roles: t.roles,
  };
  return (
    <form className="form" noValidate onSubmit={submit}>
      <h2 className="panel-title">{t.fields}</h2>
      <ErrorSummary errors={errors} labels={labels} attempt={attempt} />
      <TextField
        name="uscc"
        label={t.uscc}
        hint={certificate.uscc === null ? t.usccHint : t.usccFromCertificate}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={64}
        readOnly={certificate.uscc !== null}
        error={errors['uscc']}
        value={values.uscc}
        onValue={(uscc) => change({ uscc })}
      />
      <EnterpriseFields
        values={draft}
        errors={errors}
        onChange={({ roles, ...part }) => change({ ...part, ...(roles && { roles: [...roles] }) })}
      />
      <div className="row">
        <Button kind="primary" large type="submit">
          {t.submit}
        </Button>
        <Button kind="quiet" onClick={() => change(EMPTY_DRAFT)}>
          {t.clear}
        </Button>
        <span className="faint">{t.draftKept}</span>
      </div>
    </form>
  );
}
