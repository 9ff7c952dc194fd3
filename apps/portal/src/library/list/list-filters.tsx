import { allOptions, type Filter, filtersOf, type RecordType } from '@hufu/library';
import { useSearch } from '@tanstack/react-router';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { FilterBar, FilterDay, FilterSelect, FilterText } from '../../ui/filters.tsx';

/** Beside the keyword so many are always in sight. */
const IN_SIGHT = 3;
/** A choice longer than this is no use as a list to pick from; it is found by the keyword. */
const MOST_OPTIONS = 40;

/** Keyword, and the fields that the declaration names; all of it lives in the address. */
export function ListFilters({ type }: { type: RecordType }) {
  const t = useTexts(records).list;
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const filters = filtersOf(type).filter(isOffered);
  const rest = filters.slice(IN_SIGHT);
  const used = rest.some(({ parameters }) => parameters.some((name) => search[`f.${name}`] !== undefined));
  return (
    <FilterBar>
      <FilterText name="q" label={t.search} />
      {filters.slice(0, IN_SIGHT).map((filter) => (
        <FieldFilter key={filter.field.name} filter={filter} />
      ))}
      {rest.length > 0 ? (
        <details className="more-filters" open={used || undefined}>
          <summary>{t.filters}</summary>
          <div className="filters">
            {rest.map((filter) => (
              <FieldFilter key={filter.field.name} filter={filter} />
            ))}
          </div>
        </details>
      ) : null}
    </FilterBar>
  );
}

function isOffered({ field }: Filter): boolean {
  if (field.kind !== 'choice' && field.kind !== 'choices') return field.kind !== 'reference';
  const { length } = allOptions(field);
  return length > 0 && length <= MOST_OPTIONS;
}

function FieldFilter({ filter: { field, by, parameters } }: { filter: Filter }) {
  const t = useTexts(records);
  const said = useSaid();
  const label = said(field.label);
  const [first = '', last = ''] = parameters.map((name) => `f.${name}`);
  if (by === 'range') {
    const Input = field.kind === 'date' ? FilterDay : FilterText;
    return (
      <>
        <Input name={first} label={t.list.from(label)} />
        <Input name={last} label={t.list.to(label)} />
      </>
    );
  }
  if (field.kind === 'boolean') {
    const options = [
      { value: 'true', label: t.yes },
      { value: 'false', label: t.no },
    ];
    return <FilterSelect name={first} label={label} options={options} />;
  }
  if (field.kind === 'choice' || field.kind === 'choices') {
    const options = allOptions(field).map((option) => ({ value: option.code, label: said(option.label) }));
    return <FilterSelect name={first} label={label} options={options} />;
  }
  return <FilterText name={first} label={label} />;
}
