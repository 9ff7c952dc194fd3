import { useSyncExternalStore } from 'react';

let waiting: ServiceWorker | undefined;
const listeners = new Set<() => void>();

function noteWaiting(worker: ServiceWorker | null): void {
  if (worker === null) return;
  waiting = worker;
  for (const listener of listeners) listener();
}

/**
 * Registers the service worker; the first one takes over silently, later ones wait to be asked. Where the browser
 * refuses it the app works as well, with a network.
 */
export async function registerServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.register('/phone/service-worker.js', {
    scope: '/phone/',
  });
  const first = navigator.serviceWorker.controller === null;
  if (!first) noteWaiting(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller !== null) noteWaiting(worker);
    });
  });
}

/** What puts a waiting version into use; undefined when there is none. */
export function useNewVersion(): (() => void) | undefined {
  const worker = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => waiting,
  );
  if (worker === undefined) return undefined;
  return () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage('activate');
  };
}
