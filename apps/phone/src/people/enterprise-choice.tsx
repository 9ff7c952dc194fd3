import type { PhoneEnterprise } from '@hufu/contracts';
import { useTexts } from '../i18n/language.tsx';
import { people } from '../i18n/people.ts';
import { SelectField } from '../ui/form.tsx';

type EnterpriseChoiceProps = {
  enterprises: readonly PhoneEnterprise[];
  value: string;
  onValue: (id: string) => void;
};

/** For people who work for several enterprises; nothing for the others. */
export function EnterpriseChoice({ enterprises, value, onValue }: EnterpriseChoiceProps) {
  const t = useTexts(people);
  if (enterprises.length < 2) return null;
  return (
    <SelectField
      label={t.choose}
      value={value}
      onValue={onValue}
      choices={enterprises.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
