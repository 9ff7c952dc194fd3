import type { RowValue } from '@hufu/library';
import { useTexts } from '../../../i18n/language.tsx';
import { records } from '../../../i18n/records.ts';
import { useSaid } from '../../../i18n/said.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { ControlProps } from './control.ts';

/** Short rows, e.g. former names with the day of the change. */
export function RowsControl({ field, id, value, onValue, onLeave, describedBy }: ControlProps<'rows'>) {
  const t = useTexts(records).form;
  const said = useSaid();
  const rows = Array.isArray(value) ? (value as readonly RowValue[]) : [];
  const change = (at: number, name: string, text: string) =>
    onValue(rows.map((row, index) => (index === at ? { ...row, [name]: text === '' ? null : text } : row)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: its label stands outside, as every field's does
    <div
      className="rows"
      role="group"
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      onBlur={onLeave}
    >
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own, and the controls hold no state
        <div key={at} className="rows-row">
          {field.columns.map(({ name, label, kind }) => (
            <input
              key={name}
              type={kind === 'date' ? 'date' : 'text'}
              max={kind === 'date' ? '9999-12-31' : undefined}
              aria-label={`${t.row(at + 1)} ${said(label)}`}
              placeholder={said(label)}
              value={row[name] ?? ''}
              onChange={(event) => change(at, name, event.target.value)}
            />
          ))}
          <button
            type="button"
            className="icon-button"
            aria-label={t.removeRow(at + 1)}
            onClick={() => onValue(rows.filter((_row, index) => index !== at))}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
      {rows.length < field.max ? (
        <Button
          kind="quiet"
          icon="plus"
          onClick={() =>
            onValue([...rows, Object.fromEntries(field.columns.map(({ name }) => [name, null]))])
          }
        >
          {t.addRow}
        </Button>
      ) : null}
    </div>
  );
}
