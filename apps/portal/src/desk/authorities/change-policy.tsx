import { CaPolicyForm, type DeskAuthority, deskRoutes, Reason } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { checkForm, complaints } from '../../ui/field-errors.ts';
import { type FieldErrors, TextArea } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { useSayPlain } from '../parts/say-plain.ts';
import { PolicyFields } from './policy-fields.tsx';
import { policyOf, policyValues } from './policy-values.ts';

const Checked = CaPolicyForm.extend(Reason.shape);

type ChangePolicyProps = {
  authority: DeskAuthority;
  onProposed: (approval: string) => void;
  onCancel: () => void;
};

/** A change of policy takes effect when a second person has approved it. */
export function ChangePolicy({ authority, onProposed, onCancel }: ChangePolicyProps) {
  const t = useTexts(desk);
  const texts = useTexts(common);
  const say = useSayPlain();
  const client = useQueryClient();
  const [values, setValues] = useState(() => policyValues(authority.policy));
  const [reason, setReason] = useState('');
  const [attempt, setAttempt] = useState(0);
  const checked = checkForm(Checked, { ...policyOf(values), reason });
  const errors: FieldErrors = attempt === 0 || checked.success ? {} : complaints(checked.error, say);
  const propose = useMutation({
    mutationFn: (body: z.output<typeof Checked>) =>
      call(deskRoutes.proposePolicy, { params: { id: authority.id }, body }),
    onSuccess: async (approval) => {
      await client.invalidateQueries({ queryKey: ['desk'] });
      onProposed(approval.id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (checked.success) propose.mutate(checked.data);
  };
  const { graceSeconds, graceUntil, ocspBudgetMs, ocspCacheSeconds, algorithms } = t.authorities;
  return (
    <form className="form" noValidate onSubmit={submit}>
      <ErrorSummary
        errors={errors}
        attempt={attempt}
        labels={{ graceSeconds, graceUntil, ocspBudgetMs, ocspCacheSeconds, algorithms, reason: t.reason }}
      />
      <PolicyFields values={values} errors={errors} onChange={(part) => setValues({ ...values, ...part })} />
      <TextArea
        name="reason"
        label={t.reason}
        hint={t.reasonHint}
        maxLength={500}
        error={errors['reason']}
        value={reason}
        onValue={setReason}
      />
      {propose.error ? <ProblemBox error={propose.error} /> : null}
      <div className="row">
        <Button kind="primary" type="submit" busy={propose.isPending}>
          {t.authorities.propose}
        </Button>
        <Button onClick={onCancel}>{texts.cancel}</Button>
        <span className="faint">{t.second}</span>
      </div>
    </form>
  );
}
