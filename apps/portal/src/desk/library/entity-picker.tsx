import type { LibrarySearchHit } from '@hufu/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { describedBy, FieldError, fieldId } from '../../ui/form.tsx';
import { searchQuery } from './stewards-query.ts';

export type PickedEntity = Pick<LibrarySearchHit['entity'], 'id' | 'name'>;

type EntityPickerProps = {
  name: string;
  label: string;
  hint: string;
  picked: PickedEntity | undefined;
  /** Which of those found can be picked; absent: all. */
  fits?: (entity: LibrarySearchHit['entity']) => boolean;
  error?: string | undefined;
  required?: boolean;
  onPick: (entity: PickedEntity | undefined) => void;
};

/** An entity, found by a part of its name, its code, a project or a person. */
export function EntityPicker(props: EntityPickerProps) {
  const { name, label, hint, picked, fits, error, required = false, onPick } = props;
  const t = useTexts(stewards);
  const [query, setQuery] = useState<string>();
  const asked = useDeferredValue(query ?? '').trim();
  const enough = [...asked].length >= 2;
  const found = useQuery({
    ...searchQuery({ q: asked }),
    enabled: enough,
    placeholderData: keepPreviousData,
  });
  const entities = (enough ? (found.data?.items ?? []) : [])
    .map(({ entity }) => entity)
    .filter((entity, at, all) => all.findIndex(({ id }) => id === entity.id) === at)
    .filter((entity) => fits?.(entity) ?? true);
  const id = fieldId(name);
  return (
    <div className={error ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <Combobox
        id={id}
        chosen={picked?.name ?? ''}
        items={entities.map((entity) => ({
          key: entity.id,
          label: entity.name,
          note: entity.uscc ?? t.entityKinds[entity.kind],
        }))}
        loading={found.isFetching}
        outdated={found.isPlaceholderData || asked !== (query ?? '').trim()}
        placeholder={t.pickHint}
        invalid={error !== undefined}
        required={required}
        describedBy={describedBy(name, true, error !== undefined)}
        onQuery={setQuery}
        onPick={(item) => onPick({ id: item.key, name: item.label })}
        onClear={() => onPick(undefined)}
      />
      <div id={`${id}-hint`} className="field-hint">
        {hint}
      </div>
      <FieldError name={name} error={error} />
    </div>
  );
}
