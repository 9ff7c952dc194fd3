import { type PhoneCertificate, phoneRoutes } from '@hufu/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/client.ts';

export type CertificateTab = 'effective' | 'ended';

export const certificatesQuery = (tab?: CertificateTab) =>
  queryOptions({
    queryKey: ['certificates', 'list', tab ?? 'all'],
    queryFn: ({ signal }) =>
      call(phoneRoutes.certificates, { query: tab === undefined ? {} : { tab }, signal }),
  });

export const certificateQuery = (id: string) =>
  queryOptions({
    queryKey: ['certificates', 'one', id],
    queryFn: ({ signal }) => call(phoneRoutes.certificate, { params: { id }, signal }),
  });

/** Names of scopes: 全部平台, 互认系统, a trading platform's. */
export const scopesQuery = queryOptions({
  queryKey: ['certificates', 'scopes'],
  queryFn: ({ signal }) => call(phoneRoutes.scopes, { signal }),
  staleTime: 300_000,
});

/** Halves of this device that can be used, or will be once put into use. */
export const liveHalves = ({ halves }: Pick<PhoneCertificate, 'halves'>): PhoneCertificate['halves'] =>
  halves.filter(({ state }) => state === 'ACTIVE' || state === 'HELD');

export const halfOf = (
  certificate: Pick<PhoneCertificate, 'halves'>,
  usage: PhoneCertificate['halves'][number]['usage'],
): string | undefined => liveHalves(certificate).find((half) => half.usage === usage)?.id;
