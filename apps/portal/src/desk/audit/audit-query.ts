import { deskRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export type AuditSearch = {
  readonly page?: number | undefined;
  readonly pageSize?: 20 | 50 | 100 | undefined;
  readonly sort?: string | undefined;
  readonly q?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly outcome?: 'OK' | 'REFUSED' | undefined;
};

/** Whole days of Asia/Shanghai (GEN-010), the last one included. */
export function auditFilter({ from, to, ...rest }: AuditSearch) {
  return {
    ...rest,
    ...(from ? { from: `${from}T00:00:00.000+08:00` } : {}),
    ...(to ? { to: `${to}T23:59:59.999+08:00` } : {}),
  };
}

export const auditQuery = (search: AuditSearch) =>
  queryOptions({
    queryKey: ['desk', 'audit', search],
    queryFn: ({ signal }) => call(deskRoutes.audit, { query: auditFilter(search), signal }),
  });
