/// <reference lib="webworker" />
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: { readonly url: string; readonly revision: string | null }[];

/**
 * The app's shell opens without a network. Only the app's own files are kept: no answer of the API ever is, so
 * nothing about anybody lies in this cache.
 */
precacheAndRoute(__PRECACHE__);
registerRoute(new NavigationRoute(createHandlerBoundToURL('/phone/'), { allowlist: [/^\/phone\//] }));

/** The scanner's and the PIN's machinery: fetched at first use, kept under its hashed name. */
const LATER = 'phone-later-v1';
registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && url.pathname.startsWith('/phone/assets/') && url.pathname.endsWith('.wasm'),
  async ({ request }) => {
    const cache = await caches.open(LATER);
    const kept = await cache.match(request);
    if (kept !== undefined) return kept;
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  },
);

// A new version waits until the page asks: nobody is interrupted in the middle of a signature.
self.addEventListener('message', (event) => {
  if (event.data === 'activate') void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
