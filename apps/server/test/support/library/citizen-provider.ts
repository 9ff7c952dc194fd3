import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { EntitySettings } from '../../../src/features/entities/index.ts';
import { openCitizenProvider } from '../../../src/features/entities/index.ts';
import type { PeopleProviderConfig } from '../../../src/infra/people/people-provider.ts';

/** What the next code is worth: claims of the ID token, or a fault in it. */
export type Grant = {
  readonly claims: Record<string, unknown>;
  readonly nonce: string | null;
  /** Signed by a key that the provider never published. */
  readonly forged?: boolean;
};

export type TestCitizenProvider = {
  readonly config: PeopleProviderConfig;
  provider(origin: string): EntitySettings['citizens'];
  /** Whoever logs in at the provider comes back with this code. */
  grant(grant: Grant): string;
  /** Bodies of the token requests. */
  readonly redeemed: URLSearchParams[];
  close(): Promise<void>;
};

/** The provider's server side, small enough to lie in every way that matters. */
export async function testCitizenProvider(): Promise<TestCitizenProvider> {
  const [own, other] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const grants = new Map<string, Grant>();
  const redeemed: URLSearchParams[] = [];
  const server = http.createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const config = {
    issuer,
    clientId: 'library',
    clientSecret: 'secret-of-the-library',
    label: '苏服办',
    labelEn: 'Sufuban',
  };

  async function answer(request: http.IncomingMessage): Promise<{ status: number; body: unknown }> {
    switch (request.url) {
      case '/.well-known/openid-configuration':
        return {
          status: 200,
          body: {
            issuer,
            authorization_endpoint: `${issuer}/auth`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/jwks`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['ES256'],
          },
        };
      case '/jwks':
        return {
          status: 200,
          body: { keys: [{ ...(await exportJWK(own.publicKey)), alg: 'ES256', kid: 'k' }] },
        };
      default:
        return redeem(request);
    }
  }

  async function redeem(request: http.IncomingMessage): Promise<{ status: number; body: unknown }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = new URLSearchParams(Buffer.concat(chunks).toString());
    redeemed.push(body);
    const grant = grants.get(body.get('code') ?? '');
    if (grant === undefined) return { status: 400, body: { error: 'invalid_grant' } };
    grants.delete(body.get('code')!);
    const token = new SignJWT({ ...grant.claims, ...(grant.nonce === null ? {} : { nonce: grant.nonce }) })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(issuer)
      .setAudience(config.clientId)
      .setSubject('13900000001')
      .setIssuedAt()
      .setExpirationTime('5m');
    const { privateKey } = grant.forged ? other : own;
    return {
      status: 200,
      body: { access_token: 'a', token_type: 'Bearer', id_token: await token.sign(privateKey) },
    };
  }

  return {
    config,
    provider: (origin) => openCitizenProvider(config, origin),
    grant(grant) {
      const code = randomBytes(16).toString('hex');
      grants.set(code, grant);
      return code;
    },
    redeemed,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
