import { useState } from 'react';
import { apply } from '../../i18n/apply.ts';
import { useTexts } from '../../i18n/language.tsx';
import { PickList, TextField } from '../../ui/form.tsx';
import { StepFault } from './step-fault.tsx';
import type { StepProps } from './step-props.ts';

/** More than fit on a screen are searched. */
const SEARCHED_FROM = 8;

/** 交易平台选择 (MOB-010). */
export function PlatformStep({ options, draft, errors }: StepProps) {
  const t = useTexts(apply);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = options.platforms.filter(
    ({ code, name }) => wanted === '' || name.toLowerCase().includes(wanted) || code === draft.form.platform,
  );
  return (
    <>
      {options.platforms.length >= SEARCHED_FROM ? (
        <TextField
          label={t.platformSearch}
          type="search"
          optional
          value={text}
          onValue={setText}
          autoComplete="off"
        />
      ) : null}
      <StepFault error={errors['platform']}>
        <PickList
          label={t.fields.platform}
          name="platform"
          value={draft.form.platform}
          onValue={(platform) => draft.change({ platform })}
          choices={found.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </StepFault>
      {found.length === 0 ? <p className="faint">{t.platformNone}</p> : null}
    </>
  );
}
