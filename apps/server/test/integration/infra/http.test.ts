import { defineRoute, EVERYONE, Problem } from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { App } from '../../../src/app.ts';
import { infraError } from '../../../src/infra/errors.ts';
import type { Feature } from '../../../src/infra/feature.ts';
import { mount } from '../../../src/infra/http/mount.ts';
import { type TestInfra, testApp, testInfra } from '../../support/infra.ts';

const echo = defineRoute({
  id: 'echo',
  method: 'POST',
  path: '/api/v1/echo/:name',
  summary: 'Says it again',
  actors: EVERYONE,
  params: z.object({ name: z.string().max(20) }),
  query: z.object({ lang: z.string().optional() }),
  body: z.object({ text: z.string().min(2).max(50), count: z.int().optional() }).meta({ id: 'Echo' }),
  responses: { 201: z.object({ said: z.string() }), 202: z.object({ said: z.string() }) },
});

let checkFails = false;
const feature: Feature = {
  name: 'echo',
  limits: { 'echo-tight': { requests: 3, seconds: 60 } },
  checks: { echo: async () => (checkFails ? Promise.reject(new Error('x')) : undefined) },
  register(app) {
    mount(app, {
      route: echo,
      handler: async ({ params, body, reply }) => {
        if (body.text === 'break') throw new Error('secret 15012345678');
        if (body.text === 'later') reply.code(202);
        return { said: `${params.name}: ${body.text}` };
      },
    });
    app.get('/api/v1/tight', { config: { limit: 'echo-tight' } }, async () => ({}));
    app.post('/api/v1/open', { config: { anyOrigin: true } }, async () => ({ ok: true }));
    app.get('/api/v1/database-down', async () => {
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    });
    app.get('/api/v1/refused', async () => {
      throw infraError('ATTACHMENT_MISSING', { hint: 'x', which: 'scan' });
    });
  },
};

let infra: TestInfra;
let app: App;
let base: string;
beforeAll(async () => {
  infra = await testInfra();
  app = await testApp(infra, [feature]);
  base = infra.config.baseUrl;
});
afterAll(async () => {
  await app.close();
  await infra.dispose();
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const problem = async (response: Response) => {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return Problem.parse(await response.json());
};

test('a contract route answers with its usual or its chosen status', async () => {
  const first = await post('/api/v1/echo/a', { text: 'hello' });
  expect([first.status, await first.json()]).toEqual([201, { said: 'a: hello' }]);
  expect((await post('/api/v1/echo/a', { text: 'later' })).status).toBe(202);
});

describe('problem documents (RFC 9457)', () => {
  test('name each wrong field, in Chinese first and in English on request', async () => {
    const body = { text: 'x', count: 'many' };
    const chinese = await problem(await post('/api/v1/echo/a', body));
    expect(chinese).toMatchObject({ code: 'REQUEST_INVALID', status: 422, retry: 'corrected' });
    expect(chinese.errors?.map((one) => one.path)).toEqual(['text', 'count']);
    expect(chinese.errors?.[0]?.message).toMatch(/[一-鿿]/);
    const english = await problem(await post('/api/v1/echo/a?lang=en', body));
    expect(english.errors?.[0]?.message).toMatch(/^[ -~]+$/);
    const header = await post('/api/v1/echo/a', body, { 'accept-language': 'fr, en;q=0.8, zh;q=0.7' });
    expect(header.headers.get('content-language')).toBe('en');
  });

  test('say nothing of our own failures, and the log says no message', async () => {
    const answer = await post('/api/v1/echo/a', { text: 'break' });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ code: 'INTERNAL' });
    expect(text).not.toContain('15012345678');
    expect(infra.logged.join('')).not.toContain('15012345678');
    expect(infra.logged.join('')).toContain('request failed');
  });

  test('tell a database that is away from a fault', async () => {
    const answer = await fetch(`${base}/api/v1/database-down`);
    expect(answer.status).toBe(503);
    expect(await problem(answer)).toMatchObject({ code: 'UNAVAILABLE', retry: 'later' });
  });

  test('carry typed fields and the second line', async () => {
    expect(await problem(await fetch(`${base}/api/v1/refused`))).toMatchObject({
      code: 'ATTACHMENT_MISSING',
      hint: 'x',
      fields: { which: 'scan' },
    });
  });
});

describe('hostile requests', () => {
  test('a field of 100,000 characters is refused by name', async () => {
    const answer = await post('/api/v1/echo/a', { text: 'x'.repeat(100_000) });
    expect(answer.status).toBe(413);
    expect(await problem(answer)).toMatchObject({ code: 'FIELD_TOO_LONG', fields: { field: 'text' } });
  });
  test('a body beyond the limit, broken JSON and a foreign type have their codes', async () => {
    const large = await post('/api/v1/echo/a', { text: 'x'.repeat(400_000) });
    expect([large.status, (await problem(large)).code]).toEqual([413, 'REQUEST_TOO_LARGE']);
    const broken = await post('/api/v1/echo/a', '{"text":');
    expect([broken.status, (await problem(broken)).code]).toEqual([400, 'REQUEST_MALFORMED']);
    const foreign = await post('/api/v1/echo/a', '<a/>', { 'content-type': 'application/xml' });
    expect([foreign.status, (await problem(foreign)).code]).toEqual([415, 'REQUEST_TYPE']);
  });
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['a cross-site fetch without origin', { 'sec-fetch-site': 'cross-site' }],
    ['cookies without origin', { cookie: 'a=b' }],
  ])('an unsafe request from %s is refused', async (_what, headers) => {
    const answer = await post(
      '/api/v1/echo/a',
      { text: 'hello' },
      headers as unknown as Record<string, string>,
    );
    expect([answer.status, (await problem(answer)).code]).toEqual([403, 'REQUEST_FOREIGN_ORIGIN']);
  });
  test('our own page with cookies, and routes open to all, pass', async () => {
    const own = await post('/api/v1/echo/a', { text: 'hello' }, { origin: base, cookie: 'a=b' });
    expect(own.status).toBe(201);
    expect(
      (await post('/api/v1/open', {}, { origin: 'https://platform.example', cookie: 'a=b' })).status,
    ).toBe(200);
  });
  test('a named limit answers 429 with the time to wait', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 3; at++) statuses.push((await fetch(`${base}/api/v1/tight`)).status);
    const refused = await fetch(`${base}/api/v1/tight`);
    expect([...statuses, refused.status]).toEqual([200, 200, 200, 429]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await problem(refused)).toMatchObject({ code: 'RATE_LIMITED', retry: 'later' });
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });
});

