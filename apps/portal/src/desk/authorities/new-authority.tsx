import { AuthorityForm, deskRoutes, Reason } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { checkForm, complaints } from '../../ui/field-errors.ts';
import { type FieldErrors, TextArea, TextField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { useSayPlain } from '../parts/say-plain.ts';
import { linesOf } from '../platforms/platform-values.ts';
import { derOfPem } from './pem.ts';
import { PolicyFields } from './policy-fields.tsx';
import { EMPTY_POLICY, policyOf } from './policy-values.ts';

const Checked = AuthorityForm.extend(Reason.shape);

const EMPTY = {
  id: '',
  name: '',
  nameEn: '',
  phone: '',
  website: '',
  region: '',
  profileId: '',
  certificates: '',
  crlUrls: '',
  ocspUrl: '',
  reason: '',
};
type Name = keyof typeof EMPTY;
const SHORT: readonly Name[] = ['id', 'name', 'nameEn', 'phone', 'region', 'profileId', 'website', 'ocspUrl'];

/** Recognise an authority: proposed by one person, decided by another. */
export function NewAuthority() {
  const t = useTexts(desk);
  const texts = useTexts(common);
  const say = useSayPlain();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [values, setValues] = useState(EMPTY);
  const [policy, setPolicy] = useState(EMPTY_POLICY);
  const [attempt, setAttempt] = useState(0);
  const checked = checkForm(Checked, {
    ...values,
    website: values.website.trim() || null,
    ocspUrl: values.ocspUrl.trim() || null,
    crlUrls: linesOf(values.crlUrls),
    certificates: derOfPem(values.certificates),
    policy: policyOf({ ...policy, region: values.region }),
  });
  const errors: FieldErrors =
    attempt === 0 || checked.success
      ? {}
      : complaints(checked.error, (field, issue) =>
          field === 'certificates' ? t.authorities.certificatesWrong : say(field, issue),
        );
  const propose = useMutation({
    mutationFn: (body: z.output<typeof Checked>) => call(deskRoutes.recogniseAuthority, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (checked.success) propose.mutate(checked.data);
  };
  const labels: Record<string, string> = {
    ...pick(t.authorities),
    reason: t.reason,
    policy: t.authorities.policy,
  };
  const bound = (name: Name) => ({
    name,
    label: labels[name] ?? name,
    error: errors[name],
    value: values[name],
    onValue: (value: string) => setValues({ ...values, [name]: value }),
  });
  return (
    <Drawer title={t.authorities.recognise} back="/desk/authorities">
      {propose.data ? (
        <ProposedNote id={propose.data.id} />
      ) : (
        <form className="form" noValidate onSubmit={submit}>
          <ErrorSummary errors={errors} labels={labels} attempt={attempt} />
          <div className="form-grid">
            {SHORT.map((name) => (
              <TextField key={name} {...bound(name)} optional={name === 'website' || name === 'ocspUrl'} />
            ))}
          </div>
          <TextArea
            {...bound('certificates')}
            hint={t.authorities.certificatesHint}
            rows={6}
            spellCheck={false}
          />
          <TextArea {...bound('crlUrls')} hint={t.platforms.onePerLine} optional spellCheck={false} />
          <PolicyFields
            values={policy}
            errors={errors}
            onChange={(part) => setPolicy({ ...policy, ...part })}
          />
          <TextArea {...bound('reason')} hint={t.reasonHint} maxLength={500} />
          {propose.error ? <ProblemBox error={propose.error} /> : null}
          <div className="row">
            <Button kind="primary" type="submit" busy={propose.isPending}>
              {t.authorities.propose}
            </Button>
            <Button onClick={() => void navigate({ to: '/desk/authorities' })}>{texts.cancel}</Button>
            <span className="faint">{t.second}</span>
          </div>
        </form>
      )}
    </Drawer>
  );
}

type Words = Readonly<Record<Exclude<Name, 'reason'>, string>>;

const pick = ({
  id,
  name,
  nameEn,
  phone,
  website,
  region,
  profileId,
  certificates,
  crlUrls,
  ocspUrl,
}: Words): Words => ({ id, name, nameEn, phone, website, region, profileId, certificates, crlUrls, ocspUrl });
