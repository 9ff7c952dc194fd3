import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';

type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value. */
  error?: string | undefined;
  optional?: boolean;
};

type Described = FieldProps & { id: string; children: ReactNode };

function Field({ id, label, hint, error, optional, children }: Described) {
  const t = useTexts(common);
  return (
    <div className={error ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>
        {label}
        {optional ? <span className="faint">{t.optional}</span> : null}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="field-error" role="alert">
          <Icon name="warning" size={16} />
          {error}
        </p>
      ) : null}
    </div>
  );
}

const describedBy = (id: string, { hint, error }: FieldProps): string | undefined =>
  [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

type Control<E> = FieldProps & { value: string; onValue: (value: string) => void } & Omit<
    E,
    'value' | 'onChange'
  >;

export function TextField(props: Control<InputHTMLAttributes<HTMLInputElement>>) {
  const { label, hint, error, optional = false, value, onValue, ...rest } = props;
  const own = useId();
  const id = rest.id ?? own;
  return (
    <Field {...{ id, label, hint, error, optional: optional && rest.type !== 'search' }}>
      <input
        type="text"
        {...rest}
        id={id}
        value={value}
        required={!optional}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, props)}
        onChange={(event) => onValue(event.target.value)}
      />
    </Field>
  );
}

export type Choice = { readonly value: string; readonly label: string };

type SelectProps = Control<SelectHTMLAttributes<HTMLSelectElement>> & {
  choices: readonly Choice[];
  /** Shown while nothing is chosen. */
  placeholder?: string;
};

export function SelectField(props: SelectProps) {
  const { label, hint, error, optional = false, value, onValue, choices, placeholder, ...rest } = props;
  const own = useId();
  const id = rest.id ?? own;
  return (
    <Field {...{ id, label, hint, error, optional }}>
      <select
        {...rest}
        id={id}
        value={value}
        required={!optional}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, props)}
        onChange={(event) => onValue(event.target.value)}
      >
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

type CheckProps = { checked: boolean; onChecked: (checked: boolean) => void; children: ReactNode };

export function CheckField({ checked, onChecked, children }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChecked(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}

type PickProps = {
  /** Read out for the whole group. */
  label: string;
  name: string;
  value: string;
  onValue: (value: string) => void;
  choices: readonly (Choice & { readonly note?: ReactNode; readonly disabled?: boolean })[];
};

/** One of several, as rows large enough for a thumb. */
export function PickList({ label, name, value, onValue, choices }: PickProps) {
  return (
    <fieldset className="pick">
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={choice.disabled ? 'pick-row pick-off' : 'pick-row'}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled}
            onChange={() => onValue(choice.value)}
          />
          <span className="cell-text">
            <span className="cell-title">{choice.label}</span>
            {choice.note ? <span className="cell-note">{choice.note}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
