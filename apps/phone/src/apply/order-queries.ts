import { type RaOrder, raRoutes } from '@hufu/contracts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from '../api/client.ts';

export const optionsQuery = queryOptions({
  queryKey: ['orders', 'options'],
  queryFn: ({ signal }) => call(raRoutes.options, { signal }),
  staleTime: 300_000,
});

export const ordersQuery = queryOptions({
  queryKey: ['orders', 'list'],
  queryFn: ({ signal }) => call(raRoutes.list, { signal }),
});

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['orders', 'one', id],
    queryFn: ({ signal }) => call(raRoutes.find, { params: { id }, signal }),
  });

/** What the server answered about an order counts from now on. */
export function putOrder(client: QueryClient, order: RaOrder): void {
  client.setQueryData(orderQuery(order.id).queryKey, order);
  void client.invalidateQueries({ queryKey: ordersQuery.queryKey });
}
