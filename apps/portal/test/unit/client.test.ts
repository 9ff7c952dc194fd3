import { deskRoutes, hubRoutes, publicRoutes } from '@hufu/contracts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addressOf, call } from '../../src/api/client.ts';
import { ProblemError } from '../../src/api/problem.ts';

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('document', { documentElement: { lang: 'zh-CN' } });
});
afterEach(() => vi.unstubAllGlobals());

describe('call', () => {
  test('puts params and query where the route declares them, encoded', async () => {
    fetched.mockResolvedValue(json({ items: [], total: 0, page: 1, pageSize: 20 }));
    await call(deskRoutes.audit, { query: { q: '草原 & 建设', outcome: 'REFUSED' } });
    const [address, init] = fetched.mock.calls[0] ?? [];
    expect(address).toBe(
      `/api/v1/desk/audit?q=${encodeURIComponent('草原').replaceAll('%20', '+')}+%26+${encodeURIComponent('建设')}&outcome=REFUSED`,
    );
    expect(init?.method).toBe('GET');
    expect(addressOf(hubRoutes.attempt, { params: { id: 'a/../b' } })).toBe(
      '/api/v1/hub/attempts/a%2F..%2Fb',
    );
  });

  test('sends a body as JSON, in the language of the page', async () => {
    fetched.mockResolvedValue(
      json({ code: 'HUB_SESSION_REQUIRED', title: 't', type: 'x', status: 401 }, 401),
    );
    await call(hubRoutes.authorise, { body: { platform: 'ulanqab' } }).catch(() => {});
    const init = fetched.mock.calls[0]?.[1];
    expect(init?.body).toBe('{"platform":"ulanqab"}');
    expect(new Headers(init?.headers).get('accept-language')).toBe('zh-CN');
  });

  test('a refusal is a ProblemError with the code of the server', async () => {
    fetched.mockResolvedValue(
      json({ code: 'HUB_SESSION_REQUIRED', title: 't', type: 'x', status: 401 }, 401),
    );
    await expect(call(hubRoutes.session)).rejects.toMatchObject({
      code: 'HUB_SESSION_REQUIRED',
      status: 401,
    });
  });

  test('an answer that is not what the route declares is refused, not handed on', async () => {
    fetched.mockResolvedValue(json([{ code: 1 }]));
    await expect(call(publicRoutes.platforms)).rejects.toMatchObject({ code: 'PORTAL_ANSWER' });
  });

  test('no connection is PORTAL_NETWORK; an abort stays an abort', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(call(publicRoutes.platforms)).rejects.toMatchObject({ code: 'PORTAL_NETWORK' });
    const stop = new AbortController();
    stop.abort();
    const error = await call(publicRoutes.platforms, { signal: stop.signal }).catch(
      (caught: unknown) => caught,
    );
    expect(error).not.toBeInstanceOf(ProblemError);
  });

  test('a route without content answers undefined', async () => {
    fetched.mockResolvedValue(new Response(null, { status: 204 }));
    await expect(call(hubRoutes.logout)).resolves.toBeUndefined();
  });
});
