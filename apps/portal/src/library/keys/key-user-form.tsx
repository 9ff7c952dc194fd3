import { KeyUser } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { toProblem } from '../../api/problem.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { checkForm, complaints, serverComplaints } from '../../ui/field-errors.ts';
import { type FieldErrors, TextField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { useSayPerson } from './say-person.ts';

type User = z.input<typeof KeyUser>;

type KeyUserFormProps<T> = {
  submit: string;
  cancel: string;
  onCancel: () => void;
  initial?: { holderName: string; holderPhone: string; holderIdNo: string | null };
  /** Further fields, between the person and the button. */
  children?: ReactNode;
  send: (user: User) => Promise<T>;
  onDone: (answer: T) => void;
};

/** F-KEY: who uses the certificate. */
export function KeyUserForm<T>(props: KeyUserFormProps<T>) {
  const t = useTexts(library);
  const say = useSayPerson();
  const [values, setValues] = useState({
    holderName: props.initial?.holderName ?? '',
    holderPhone: props.initial?.holderPhone ?? '',
    holderIdNo: props.initial?.holderIdNo ?? '',
  });
  const [attempt, setAttempt] = useState(0);
  const send = useMutation({ mutationFn: props.send, onSuccess: props.onDone });
  const user = { ...values, holderIdNo: values.holderIdNo.trim() === '' ? null : values.holderIdNo };
  const checked = checkForm(KeyUser, user);
  const refused = send.error ? toProblem(send.error) : undefined;
  const errors: FieldErrors = {
    ...serverComplaints(refused?.errors ?? []),
    ...(attempt > 0 && !checked.success ? complaints(checked.error, say) : {}),
  };
  const change = (part: Partial<typeof values>) => {
    send.reset();
    setValues({ ...values, ...part });
  };
  const labels = {
    holderName: t.keys.holder,
    holderPhone: t.keys.holderPhone,
    holderIdNo: t.keys.holderIdNo,
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (checked.success && !send.isPending) send.mutate(user);
      }}
    >
      <ErrorSummary errors={errors} labels={labels} attempt={attempt} />
      <div className="form-grid">
        <TextField
          name="holderName"
          label={labels.holderName}
          maxLength={50}
          value={values.holderName}
          error={errors['holderName']}
          onValue={(holderName) => change({ holderName })}
        />
        <TextField
          name="holderPhone"
          label={labels.holderPhone}
          type="tel"
          inputMode="numeric"
          maxLength={11}
          value={values.holderPhone}
          error={errors['holderPhone']}
          onValue={(holderPhone) => change({ holderPhone })}
        />
        <TextField
          name="holderIdNo"
          label={labels.holderIdNo}
          optional
          maxLength={18}
          value={values.holderIdNo}
          error={errors['holderIdNo']}
          onValue={(holderIdNo) => change({ holderIdNo })}
        />
      </div>
      {props.children}
      {refused && refused.errors.length === 0 ? <ProblemBox error={refused} /> : null}
      <div className="row">
        <Button onClick={props.onCancel}>{props.cancel}</Button>
        <Button kind="primary" type="submit" busy={send.isPending}>
          {props.submit}
        </Button>
      </div>
    </form>
  );
}
