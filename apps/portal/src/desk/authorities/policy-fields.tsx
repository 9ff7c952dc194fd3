import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Choices, type FieldErrors, SelectField, TextField } from '../../ui/form.tsx';
import { ALGORITHMS, type PolicyValues, SOURCES } from './policy-values.ts';

const ALGORITHM_NAMES = { sm2: 'SM2', p256: 'ECDSA P-256', rsa: 'RSA' } as const;

type PolicyFieldsProps = {
  values: PolicyValues;
  errors: FieldErrors;
  onChange: (part: Partial<PolicyValues>) => void;
};

/** How an authority's word is asked for, and how long a late list still counts. */
export function PolicyFields({ values, errors, onChange }: PolicyFieldsProps) {
  const t = useTexts(desk).authorities;
  const number = (name: 'graceSeconds' | 'ocspBudgetMs' | 'ocspCacheSeconds') => ({
    name,
    label: t[name],
    inputMode: 'numeric' as const,
    error: errors[name],
    value: values[name],
    onValue: (value: string) => onChange({ [name]: value }),
  });
  return (
    <>
      <div className="form-grid">
        <SelectField
          name="sources"
          label={t.sources}
          value={values.sources}
          onValue={(sources) => onChange({ sources: sources as PolicyValues['sources'] })}
          options={SOURCES.map((value) => ({ value, label: t.sourceNames[value] }))}
        />
        <TextField {...number('ocspBudgetMs')} />
        <TextField {...number('ocspCacheSeconds')} />
        <TextField {...number('graceSeconds')} hint={t.graceSecondsHint} />
        <TextField
          name="graceUntil"
          label={t.graceUntil}
          type="date"
          optional
          error={errors['graceUntil']}
          value={values.graceUntil}
          onValue={(graceUntil) => onChange({ graceUntil })}
        />
      </div>
      <Choices
        name="algorithms"
        label={t.algorithms}
        error={errors['algorithms']}
        values={values.algorithms}
        onValues={(chosen) => onChange({ algorithms: ALGORITHMS.filter((one) => chosen.includes(one)) })}
        options={ALGORITHMS.map((value) => ({ value, label: ALGORITHM_NAMES[value] }))}
      />
    </>
  );
}
