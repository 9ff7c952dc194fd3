import type { ClientRegistration } from '../ports.ts';

/** The platform's own beginning of a login (OpenID Connect Core 1.0 §4), told which hub to use. */
export function issuerRestart(client: ClientRegistration, baseUrl: string): string | undefined {
  if (client.initiateLoginUri === null) return undefined;
  const url = new URL(client.initiateLoginUri);
  url.searchParams.set('iss', `${baseUrl}/oidc`);
  return url.href;
}
