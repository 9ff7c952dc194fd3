import type { Option } from '@hufu/library';
import { useTexts } from '../../../i18n/language.tsx';
import { records } from '../../../i18n/records.ts';
import { useSaid } from '../../../i18n/said.ts';
import { access, type ControlProps, textOf } from './control.ts';
import { SearchedOptions } from './searched-options.tsx';

/** Up to this many are buttons side by side; beyond the other number one types to find. */
const BUTTONS = 4;
const LIST = 12;

type Given<K extends 'choice' | 'choices'> = ControlProps<K> & {
  /** As they follow from the rest of the form; a code list that comes later gives none. */
  options: readonly Option[];
};

export function ChoiceControl({ options, ...control }: Given<'choice'>) {
  const t = useTexts(records).form;
  const said = useSaid();
  const { id, value, onValue, onLeave, required, describedBy, invalid } = control;
  if (options.length > LIST) return <SearchedOptions {...control} options={options} />;
  if (options.length <= BUTTONS && options.length > 0) {
    return (
      <div
        className="choices"
        role="radiogroup"
        id={id}
        tabIndex={-1}
        aria-labelledby={`${id}-label`}
        aria-describedby={describedBy}
        aria-invalid={invalid ? true : undefined}
        aria-required={required}
        onBlur={onLeave}
      >
        {options.map((option) => (
          <label key={option.code} className="choice">
            <input
              type="radio"
              name={id}
              checked={value === option.code}
              onChange={() => onValue(option.code)}
            />
            <span>{said(option.label)}</span>
          </label>
        ))}
        {!required && value ? (
          <button type="button" className="text-button" onClick={() => onValue(null)}>
            {t.clear}
          </button>
        ) : null}
      </div>
    );
  }
  return (
    <select
      {...access(control)}
      value={textOf(value)}
      onChange={(event) => onValue(event.target.value === '' ? null : event.target.value)}
      onBlur={onLeave}
    >
      <option value="">{t.choose}</option>
      {options.map((option) => (
        <option key={option.code} value={option.code}>
          {said(option.label)}
        </option>
      ))}
    </select>
  );
}

export function ChoicesControl({ options, ...control }: Given<'choices'>) {
  const said = useSaid();
  const { id, value, onValue, onLeave, describedBy } = control;
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: its label stands outside, as every field's does
    <div
      className="choices"
      role="group"
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      onBlur={onLeave}
    >
      {options.map(({ code, label }) => (
        <label key={code} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(code)}
            onChange={(event) =>
              // In the order of the list, so that the same choice is the same value.
              onValue(
                options
                  .map((option) => option.code)
                  .filter((one) => (one === code ? event.target.checked : chosen.includes(one))),
              )
            }
          />
          <span>{said(label)}</span>
        </label>
      ))}
    </div>
  );
}

export function BooleanControl(control: ControlProps<'boolean'>) {
  const t = useTexts(records);
  const { id, value, onValue, onLeave, required, describedBy, invalid } = control;
  return (
    <div
      className="choices"
      role="radiogroup"
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      aria-invalid={invalid ? true : undefined}
      aria-required={required}
      onBlur={onLeave}
    >
      {[true, false].map((answer) => (
        <label key={String(answer)} className="choice">
          <input type="radio" name={id} checked={value === answer} onChange={() => onValue(answer)} />
          <span>{answer ? t.yes : t.no}</span>
        </label>
      ))}
    </div>
  );
}
