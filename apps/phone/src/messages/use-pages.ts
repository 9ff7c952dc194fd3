import { type InfiniteData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

type Page<T> = { readonly items: readonly T[]; readonly total: number; readonly page: number };

/** A list that grows downwards, page by page. */
export function usePages<T>(
  queryKey: QueryKey,
  fetchPage: (page: number, signal: AbortSignal) => Promise<Page<T>>,
) {
  return useInfiniteQuery<Page<T>, Error, InfiniteData<Page<T>, number>, QueryKey, number>({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: 1,
    getNextPageParam: (last, pages) =>
      pages.reduce((sum, { items }) => sum + items.length, 0) < last.total && last.items.length > 0
        ? last.page + 1
        : undefined,
  });
}
