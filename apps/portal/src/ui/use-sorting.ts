import { useNavigate, useSearch } from '@tanstack/react-router';
import { functionalUpdate, type SortingState, type Updater } from '@tanstack/react-table';
import { useMemo } from 'react';

/** `-boundAt` in the address ↔ sorted by `boundAt`, the greatest first. A change goes back to the first page. */
export function useSorting() {
  const { sort }: { sort?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const sorting = useMemo(() => sortingOf(sort), [sort]);
  return {
    state: { sorting },
    onSortingChange: (change: Updater<SortingState>) =>
      void navigate({
        to: '.',
        search: (old) => ({ ...old, sort: addressOf(functionalUpdate(change, sorting)), page: undefined }),
        replace: true,
        resetScroll: false,
      }),
  };
}

export const sortingOf = (sort: string | undefined): SortingState =>
  sort === undefined ? [] : [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }];

export const addressOf = ([first]: SortingState): string | undefined =>
  first && (first.desc ? `-${first.id}` : first.id);
