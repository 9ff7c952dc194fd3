import { type Field, type Issue, isComputed, isRequired, isVisible, optionsOf } from '@hufu/library';
import { memo, type ReactNode } from 'react';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { describedBy, fieldId } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FieldValue } from '../view/field-value.tsx';
import { Control } from './controls/any-control.tsx';
import { type FormStore, NO_ISSUES, useFormPart } from './form-store.ts';

export type Locks = {
  /** Came from the project information library (LIB-PERF-11). */
  readonly locked: readonly string[];
  /** The record was submitted once: what is fixed cannot change any more. */
  readonly settled: boolean;
};

type FormFieldProps = { field: Field; store: FormStore; event: string; locks: Locks };

/** One field. It is drawn anew when its own value, its own faults or what it depends on change, and at no other time. */
export const FormField = memo(function FormField({ field, store, event, locks }: FormFieldProps) {
  const visible = useFormPart(store, ({ values }) => isVisible(field, values));
  return visible ? <Shown field={field} store={store} event={event} locks={locks} /> : null;
});

function Shown({ field, store, event, locks }: FormFieldProps) {
  const t = useTexts(records).form;
  const texts = useTexts(common);
  const said = useSaid();
  const { name } = field;
  const id = fieldId(name);
  const value = useFormPart(store, ({ values }) => values[name]);
  const required = useFormPart(store, ({ values }) => isRequired(field, values, event));
  const computed = useFormPart(store, ({ values }) => isComputed(field, values));
  const options = useFormPart(store, ({ values }) => optionsOf(field, values));
  const wrong = useFormPart(store, ({ shown }) => shown.get(name) ?? NO_ISSUES);
  const reason = lockReason(field, locks, computed);
  const label = said(field.label);
  if (reason !== undefined) {
    return (
      <div className={widthOf(field)}>
        <span className="field-label">{label}</span>
        <div className="field-locked" id={id} tabIndex={-1}>
          <FieldValue field={field} value={value} values={store.read().values} />
        </div>
        <p className="field-hint">
          <Icon name="shield" size={14} /> {t[reason]}
        </p>
      </div>
    );
  }
  const errors = wrong.filter(({ severity }) => severity === 'error');
  const hint = field.hint ? said(field.hint) : undefined;
  return (
    <div className={`${widthOf(field)}${errors.length > 0 ? ' field-wrong' : ''}`}>
      <FieldLabel field={field} id={id}>
        {label}
        {required ? null : <span className="faint"> {texts.optional}</span>}
      </FieldLabel>
      <Control
        field={field}
        label={label}
        options={options}
        id={id}
        value={value}
        onValue={(next) => store.set(name, next)}
        onLeave={() => store.leave(name)}
        onBusy={(busy) => store.setBusy(name, busy)}
        describedBy={describedBy(name, hint !== undefined, wrong.length > 0)}
        invalid={errors.length > 0}
        required={required}
      />
      {hint ? (
        <div id={`${id}-hint`} className="field-hint">
          {hint}
        </div>
      ) : null}
      {wrong.length > 0 ? <Wrong id={`${id}-error`} field={field} issues={wrong} /> : null}
    </div>
  );
}

/** Native controls are named by a real label; groups by the text that stands above them. */
function FieldLabel({ field, id, children }: { field: Field; id: string; children: ReactNode }) {
  return GROUPS.has(field.kind) ? (
    <span className="field-label" id={`${id}-label`}>
      {children}
    </span>
  ) : (
    <label htmlFor={id} id={`${id}-label`}>
      {children}
    </label>
  );
}

const GROUPS: ReadonlySet<Field['kind']> = new Set(['boolean', 'choices', 'counts', 'rows']);

function Wrong({ id, field, issues }: { id: string; field: Field; issues: readonly Issue[] }) {
  const said = useSaid();
  const t = useTexts(records).form;
  return (
    <ul id={id} className="field-issues">
      {issues.map((issue) => {
        const [, row, column] = issue.path.split('.');
        const at = field.kind === 'rows' ? field.columns.find(({ name }) => name === column) : undefined;
        const place =
          row === undefined || field.kind !== 'rows'
            ? ''
            : `${t.row(Number(row) + 1)} ${at ? said(at.label) : ''}：`;
        return (
          <li
            key={`${issue.path} ${issue.code}`}
            className={issue.severity === 'error' ? 'field-error' : 'field-warning'}
          >
            <Icon name={issue.severity === 'error' ? 'warning' : 'info'} size={16} />
            <span>
              {place}
              {said(issue.says)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function lockReason(field: Field, { locked, settled }: Locks, computed: boolean) {
  if (locked.includes(field.name)) return 'lockedReason';
  if (field.source === 'certificate') return 'certificateReason';
  if (computed) return 'derivedReason';
  return field.fixed && settled ? 'fixedReason' : undefined;
}

const WIDE: ReadonlySet<Field['kind']> = new Set(['files', 'choices', 'counts', 'rows']);
const widthOf = (field: Field): string =>
  WIDE.has(field.kind) || (field.kind === 'text' && field.multiline) ? 'field field-wide' : 'field';
