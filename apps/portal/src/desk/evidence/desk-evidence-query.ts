import { evidenceRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { HistorySearch } from '../../evidence/evidence-query.ts';

export const deskHistoryQuery = (search: HistorySearch) =>
  queryOptions({
    queryKey: ['desk', 'evidence', search],
    queryFn: ({ signal }) => call(evidenceRoutes.deskHistory, { query: search, signal }),
  });

export const deskStampQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'evidence', 'stamp', id],
    queryFn: ({ signal }) => call(evidenceRoutes.deskStamp, { params: { id }, signal }),
  });
