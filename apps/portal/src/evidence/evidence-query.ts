import { type EvidenceStamp, evidenceRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/client.ts';

export type HistorySearch = {
  readonly page?: number | undefined;
  readonly pageSize?: 20 | 50 | 100 | undefined;
  readonly kind?: string | undefined;
  readonly record?: string | undefined;
};

export const historyQuery = (search: HistorySearch) =>
  queryOptions({
    queryKey: ['hub', 'evidence', search],
    queryFn: ({ signal }) => call(evidenceRoutes.history, { query: search, signal }),
  });

export const stampQuery = (id: string) =>
  queryOptions({
    queryKey: ['hub', 'evidence', 'stamp', id],
    queryFn: ({ signal }) => call(evidenceRoutes.stamp, { params: { id }, signal }),
    refetchInterval: ({ state }) => (isSettled(state.data) ? false : STILL_MOVING_MS),
  });

const STILL_MOVING_MS = 3_000;

/** Nothing more will come: on the chain, or as far as an installation without one goes. */
export const isSettled = (stamp: EvidenceStamp | undefined): boolean =>
  stamp?.state === 'ANCHORED' || (stamp?.state === 'WITNESSED' && !stamp.chainConfigured);
