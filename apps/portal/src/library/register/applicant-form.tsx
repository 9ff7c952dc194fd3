import {
  type Admission,
  type Agreement,
  EntityRole,
  type LibrarySession,
  libraryEntityRoutes,
  RegistrationForm,
} from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { checkForm, complaints, serverComplaints } from '../../ui/field-errors.ts';
import { Choices, type FieldErrors, TextField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { CertificateFacts } from '../keys/certificate-facts.tsx';
import { useSayPerson } from '../keys/say-person.ts';

type ApplicantFormProps = {
  admission: Admission;
  agreements: readonly Agreement[];
  onBack: () => void;
  onRegistered: (session: LibrarySession) => void;
};

const EMPTY = {
  applicantName: '',
  applicantPhone: '',
  applicantIdNo: '',
  uscc: '',
  roles: [] as EntityRole[],
};

/** 激活注册申请人信息 (F-REG, LIB-REG-08); 「注册」 completes the simple registration (LIB-REG-09). */
export function ApplicantForm({ admission, agreements, onBack, onRegistered }: ApplicantFormProps) {
  const t = useTexts(library).register;
  const texts = useTexts(common);
  const say = useSayPerson();
  const [values, setValues] = useState(EMPTY);
  const [attempt, setAttempt] = useState(0);
  const organisation = admission.kind === 'ORGANISATION';
  const { uscc, roles, ...applicant } = values;
  const form = {
    ...applicant,
    admissionId: admission.id,
    agreements: agreements.map(({ code, version, sha256 }) => ({ code, version, sha256 })),
    ...(organisation ? { roles } : {}),
    ...(admission.usccNeeded ? { uscc } : {}),
  };
  const checked = checkForm(RegistrationForm, form);
  const send = useMutation({
    mutationFn: () => call(libraryEntityRoutes.register, { body: form }),
    onSuccess: onRegistered,
  });
  const refused = send.error ? toProblem(send.error) : undefined;
  const noRole = organisation && roles.length === 0;
  const errors: FieldErrors = {
    ...serverComplaints(refused?.errors ?? []),
    ...(attempt > 0 && !checked.success ? complaints(checked.error, say) : {}),
    ...(attempt > 0 && noRole ? { roles: texts.required } : {}),
  };
  const change = (part: Partial<typeof EMPTY>) => {
    send.reset();
    setValues({ ...values, ...part });
  };
  const labels = {
    applicantName: t.name,
    applicantPhone: t.phone,
    applicantIdNo: t.idNo,
    uscc: t.uscc,
    roles: t.roles,
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (checked.success && !noRole && !send.isPending) send.mutate();
      }}
    >
      <h2 className="panel-title">{t.applicant}</h2>
      <CertificateFacts
        certificate={admission.certificate}
        mediaNo={admission.mediaNo}
        certType={admission.certType}
      />
      <p className="faint">{t.applicantText}</p>
      <ErrorSummary errors={errors} labels={labels} attempt={attempt} />
      <div className="form-grid">
        {admission.usccNeeded ? (
          <TextField
            name="uscc"
            label={labels.uscc}
            hint={t.usccHint}
            maxLength={18}
            autoCapitalize="characters"
            spellCheck={false}
            value={values.uscc}
            error={errors['uscc']}
            onValue={(next) => change({ uscc: next.toUpperCase() })}
          />
        ) : null}
        <TextField
          name="applicantName"
          label={labels.applicantName}
          maxLength={50}
          autoComplete="name"
          value={values.applicantName}
          error={errors['applicantName']}
          onValue={(applicantName) => change({ applicantName })}
        />
        <TextField
          name="applicantPhone"
          label={labels.applicantPhone}
          type="tel"
          inputMode="numeric"
          maxLength={11}
          autoComplete="tel"
          value={values.applicantPhone}
          error={errors['applicantPhone']}
          onValue={(applicantPhone) => change({ applicantPhone })}
        />
        <TextField
          name="applicantIdNo"
          label={labels.applicantIdNo}
          maxLength={18}
          autoComplete="off"
          value={values.applicantIdNo}
          error={errors['applicantIdNo']}
          onValue={(applicantIdNo) => change({ applicantIdNo })}
        />
      </div>
      {organisation ? (
        <Choices
          name="roles"
          label={labels.roles}
          hint={t.rolesHint}
          error={errors['roles']}
          options={EntityRole.options.map((value) => ({ value, label: texts.roles[value] }))}
          values={values.roles}
          onValues={(next) => change({ roles: EntityRole.options.filter((role) => next.includes(role)) })}
        />
      ) : null}
      {refused && refused.errors.length === 0 ? <ProblemBox error={refused} /> : null}
      <div className="row">
        <Button icon="left" onClick={onBack}>
          {t.back}
        </Button>
        <Button kind="primary" type="submit" large busy={send.isPending}>
          {t.submit}
        </Button>
      </div>
    </form>
  );
}
