import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTexts } from '../../../i18n/language.tsx';
import { records } from '../../../i18n/records.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { candidatesQuery, titleQuery } from '../../records-query.ts';
import type { ControlProps } from './control.ts';

/** Another record of the same owner, found by its name: nothing can be typed in its place (LIB-PROJ-13). */
export function ReferenceControl(control: ControlProps<'reference'>) {
  const t = useTexts(records).form;
  const client = useQueryClient();
  const { field, id, value, onValue, onLeave, invalid, required, describedBy } = control;
  const [query, setQuery] = useState<string>();
  const asked = useDeferredValue(query ?? '');
  const candidates = useQuery({ ...candidatesQuery(field, asked), placeholderData: keepPreviousData });
  const chosen = typeof value === 'string' ? value : undefined;
  const title = useQuery(titleQuery(field, chosen));
  const items = (candidates.data ?? []).map(({ record, note }) => ({
    key: record.id,
    label: record.title,
    ...(note === '' ? {} : { note }),
  }));
  const nobody = candidates.data?.length === 0 && asked === '' && field.to.includes('person');
  return (
    <>
      <Combobox
        id={id}
        chosen={chosen === undefined ? '' : (title.data ?? '…')}
        items={items}
        loading={candidates.isFetching}
        outdated={candidates.isPlaceholderData || asked !== (query ?? '')}
        placeholder={t.typeToSearch}
        invalid={invalid}
        required={required}
        describedBy={describedBy}
        onQuery={setQuery}
        onPick={(item) => {
          client.setQueryData(titleQuery(field, item.key).queryKey, item.label);
          onValue(item.key);
        }}
        onClear={() => onValue(null)}
        onLeave={onLeave}
      />
      {nobody ? (
        <p className="field-hint">
          {t.noPerson}{' '}
          <ButtonLink
            kind="quiet"
            to="/library/m/$module/$type"
            params={{ module: 'person', type: 'person' }}
          >
            {t.toPersons}
          </ButtonLink>
        </p>
      ) : null}
    </>
  );
}
