import type { PhoneScan } from '@hufu/contracts';
import { day } from '../../format/dates.ts';
import { confirm as texts } from '../../i18n/confirm.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { PickList } from '../../ui/form.tsx';

type ChooseProps = {
  certificates: PhoneScan['certificates'];
  value: string | undefined;
  onValue: (id: string) => void;
};

/** Those that may be used, and of the others why not. */
export function ChooseCertificate({ certificates, value, onValue }: ChooseProps) {
  const t = useTexts(texts);
  if (certificates.length === 0) {
    return (
      <Alert
        tone="attention"
        title={t.noCertificate}
        actions={
          <ButtonLink icon="plus" to="/apply">
            {t.apply}
          </ButtonLink>
        }
      >
        {t.noCertificateText}
      </Alert>
    );
  }
  return (
    <PickList
      label={t.choose}
      name="certificate"
      value={value ?? ''}
      onValue={onValue}
      choices={certificates.map(({ id, kind, unitName, authorityName, validTo, problem }) => ({
        value: id,
        label: unitName,
        disabled: problem !== null,
        note:
          problem === null
            ? `${kind === 'ENTERPRISE' ? t.enterprise : t.personal} · ${authorityName} · ${t.validTo(day(validTo))}`
            : problem.message,
      }))}
    />
  );
}
