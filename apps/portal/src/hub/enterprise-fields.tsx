import type { EntityRole } from '@hufu/contracts';
import type { z } from 'zod';
import { useSite } from '../api/site.ts';
import { bind } from '../i18n/bind.ts';
import { common } from '../i18n/common.ts';
import { useNamed, useTexts } from '../i18n/language.tsx';
import { Choices, type FieldErrors, SelectField, TextField } from '../ui/form.tsx';

export type EnterpriseValues = {
  readonly regCity: string;
  readonly legalRep: string;
  readonly phone: string;
  readonly address: string;
  readonly roles: readonly EntityRole[];
};

type EnterpriseFieldsProps = {
  values: EnterpriseValues;
  errors: FieldErrors;
  onChange: (change: Partial<EnterpriseValues>) => void;
};

const ROLES: readonly EntityRole[] = ['TENDEREE', 'AGENCY', 'BIDDER'];

/** HUB-023 … HUB-027, the same for the first binding and for 修改信息. */
export function EnterpriseFields({ values, errors, onChange }: EnterpriseFieldsProps) {
  const t = useTexts(bind);
  const texts = useTexts(common);
  const named = useNamed();
  const { data: site } = useSite();
  return (
    <>
      <div className="form-grid">
        <SelectField
          name="regCity"
          label={t.regCity}
          placeholder={t.chooseCity}
          error={errors['regCity']}
          value={values.regCity}
          onValue={(regCity) => onChange({ regCity })}
          options={(site?.cities ?? []).map((city) => ({ value: city.code, label: named(city) }))}
        />
        <TextField
          name="legalRep"
          label={t.legalRep}
          autoComplete="off"
          maxLength={50}
          error={errors['legalRep']}
          value={values.legalRep}
          onValue={(legalRep) => onChange({ legalRep })}
        />
        <TextField
          name="phone"
          label={t.phone}
          hint={t.phoneHint}
          type="tel"
          autoComplete="tel"
          maxLength={20}
          error={errors['phone']}
          value={values.phone}
          onValue={(phone) => onChange({ phone })}
        />
        <TextField
          name="address"
          label={t.address}
          autoComplete="street-address"
          maxLength={200}
          error={errors['address']}
          value={values.address}
          onValue={(address) => onChange({ address })}
        />
      </div>
      <Choices
        name="roles"
        label={t.roles}
        hint={t.rolesHint}
        error={errors['roles']}
        values={values.roles}
        onValues={(roles) => onChange({ roles: ROLES.filter((role) => roles.includes(role)) })}
        options={ROLES.map((role) => ({ value: role, label: texts.roles[role] }))}
      />
    </>
  );
}

/** Words for what the shared schema finds wrong with a field. */
export function useSayEnterprise(): (field: string, issue: z.core.$ZodIssue) => string {
  const t = useTexts(common);
  return (field, issue) => {
    const empty =
      issue.input === '' ||
      issue.input === undefined ||
      (issue.code === 'too_small' && Number(issue.minimum) <= 1);
    if (empty) return t.required;
    if (field === 'uscc') return t.usccInvalid;
    if (field === 'phone') return t.phoneInvalid;
    if (issue.code === 'too_small') return t.tooShort(Number(issue.minimum));
    if (issue.code === 'too_big') return t.tooLong(Number(issue.maximum));
    return t.invalid;
  };
}
