import type { RecordDetail } from '@hufu/contracts';
import {
  type Field,
  fieldsOf,
  isFilled,
  isVisible,
  type RecordType,
  sectionsOf,
  type Values,
} from '@hufu/library';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FieldValue } from './field-value.tsx';

/** All that a record says, in the sections of its declaration; what was left empty is folded away. */
export function RecordSections({ type, record }: { type: RecordType; record: RecordDetail }) {
  const said = useSaid();
  const values = record.values as Values;
  const system = fieldsOf(type).filter(
    ({ source, name }) => source === 'system' && isFilled((record.system as Values)[name]),
  );
  return (
    <>
      {system.length > 0 ? (
        <Facts
          compact
          facts={system.map((field) => ({
            label: said(field.label),
            value: <FieldValue field={field} value={(record.system as Values)[field.name]} values={values} />,
          }))}
        />
      ) : null}
      {sectionsOf(type).map((section) => (
        <Section
          key={section.name}
          title={said(section.label)}
          fields={section.fields.filter((field) => isVisible(field, values) || isFilled(values[field.name]))}
          values={values}
          locked={record.locked}
        />
      ))}
    </>
  );
}

type SectionProps = {
  title: string;
  fields: readonly Field[];
  values: Values;
  locked: readonly string[];
};

function Section({ title, fields, values, locked }: SectionProps) {
  const t = useTexts(records).view;
  const said = useSaid();
  const filled = fields.filter(({ name }) => isFilled(values[name]));
  const empty = fields.filter(({ name }) => !isFilled(values[name]));
  if (filled.length === 0) return null;
  return (
    <section className="record-section">
      <h3>{title}</h3>
      <Facts
        facts={filled.map((field) => ({
          label: said(field.label),
          wide: isWide(field),
          value: (
            <>
              <FieldValue field={field} value={values[field.name]} values={values} />
              {locked.includes(field.name) ? (
                <span className="locked-mark" title={t.locked}>
                  <Icon name="shield" size={14} />
                  <span className="visually-hidden">{t.locked}</span>
                </span>
              ) : null}
            </>
          ),
        }))}
      />
      {empty.length > 0 ? (
        <p className="faint">
          {t.rest(empty.length)}：{empty.map(({ label }) => said(label)).join('、')}
        </p>
      ) : null}
    </section>
  );
}

const isWide = (field: Field): boolean =>
  field.kind === 'files' ||
  field.kind === 'rows' ||
  field.kind === 'counts' ||
  (field.kind === 'text' && field.multiline === true);
