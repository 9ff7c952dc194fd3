import { isFilled, isRequired, isTaken, isVisible, type SectionFields } from '@hufu/library';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Icon } from '../../ui/icon.tsx';
import { type FormState, type FormStore, useFormPart } from './form-store.ts';

export const sectionId = (name: string): string => `section-${name}`;

type FormContentsProps = { sections: readonly SectionFields[]; store: FormStore; event: string };

/** The form's table of contents: where one is wrong, what is missing, what is done. */
export function FormContents({ sections, store, event }: FormContentsProps) {
  const t = useTexts(records).form;
  return (
    <nav className="form-contents" aria-label={t.contents}>
      <ol>
        {sections.map((section) => (
          <Entry key={section.name} section={section} store={store} event={event} />
        ))}
      </ol>
    </nav>
  );
}

type EntryProps = { section: SectionFields; store: FormStore; event: string };

function Entry({ section, store, event }: EntryProps) {
  const t = useTexts(records).form;
  const said = useSaid();
  const shown = useFormPart(store, ({ values }) => section.fields.some((field) => isVisible(field, values)));
  const wrong = useFormPart(store, (state) => wrongIn(section, state));
  const missing = useFormPart(store, (state) => missingIn(section, state, event));
  if (!shown) return null;
  return (
    <li>
      <a
        href={`#${sectionId(section.name)}`}
        onClick={(click) => {
          click.preventDefault();
          const heading = document.getElementById(sectionId(section.name));
          heading?.scrollIntoView({ block: 'start' });
          heading?.focus({ preventScroll: true });
        }}
      >
        <span>{said(section.label)}</span>
        {wrong > 0 ? (
          <span className="contents-wrong">
            <Icon name="warning" size={14} />
            {t.sectionWrong(wrong)}
          </span>
        ) : missing > 0 ? (
          <span className="faint">{t.sectionMissing(missing)}</span>
        ) : (
          <span className="contents-done">
            <Icon name="check" size={14} />
            <span className="visually-hidden">{t.sectionDone}</span>
          </span>
        )}
      </a>
    </li>
  );
}

const wrongIn = ({ fields }: SectionFields, { shown }: FormState): number =>
  fields.filter(({ name }) => shown.get(name)?.some(({ severity }) => severity === 'error')).length;

const missingIn = ({ fields }: SectionFields, { values }: FormState, event: string): number =>
  fields.filter(
    (field) => isTaken(field, event) && isRequired(field, values, event) && !isFilled(values[field.name]),
  ).length;
