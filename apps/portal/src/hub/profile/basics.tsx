import { BindingFields, type EnterpriseProfile, hubRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { isCode, toProblem } from '../../api/problem.ts';
import { useSite } from '../../api/site.ts';
import { bind } from '../../i18n/bind.ts';
import { common } from '../../i18n/common.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { profile as profileTexts } from '../../i18n/profile.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { Facts } from '../../ui/facts.tsx';
import { checkForm, complaints, serverComplaints } from '../../ui/field-errors.ts';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { EnterpriseFields, type EnterpriseValues, useSayEnterprise } from '../enterprise-fields.tsx';
import { profileQuery } from './profile-query.ts';

type BasicsProps = {
  profile: EnterpriseProfile;
  editing: boolean;
  /** Saved just now: the form is gone by then, so that it is said here. */
  saved: boolean;
  onSaved: () => void;
};

/** 「01基本信息」. */
export function Basics({ profile, editing, saved, onSaved }: BasicsProps) {
  const t = useTexts(profileTexts);
  return (
    <section className="card" id="basics">
      <div className="card-head">
        <h2>{t.basics}</h2>
      </div>
      {saved ? <Alert tone="good" title={t.saved} announced /> : null}
      {editing ? <BasicsForm profile={profile} onSaved={onSaved} /> : <BasicsFacts profile={profile} />}
    </section>
  );
}

function BasicsFacts({ profile }: { profile: EnterpriseProfile }) {
  const t = useTexts(bind);
  const texts = useTexts(common);
  const named = useNamed();
  const { data: site } = useSite();
  const city = site?.cities.find((one) => one.code === profile.regCity);
  return (
    <Facts
      facts={[
        { label: texts.certificate.unitName, value: profile.unitName },
        { label: t.uscc, value: <CodeText value={profile.uscc} pattern={USCC_GROUPS} copyable /> },
        { label: t.regCity, value: city ? named(city) : profile.regCity },
        { label: t.legalRep, value: profile.legalRep },
        { label: t.phone, value: <span className="figures">{profile.phone}</span> },
        { label: t.roles, value: profile.roles.map((role) => texts.roles[role]).join(texts.listSeparator) },
        { label: t.address, value: profile.address, wide: true },
      ]}
    />
  );
}

const Editable = BindingFields.omit({ uscc: true });

function BasicsForm({ profile, onSaved }: Pick<BasicsProps, 'profile' | 'onSaved'>) {
  const t = useTexts(profileTexts);
  const labels = useTexts(bind);
  const say = useSayEnterprise();
  const client = useQueryClient();
  const [values, setValues] = useState<EnterpriseValues>(profile);
  const [attempt, setAttempt] = useState(0);
  const checked = checkForm(Editable, { ...values, roles: [...values.roles] });
  const save = useMutation({
    mutationFn: (fields: z.output<typeof Editable>) =>
      call(hubRoutes.changeProfile, { body: { version: profile.version, ...fields } }),
    onSuccess: (next) => {
      client.setQueryData(profileQuery.queryKey, next);
      void client.invalidateQueries({ queryKey: ['hub', 'session'] });
      onSaved();
    },
  });
  const own = attempt > 0 && !checked.success ? complaints(checked.error, say) : {};
  const refused = isCode(save.error, 'REQUEST_INVALID', 'HUB_CITY_UNKNOWN');
  const errors = { ...(refused ? serverComplaints(toProblem(save.error).errors) : {}), ...own };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (checked.success) save.mutate(checked.data);
  };
  return (
    <form className="form" noValidate onSubmit={submit}>
      <ErrorSummary
        errors={errors}
        attempt={attempt}
        labels={{
          regCity: labels.regCity,
          legalRep: labels.legalRep,
          phone: labels.phone,
          address: labels.address,
          roles: labels.roles,
        }}
      />
      <p className="faint">
        {profile.unitName} · {t.nameHint}
      </p>
      <EnterpriseFields
        values={values}
        errors={errors}
        onChange={(part) => {
          save.reset();
          setValues({ ...values, ...part });
        }}
      />
      {save.error ? (
        <ProblemBox
          error={save.error}
          actions={
            isCode(save.error, 'HUB_VERSION_CONFLICT') ? (
              <Button onClick={() => void client.invalidateQueries({ queryKey: profileQuery.queryKey })}>
                {t.reload}
              </Button>
            ) : null
          }
        />
      ) : null}
      <div className="row">
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t.save}
        </Button>
      </div>
    </form>
  );
}
