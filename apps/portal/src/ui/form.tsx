import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';

/** Field name → what is wrong with it. */
export type FieldErrors = Readonly<Record<string, string | undefined>>;

export const fieldId = (name: string): string => `field-${name}`;

type FieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  children: ReactNode;
};

function Field({ name, label, hint, error, optional, children }: FieldProps) {
  const t = useTexts(common);
  const id = fieldId(name);
  return (
    <div className={error ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>
        {label}
        {optional ? <span className="faint"> {t.optional}</span> : null}
      </label>
      {children}
      {hint ? (
        <div id={`${id}-hint`} className="field-hint">
          {hint}
        </div>
      ) : null}
      <FieldError name={name} error={error} />
    </div>
  );
}

export function FieldError({ name, error }: { name: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p id={`${fieldId(name)}-error`} className="field-error">
      <Icon name="warning" size={16} />
      {error}
    </p>
  );
}

export const describedBy = (name: string, hint: boolean, error: boolean): string | undefined =>
  [hint ? `${fieldId(name)}-hint` : '', error ? `${fieldId(name)}-error` : ''].filter(Boolean).join(' ') ||
  undefined;

type Common = Omit<FieldProps, 'children'>;
type Control<E> = Common & { value: string; onValue: (value: string) => void } & Omit<
    E,
    'name' | 'value' | 'onChange' | 'id'
  >;

export function TextField(props: Control<InputHTMLAttributes<HTMLInputElement>>) {
  const { name, label, hint, error, optional = false, value, onValue, ...rest } = props;
  return (
    <Field {...{ name, label, hint, error, optional }}>
      <input
        type="text"
        {...rest}
        id={fieldId(name)}
        name={name}
        value={value}
        required={!optional}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, Boolean(hint), Boolean(error))}
        onChange={(event) => onValue(event.target.value)}
      />
    </Field>
  );
}

export function TextArea(props: Control<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { name, label, hint, error, optional = false, value, onValue, ...rest } = props;
  return (
    <Field {...{ name, label, hint, error, optional }}>
      <textarea
        rows={3}
        {...rest}
        id={fieldId(name)}
        name={name}
        value={value}
        required={!optional}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, Boolean(hint), Boolean(error))}
        onChange={(event) => onValue(event.target.value)}
      />
    </Field>
  );
}

type Option = { readonly value: string; readonly label: string };
type SelectProps = Control<SelectHTMLAttributes<HTMLSelectElement>> & {
  options: readonly Option[];
  /** Shown while nothing is chosen. */
  placeholder?: string;
};

export function SelectField(props: SelectProps) {
  const { name, label, hint, error, optional = false, value, onValue, options, placeholder, ...rest } = props;
  return (
    <Field {...{ name, label, hint, error, optional }}>
      <select
        {...rest}
        id={fieldId(name)}
        name={name}
        value={value}
        required={!optional}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, Boolean(hint), Boolean(error))}
        onChange={(event) => onValue(event.target.value)}
      >
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

type ChoicesProps = Common & {
  options: readonly (Option & { readonly hint?: string })[];
  values: readonly string[];
  onValues: (values: readonly string[]) => void;
};

/** Several may be ticked. */
export function Choices({ name, label, hint, error, options, values, onValues }: ChoicesProps) {
  return (
    <fieldset
      className={error ? 'field field-wrong' : 'field'}
      id={fieldId(name)}
      tabIndex={-1}
      aria-describedby={describedBy(name, Boolean(hint), Boolean(error))}
    >
      <legend>{label}</legend>
      <div className="choices">
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input
              type="checkbox"
              name={name}
              checked={values.includes(option.value)}
              onChange={(event) =>
                onValues(
                  event.target.checked
                    ? [...values, option.value]
                    : values.filter((value) => value !== option.value),
                )
              }
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {hint ? (
        <div id={`${fieldId(name)}-hint`} className="field-hint">
          {hint}
        </div>
      ) : null}
      <FieldError name={name} error={error} />
    </fieldset>
  );
}
