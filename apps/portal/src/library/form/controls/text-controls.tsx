import type { InputHTMLAttributes } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import { records } from '../../../i18n/records.ts';
import { CodeText, USCC_GROUPS } from '../../../ui/code-text.tsx';
import { access, type ControlProps, textOf } from './control.ts';

type Attributes = InputHTMLAttributes<HTMLInputElement>;

function Line({ attributes, ...control }: Omit<ControlProps, 'field'> & { attributes?: Attributes }) {
  const { value, onValue, onLeave } = control;
  return (
    <input
      type="text"
      autoComplete="off"
      {...attributes}
      {...access(control)}
      value={textOf(value)}
      onChange={(event) => onValue(event.target.value)}
      onBlur={() => {
        const trimmed = textOf(value).trim();
        if (trimmed !== textOf(value)) onValue(trimmed);
        onLeave();
      }}
    />
  );
}

export function TextControl(control: ControlProps<'text'>) {
  const { field, value, onValue, onLeave } = control;
  if (!field.multiline) return <Line {...control} attributes={{ maxLength: field.max }} />;
  return (
    <textarea
      {...access(control)}
      rows={field.max > 1000 ? 5 : 3}
      maxLength={field.max}
      value={textOf(value)}
      onChange={(event) => onValue(event.target.value)}
      onBlur={onLeave}
    />
  );
}

type Code = 'uscc' | 'id-number' | 'account-number';
const LENGTHS: Readonly<Record<Code, number | undefined>> = {
  uscc: 18,
  'id-number': 18,
  'account-number': undefined,
};
const GROUPS: Readonly<Record<Code, readonly number[]>> = {
  uscc: USCC_GROUPS,
  'id-number': [6, 8, 4],
  'account-number': [],
};

/** A code: typed without gaps, read back in groups. */
export function CodeControl({ kind, ...control }: Omit<ControlProps, 'field'> & { kind: Code }) {
  const t = useTexts(records).form;
  const { value, onValue } = control;
  const text = textOf(value);
  const length = LENGTHS[kind];
  return (
    <>
      <Line
        {...control}
        onValue={(next) =>
          onValue(
            textOf(next)
              .replaceAll(/[\s\u3000]/g, '')
              .toUpperCase(),
          )
        }
        attributes={{
          maxLength: 40,
          spellCheck: false,
          autoCapitalize: 'characters',
          className: 'figures',
          inputMode: kind === 'account-number' ? 'numeric' : 'text',
        }}
      />
      {text === '' ? null : (
        <p className="field-echo">
          {t.readAs}
          <CodeText value={text} pattern={GROUPS[kind]} />
          {length !== undefined && text.length !== length ? (
            <span className="faint"> {t.digits(text.length, length)}</span>
          ) : null}
        </p>
      )}
    </>
  );
}

const CONTACT = {
  mobile: { type: 'tel', inputMode: 'numeric', maxLength: 11 },
  phone: { type: 'tel', maxLength: 20 },
  email: { type: 'email', maxLength: 200 },
  url: { type: 'url', maxLength: 500, placeholder: 'https://' },
} as const satisfies Readonly<Record<string, Attributes>>;

type Contact = keyof typeof CONTACT;

export function ContactControl({ kind, ...control }: Omit<ControlProps, 'field'> & { kind: Contact }) {
  return <Line {...control} attributes={CONTACT[kind]} />;
}

export function DateControl(control: ControlProps<'date'>) {
  const { value, onValue, onLeave } = control;
  return (
    <input
      type="date"
      {...access(control)}
      max="9999-12-31"
      value={textOf(value)}
      onChange={(event) => onValue(event.target.value === '' ? null : event.target.value)}
      onBlur={onLeave}
    />
  );
}
