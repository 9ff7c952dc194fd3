import { deskExchangeRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const mappingQuery = (code: string) =>
  queryOptions({
    queryKey: ['desk', 'mapping', code],
    queryFn: ({ signal }) => call(deskExchangeRoutes.mapping, { params: { code }, signal }),
  });

export const mappingVersionsQuery = (code: string) =>
  queryOptions({
    queryKey: ['desk', 'mapping', code, 'versions'],
    queryFn: ({ signal }) => call(deskExchangeRoutes.mappingVersions, { params: { code }, signal }),
  });
