import type { PhoneScopeEntry } from '@hufu/contracts';
import { grants as texts } from '../i18n/grants.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { CheckField } from '../ui/form.tsx';

type ScopeChoiceProps = {
  scopes: readonly PhoneScopeEntry[];
  values: readonly string[];
  onValues: (values: readonly string[]) => void;
};

/** Where a certificate may be used; 全部平台 stands for every other. */
export function ScopeChoice({ scopes, values, onValues }: ScopeChoiceProps) {
  const t = useTexts(texts).form;
  const { language } = useLanguage();
  const nameOf = ({ name, nameEn }: PhoneScopeEntry) => (language === 'en' ? (nameEn ?? name) : name);
  const everywhere = values.includes('ALL');
  const toggle = (scope: string, chosen: boolean) => {
    if (scope === 'ALL') onValues(chosen ? ['ALL'] : []);
    else onValues(chosen ? [...values, scope] : values.filter((one) => one !== scope));
  };
  return (
    <fieldset className="scope-choice">
      <legend>{t.scopes}</legend>
      {scopes.map((entry) =>
        everywhere && entry.scope !== 'ALL' ? null : (
          <CheckField
            key={entry.scope}
            checked={values.includes(entry.scope)}
            onChecked={(chosen) => toggle(entry.scope, chosen)}
          >
            {nameOf(entry)}
          </CheckField>
        ),
      )}
    </fieldset>
  );
}
