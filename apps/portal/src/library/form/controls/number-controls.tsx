import { labelOf, type Value } from '@hufu/library';
import { useLanguage, useTexts } from '../../../i18n/language.tsx';
import { records } from '../../../i18n/records.ts';
import { useSaid } from '../../../i18n/said.ts';
import { access, type ControlProps, textOf } from './control.ts';

/** Money and measures stay text, so that no digit is lost; they are read back in groups of three. */
export function DecimalControl(control: ControlProps<'decimal'>) {
  const t = useTexts(records);
  const said = useSaid();
  const { language } = useLanguage();
  const { field, value, onValue, onLeave } = control;
  const text = textOf(value);
  const unit = field.unit ? said(field.unit) : '';
  return (
    <>
      <span className="with-unit">
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          className="figures"
          maxLength={24}
          {...access(control)}
          value={text}
          onChange={(event) => onValue(plainDecimal(event.target.value))}
          onBlur={onLeave}
        />
        {unit ? <span className="unit">{unit}</span> : null}
      </span>
      {/^\d{4,}(\.\d*)?$/.test(text) ? (
        <p className="field-echo figures">
          {t.form.readAs}
          {t.money(labelOf(field, text, { language }), unit)}
        </p>
      ) : null}
    </>
  );
}

/** As pasted from a sheet: full-width digits, grouping commas and blanks go; everything else stays to be complained of. */
export function plainDecimal(text: string): string {
  return text
    .replaceAll(/[\uff10-\uff19\uff0e\uff0d]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\s,\uff0c]/g, '');
}

export function IntegerControl(control: ControlProps<'integer'>) {
  const said = useSaid();
  const { field, value, onValue, onLeave } = control;
  return (
    <span className="with-unit">
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        className="figures"
        maxLength={12}
        {...access(control)}
        value={textOf(value)}
        onChange={(event) => onValue(wholeNumber(event.target.value))}
        onBlur={onLeave}
      />
      {field.unit ? <span className="unit">{said(field.unit)}</span> : null}
    </span>
  );
}

export function YearControl(control: ControlProps<'year'>) {
  const { value, onValue, onLeave } = control;
  return (
    <input
      type="text"
      inputMode="numeric"
      autoComplete="off"
      className="figures"
      maxLength={4}
      placeholder="YYYY"
      {...access(control)}
      value={textOf(value)}
      onChange={(event) => onValue(wholeNumber(event.target.value))}
      onBlur={onLeave}
    />
  );
}

/** A number once it is one; until then what was typed, for the rules to complain of. */
export function wholeNumber(text: string): Value {
  const plain = plainDecimal(text);
  if (plain === '') return null;
  return /^-?\d{1,12}$/.test(plain) ? Number(plain) : plain;
}

/** How many of each kind. */
export function CountsControl({ field, id, value, onValue, onLeave, describedBy }: ControlProps<'counts'>) {
  const t = useTexts(records).form;
  const said = useSaid();
  const counts = (
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  ) as Readonly<Record<string, number>>;
  const total = Object.values(counts).reduce((sum, count) => sum + (Number(count) || 0), 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: its label stands outside, as every field's does
    <div
      className="counts"
      role="group"
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      onBlur={onLeave}
    >
      {field.options.map(({ code, label }) => (
        <label key={code} className="count">
          <span>{said(label)}</span>
          <input
            type="number"
            min={0}
            max={999_999}
            inputMode="numeric"
            className="figures"
            value={counts[code] ?? ''}
            onChange={(event) => {
              const { [code]: _old, ...rest } = counts;
              onValue(event.target.value === '' ? rest : { ...rest, [code]: Number(event.target.value) });
            }}
          />
        </label>
      ))}
      <span className="faint figures">{t.total(total)}</span>
    </div>
  );
}
