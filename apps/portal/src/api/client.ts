import type { Route } from '@hufu/contracts';
import { addressOf, createCaller } from '@hufu/contracts/caller';
import { problems } from './problem.ts';

export { addressOf } from '@hufu/contracts/caller';

export const acceptLanguage = (): string => (document.documentElement.lang.startsWith('en') ? 'en' : 'zh-CN');

/** Signing and seals serve the hub's pages and the library's: the latter say so, and their own session counts. */
export const inLibrary = (): boolean =>
  typeof location !== 'undefined' && location.pathname.startsWith('/library');

export const call = createCaller({
  problems,
  codes: { network: 'PORTAL_NETWORK', answer: 'PORTAL_ANSWER' },
  headers: () => ({
    'accept-language': acceptLanguage(),
    ...(inLibrary() ? { 'x-hufu-realm': 'library' } : {}),
  }),
});

/** As `addressOf`, for what the browser fetches itself: pictures and downloads carry no header that names the realm. */
export function linkTo(route: Route, options: { params?: unknown; query?: object } = {}): string {
  return addressOf(route, {
    ...options,
    query: { ...options.query, ...(inLibrary() ? { realm: 'library' } : {}) },
  });
}
