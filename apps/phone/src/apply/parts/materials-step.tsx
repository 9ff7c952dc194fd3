import { apply } from '../../i18n/apply.ts';
import { useTexts } from '../../i18n/language.tsx';
import { TextField } from '../../ui/form.tsx';
import { fieldsOf } from '../steps.ts';
import { Slots } from './slots.tsx';
import type { StepProps } from './step-props.ts';

/** 上传营业执照 with 法人身份证信息 (MOB-012); a person's ID card. */
export function MaterialsStep(props: StepProps) {
  const t = useTexts(apply);
  const { order, draft, errors } = props;
  return (
    <>
      <Slots step="materials" {...props} />
      {fieldsOf('materials', order).includes('legalRepName') ? (
        <>
          <TextField
            label={t.fields.legalRepName}
            maxLength={60}
            autoComplete="off"
            error={errors['legalRepName']}
            value={draft.form.legalRepName}
            onValue={(legalRepName) => draft.change({ legalRepName })}
          />
          <TextField
            label={t.fields.legalRepIdNo}
            hint={t.idNoNote}
            maxLength={30}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className="figures"
            error={errors['legalRepIdNo']}
            value={draft.form.legalRepIdNo}
            onValue={(legalRepIdNo) => draft.change({ legalRepIdNo })}
          />
        </>
      ) : null}
    </>
  );
}