describe('the portal', () => {
  test('has a fresh nonce in page and policy, and may frame the certificate assistant alone', async () => {
    const [one, two] = await Promise.all([fetch(`${base}/`), fetch(`${base}/desk/platforms`)]);
    const policy = one.headers.get('content-security-policy') ?? '';
    const nonce = /nonce="([^"]+)"/.exec(await one.text())?.[1];
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("frame-src 'self' http://127.0.0.1:8709");
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:8709");
    expect(policy).not.toContain('unsafe');
    expect(await two.text()).not.toContain(nonce);
  });
  test('sends the copy that the build compressed, and the file itself to who cannot read that', async () => {
    const get = async (accept: string) => {
      const answer = await fetch(`${base}/assets/main.js`, { headers: { 'accept-encoding': accept } });
      const { headers } = answer;
      return [
        headers.get('content-encoding'),
        headers.get('vary'),
        headers.get('cache-control'),
        await answer.text(),
      ];
    };
    const text = 'document.title = "portal";';
    const kept = expect.stringContaining('immutable');
    expect(await get('br, gzip')).toEqual(['br', 'accept-encoding', kept, text]);
    expect(await get('identity')).toEqual([null, 'accept-encoding', kept, text]);
    expect(await get('gzip')).toEqual([null, 'accept-encoding', kept, text]);
  });
  test('serves its files for ever, and never a page in place of a file or an API', async () => {
    const script = await fetch(`${base}/assets/main.js`);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
    for (const path of [
      '/assets/gone.js',
      '/index.html',
      '/api/v1/nothing',
      '/oidc-x.png',
      '/..%2f..%2fpackage.json',
    ]) {
      const missing = await fetch(`${base}${path}`, { headers: { accept: 'text/html' } });
      expect([path, missing.headers.get('content-type')]).toEqual([path, 'application/problem+json']);
      expect([400, 404]).toContain(missing.status);
    }
    for (const odd of ['//', '//x:99999', '/%2e%2e//', '/%25ff.js', '/%ff.js']) {
      expect([odd, (await fetch(`${base}${odd}`)).status]).toEqual([odd, expect.toSatisfy((s) => s < 500)]);
    }
  });
});

describe('the app of the phone certificate', () => {
  const get = (path: string) => fetch(`${base}${path}`, { redirect: 'manual' });

  test('MOB-033 may ask for the camera and run its own WebAssembly; the portal may do neither', async () => {
    const [phone, portal] = await Promise.all([get('/phone/scan/x'), get('/')]);
    expect(phone.headers.get('permissions-policy')).toContain('camera=(self)');
    expect(phone.headers.get('content-security-policy')).toContain("'wasm-unsafe-eval'");
    expect(phone.headers.get('content-security-policy')).toContain("connect-src 'self';");
    expect(portal.headers.get('permissions-policy')).toContain('camera=()');
    expect(portal.headers.get('content-security-policy')).not.toContain('wasm');
    const nonce = /nonce="([^"]+)"/.exec(await phone.text())?.[1];
    expect(phone.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  });

  test('a script that runs as a worker may fetch from this origin, and no other one', async () => {
    const script = await get('/phone/assets/main.js');
    expect(await script.text()).toBe('document.title = "phone";');
    expect(script.headers.get('content-security-policy')).toContain("connect-src 'self'");
  });

  test('its address without a slash leads to it; files that it lacks and ways out of it are not found', async () => {
    const bare = await get('/phone');
    expect([bare.status, bare.headers.get('location')]).toEqual([308, '/phone/']);
    for (const path of ['/phone/gone.js', '/phone/index.html', '/phone/%2e%2e/portal/assets/main.js']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });
});

test('health, readiness, metrics and the API document', async () => {
  expect(await (await fetch(`${base}/healthz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${base}/readyz`)).json()).toMatchObject({
    checks: { database: 'ok', echo: 'ok' },
  });
  checkFails = true;
  const notReady = await fetch(`${base}/readyz`);
  checkFails = false;
  expect([notReady.status, await notReady.json()]).toMatchObject([503, { checks: { echo: 'failing' } }]);
  const metrics = await (await fetch(`${base}/metrics`)).text();
  expect(metrics).toContain('route="/api/v1/echo/:name"');
  const document = (await (await fetch(`${base}/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  expect(document.paths['/api/v1/echo/{name}']?.['post']?.operationId).toBe('echo');
});

test('the access log has patterns, not addresses', () => {
  const lines = infra.logged.filter((line) => line.includes('"route"')).join('');
  expect(lines).toContain('/api/v1/echo/:name');
  expect(lines).not.toContain('lang=en');
  expect(lines).not.toContain('127.0.0.1');
});
