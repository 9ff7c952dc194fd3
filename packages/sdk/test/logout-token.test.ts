import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logoutTokenReader } from '../src/login/logout-token.ts';

const ISSUER = 'https://hub.example/oidc';
const EVENT = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const keys = await generateKeyPair('ES256');
const strangers = await generateKeyPair('ES256');
let server: Server;
let read: ReturnType<typeof logoutTokenReader>;

beforeAll(async () => {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256' };
  server = createServer((_request, answer) => {
    answer.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  read = logoutTokenReader('hohhot', async () => ({ issuer: ISSUER, jwks_uri: `http://127.0.0.1:${port}/` }));
});
afterAll(() => server.close());

const token = (claims: JWTPayload, key = keys.privateKey, audience = 'hohhot') =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'logout+jwt' })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setIssuedAt()
    .setJti('j1')
    .sign(key);

describe('OpenID Connect Back-Channel Logout 1.0 §2.6', () => {
  test('names the session that ended', async () => {
    expect(await read(await token({ events: EVENT, sid: 's1' }))).toEqual({ sid: 's1', subject: undefined });
  });

  test.each<[string, JWTPayload]>([
    ['a nonce', { events: EVENT, sid: 's1', nonce: 'n' }],
    ['another event', { events: { other: {} }, sid: 's1' }],
    ['no events', { sid: 's1' }],
    ['neither session nor subject', { events: EVENT }],
  ])('refuses a token with %s', async (_what, claims) => {
    await expect(read(await token(claims))).rejects.toMatchObject({ code: 'SDK_LOGOUT_TOKEN_INVALID' });
  });

  test('refuses a stranger’s signature and another platform’s token', async () => {
    const claims = { events: EVENT, sid: 's1' };
    await expect(read(await token(claims, strangers.privateKey))).rejects.toMatchObject({
      code: 'SDK_LOGOUT_TOKEN_INVALID',
    });
    await expect(read(await token(claims, keys.privateKey, 'baotou'))).rejects.toMatchObject({
      code: 'SDK_LOGOUT_TOKEN_INVALID',
    });
  });
});
