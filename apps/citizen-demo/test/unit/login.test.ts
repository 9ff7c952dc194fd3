import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { parseIdCard } from '@hufu/kernel';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCitizenApp } from '../../src/app.ts';
import { CITIZENS } from '../../src/citizens.ts';

const REDIRECT = 'http://localhost:1/callback';
const LIBRARY = {
  id: 'library',
  secret: 'secret-of-the-library-0123',
  name: '主体信息库',
  redirectUri: REDIRECT,
};
const PHONE = {
  id: 'phone',
  secret: 'secret-of-the-phone-012345',
  name: '标证通',
  redirectUri: 'http://localhost:1/phone',
};

let app: Awaited<ReturnType<typeof createCitizenApp>>;
let base: string;

beforeAll(async () => {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
  base = `http://127.0.0.1:${port}`;
  app = await createCitizenApp({ port, baseUrl: base, clients: [LIBRARY, PHONE] });
  await app.listen({ host: '127.0.0.1', port });
});
afterAll(() => app.close());

const verifier = randomBytes(32).toString('base64url');

/** A browser: follows redirects within the provider, keeping its cookies. */
function browser() {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(new URL(path, base), {
      ...init,
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; '), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=');
      cookies.set(name, value);
    }
    return response;
  };
  return {
    send,
    async start(client = LIBRARY) {
      const query = new URLSearchParams({
        client_id: client.id,
        redirect_uri: client.redirectUri,
        response_type: 'code',
        scope: 'openid profile identity',
        state: 'state-1',
        nonce: 'nonce-1',
        prompt: 'login',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      return (await send(`/auth?${query}`)).headers.get('location')!;
    },
    logIn: (page: string, form: Record<string, string>, origin = base) =>
      send(page, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      }),
  };
}

test('LIB-LOGIN-03 a citizen logs in and comes back with name and ID number', async () => {
  const visitor = browser();
  const page = await visitor.start();
  const shown = await visitor.send(page);
  expect(shown.status).toBe(200);
  expect(await shown.text()).toContain('苏服办');
  const [citizen] = CITIZENS;
  const done = await visitor.logIn(page, { account: citizen!.account, password: citizen!.password });
  const resumed = await visitor.send(done.headers.get('location')!);
  const answer = new URL(resumed.headers.get('location')!);
  expect(answer.href.startsWith(REDIRECT)).toBe(true);
  expect(answer.searchParams.get('state')).toBe('state-1');
  const tokens = await fetch(`${base}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${LIBRARY.id}:${LIBRARY.secret}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: answer.searchParams.get('code')!,
      redirect_uri: REDIRECT,
      code_verifier: verifier,
    }),
  });
  expect(tokens.status).toBe(200);
  const { id_token: token } = (await tokens.json()) as { id_token: string };
  expect(decodeJwt(token)).toMatchObject({
    nonce: 'nonce-1',
    name: citizen!.name,
    id_number: citizen!.idNumber,
    identity_verified: true,
    subject_kind: 'person',
  });
});

test('MOB-003 each client is named on the page, and takes answers at its own address alone', async () => {
  const visitor = browser();
  const page = await (await visitor.send(await visitor.start(PHONE))).text();
  expect(page).toContain('登录后返回标证通');
  expect(page).not.toContain(`登录后返回${LIBRARY.name}`);
  const foreign = await browser().send(
    `/auth?${new URLSearchParams({ client_id: PHONE.id, redirect_uri: LIBRARY.redirectUri, response_type: 'code', scope: 'openid' })}`,
  );
  expect(foreign.status).toBe(400);
});

test('a wrong password says so; five end the login; another site’s form is refused', async () => {
  const visitor = browser();
  const page = await visitor.start();
  const wrong = { account: CITIZENS[0]!.account, password: 'nope' };
  expect((await visitor.logIn(page, wrong, 'https://evil.example')).status).toBe(403);
  for (let i = 0; i < 4; i += 1) {
    const again = await visitor.logIn(page, wrong);
    expect(again.status).toBe(403);
    expect(await again.text()).toContain('手机号或密码错误');
  }
  const ended = await visitor.logIn(page, wrong);
  const resumed = await visitor.send(ended.headers.get('location')!);
  expect(new URL(resumed.headers.get('location')!).searchParams.get('error')).toBe('access_denied');
  expect((await browser().send(page)).status).toBe(410);
});

test('every invented person has a number that passes its check', () => {
  for (const { idNumber } of CITIZENS) expect(parseIdCard(idNumber, Date.now()).number).toBe(idNumber);
});
