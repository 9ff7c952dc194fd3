import http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as client from 'openid-client';
import type { ClientRegistration } from '../../../src/features/identity-provider/index.ts';

export const SECRET = 'a-secret-of-a-platform-in-a-test';

/** A trading platform: openid-client as it is, and an address for back-channel logout. */
export type Platform = {
  readonly clientId: string;
  readonly origin: string;
  readonly registration: ClientRegistration;
  /** logout_token of every notice so far. */
  readonly notices: string[];
  /** Statuses to answer the next notices with, 204 afterwards. */
  readonly answers: number[];
  configuration(issuer: string): Promise<client.Configuration>;
  begin(issuer: string, options?: BeginOptions): Promise<Pending>;
  close(): Promise<void>;
};

export type BeginOptions = { par?: boolean; parameters?: Record<string, string>; withoutPkce?: boolean };
export type Pending = {
  readonly url: string;
  finish(callback: URL): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers>;
};

export async function startPlatform(
  clientId: string,
  overrides: Partial<ClientRegistration> = {},
): Promise<Platform> {
  const notices: string[] = [];
  const answers: number[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      if (request.url === '/back-channel-logout')
        notices.push(new URLSearchParams(body).get('logout_token') ?? '');
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const registration: ClientRegistration = {
    clientId,
    name: `平台 ${clientId}`,
    suspended: false,
    redirectUris: [`${origin}/callback`],
    postLogoutRedirectUris: [`${origin}/bye`],
    initiateLoginUri: `${origin}/login`,
    backchannelLogoutUri: `${origin}/back-channel-logout`,
    subjectType: 'public',
    authentication: 'client_secret_basic',
    ...overrides,
  };
  const configuration = (issuer: string) =>
    client.discovery(
      new URL(issuer),
      clientId,
      {},
      registration.authentication === 'none' ? client.None() : client.ClientSecretBasic(SECRET),
      { execute: [client.allowInsecureRequests] },
    );
  return {
    clientId,
    origin,
    registration,
    notices,
    answers,
    configuration,
    async begin(issuer, options = {}) {
      const config = await configuration(issuer);
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      const parameters: Record<string, string> = {
        redirect_uri: registration.redirectUris[0]!,
        scope: 'openid entity certificate',
        state,
        nonce,
        ...(options.withoutPkce
          ? {}
          : {
              code_challenge: await client.calculatePKCECodeChallenge(verifier),
              code_challenge_method: 'S256',
            }),
        ...options.parameters,
      };
      const url = options.par
        ? await client.buildAuthorizationUrlWithPAR(config, parameters)
        : client.buildAuthorizationUrl(config, parameters);
      return {
        url: url.href,
        finish: (callback) =>
          client.authorizationCodeGrant(config, callback, {
            pkceCodeVerifier: verifier,
            expectedState: state,
            expectedNonce: nonce,
          }),
      };
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
