/**
 * What the browser thinks of this page reaching loopback. Chromium asks its user (local network access); `unknown`
 * means that this browser has no such permission, and usually that it does not ask.
 */
export type LocalNetworkPermission = 'granted' | 'denied' | 'prompt' | 'unknown';

/** Newest name first: Chromium split the permission, and older versions know the common name only. */
const NAMES = ['loopback-network', 'local-network-access'] as const;

type Permissions = { query(descriptor: { name: string }): Promise<{ state: string }> };

export async function localNetworkPermission(): Promise<LocalNetworkPermission> {
  const { navigator } = globalThis as { navigator?: { permissions?: Permissions } };
  const permissions = navigator?.permissions;
  if (permissions === undefined) return 'unknown';
  for (const name of NAMES) {
    try {
      const { state } = await permissions.query({ name });
      if (state === 'granted' || state === 'denied' || state === 'prompt') return state;
    } catch {
      // A browser that does not know the name refuses the query.
    }
  }
  return 'unknown';
}
