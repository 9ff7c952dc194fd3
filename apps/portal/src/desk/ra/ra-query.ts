import { type DeskRaQuery, deskRaRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../api/client.ts';

export const raQueueQuery = (query: z.input<typeof DeskRaQuery>) =>
  queryOptions({
    queryKey: ['desk', 'ra', 'orders', query],
    queryFn: ({ signal }) => call(deskRaRoutes.list, { query, signal }),
    refetchInterval: 20_000,
  });

export const raOrderQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk', 'ra', 'order', id],
    queryFn: ({ signal }) => call(deskRaRoutes.find, { params: { id }, signal }),
  });
