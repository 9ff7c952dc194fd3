import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchBounded } from '../../../src/features/trust/status/fetch-bounded.ts';

const hits: string[] = [];
let server: http.Server;
let base: string;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    hits.push(request.url!);
    switch (request.url) {
      case '/ok':
        response.writeHead(200, { etag: '"a"', 'last-modified': 'Fri, 20 Nov 2026 08:00:00 GMT' }).end('abc');
        break;
      case '/conditional':
        response.writeHead(request.headers['if-none-match'] === '"a"' ? 304 : 200).end();
        break;
      case '/redirect':
        response.writeHead(302, { location: '/ok' }).end();
        break;
      case '/announced':
        response.writeHead(200, { 'content-length': '1000000' }).write('x');
        break;
      case '/endless': {
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'.repeat(1000)), 1);
        response.once('close', () => clearInterval(timer));
        break;
      }
      case '/error':
        response.writeHead(500).end('no');
        break;
      default:
        // never answers
        break;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const get = (where: string, headers: Record<string, string> = {}) =>
  fetchBounded({ url: base + where, method: 'GET', headers, maxBytes: 10_000, timeoutMs: 400 });

test('bytes with the headers that make the next request conditional', async () => {
  expect(await get('/ok')).toEqual({
    outcome: 'ok',
    bytes: new TextEncoder().encode('abc'),
    etag: '"a"',
    lastModified: 'Fri, 20 Nov 2026 08:00:00 GMT',
  });
  expect(await get('/conditional', { 'if-none-match': '"a"' })).toEqual({ outcome: 'not-modified' });
});

test('a redirect is not followed: it would lead to a host that nobody registered', async () => {
  hits.length = 0;
  expect(await get('/redirect')).toEqual({ outcome: 'http-status' });
  expect(hits).toEqual(['/redirect']);
});

test('too much is cut off, announced or not', async () => {
  expect(await get('/announced')).toEqual({ outcome: 'too-large' });
  expect(await get('/endless')).toEqual({ outcome: 'too-large' });
});

test('no answer in time, an error, nobody there', async () => {
  expect(await get('/silence')).toEqual({ outcome: 'timeout' });
  expect(await get('/error')).toEqual({ outcome: 'http-status' });
  expect(
    await fetchBounded({ url: 'http://127.0.0.1:1/', method: 'GET', maxBytes: 10, timeoutMs: 400 }),
  ).toEqual({ outcome: 'unreachable' });
});
