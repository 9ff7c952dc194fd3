import { deskSealRoutes, type SealKind, type SealState } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { addressOf, call } from '../../api/client.ts';

export type SealSearch = {
  readonly page?: number | undefined;
  readonly pageSize?: 20 | 50 | 100 | undefined;
  readonly sort?: string | undefined;
  readonly q?: string | undefined;
  readonly state?: SealState | undefined;
  readonly kind?: SealKind | undefined;
};

export const deskSealsQuery = (search: SealSearch) =>
  queryOptions({
    queryKey: ['desk', 'seals', search],
    queryFn: ({ signal }) => call(deskSealRoutes.list, { query: search, signal }),
  });

export const deskSealQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'seal', id],
    queryFn: ({ signal }) => call(deskSealRoutes.find, { params: { id }, signal }),
  });

export const deskSealPicture = (id: string): string => addressOf(deskSealRoutes.picture, { params: { id } });
