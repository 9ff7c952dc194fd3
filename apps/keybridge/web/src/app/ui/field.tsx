import { type InputHTMLAttributes, useId } from 'react';

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
};

export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        {...input}
        aria-invalid={error !== undefined}
        {...(note === undefined ? {} : { 'aria-describedby': hintId })}
      />
      {note === undefined ? null : (
        <p id={hintId} className={error === undefined ? 'soft' : 'field-error'}>
          {note}
        </p>
      )}
    </div>
  );
}
