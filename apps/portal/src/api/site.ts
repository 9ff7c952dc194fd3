import { phoneRoutes, publicRoutes } from '@hufu/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './client.ts';

const HOUR = 3_600_000;

/** The region profile hardly ever changes: once a visit is enough. */
export const siteQuery = queryOptions({
  queryKey: ['site'],
  queryFn: ({ signal }) => call(publicRoutes.site, { signal }),
  staleTime: HOUR,
});

export const useSite = () => useQuery(siteQuery);

export const platformsQuery = queryOptions({
  queryKey: ['platforms'],
  queryFn: ({ signal }) => call(publicRoutes.platforms, { signal }),
  staleTime: 60_000,
});

export const authoritiesQuery = queryOptions({
  queryKey: ['authorities'],
  queryFn: ({ signal }) => call(publicRoutes.authorities, { signal }),
  staleTime: 20_000,
});

export const supportQuery = queryOptions({
  queryKey: ['support'],
  queryFn: ({ signal }) => call(publicRoutes.support, { signal }),
  staleTime: HOUR,
});

export const faqQuery = queryOptions({
  queryKey: ['faq'],
  queryFn: ({ signal }) => call(publicRoutes.faq, { signal }),
  staleTime: HOUR,
});

export const downloadsQuery = queryOptions({
  queryKey: ['downloads'],
  queryFn: ({ signal }) => call(publicRoutes.downloads, { signal }),
  staleTime: HOUR,
});

export const demoGuideQuery = queryOptions({
  queryKey: ['demo', 'guide'],
  queryFn: ({ signal }) => call(publicRoutes.demoGuide, { signal }),
  staleTime: HOUR,
});

export const demoMailQuery = queryOptions({
  queryKey: ['demo', 'mail'],
  queryFn: ({ signal }) => call(publicRoutes.demoMail, { signal }),
});

/** Whether phones are served here: without a vault they are not. */
export const usePhoneOffered = (): boolean =>
  useSite().data?.loginMethods.some(({ id }) => id === 'phone') ?? false;

export const demoSmsQuery = queryOptions({
  queryKey: ['demo', 'sms'],
  queryFn: ({ signal }) => call(phoneRoutes.demoSms, { signal }),
});
