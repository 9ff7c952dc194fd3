import { describe, expect, test } from 'vitest';
import { createKeyBridge, type Fetch, type KeyBridge } from '../src/index.ts';

type Handler = (path: string, init: RequestInit) => { status?: number; body?: unknown } | undefined;

const STATUS = {
  service: 'hufu-keybridge',
  protocol: 1,
  oldestProtocol: 1,
  version: '0.1.0',
  approved: true,
};

/** Bridges at some ports; every other port refuses the connection. */
function network(bridges: Readonly<Record<number, Handler>>): { fetch: Fetch; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (url, init) => {
      const { port, pathname, search } = new URL(url);
      asked.push(`${init.method ?? 'GET'} ${port}${pathname}`);
      const path = pathname + search;
      const answer = bridges[Number(port)]?.(path, init);
      if (answer === undefined) throw new TypeError('Failed to fetch');
      const { status = 200, body } = answer;
      return new Response(body === undefined ? null : JSON.stringify(body), { status });
    },
  };
}

const memory = (values: Record<string, string> = {}) => ({
  getItem: (name: string) => values[name] ?? null,
  setItem: (name: string, value: string) => {
    values[name] = value;
  },
  removeItem: (name: string) => {
    delete values[name];
  },
});

const PAIRED = { 'hufu-keybridge:http://127.0.0.1:8709': 's'.repeat(43) };

const bridgeWith = (handler: Handler, values: Record<string, string> = { ...PAIRED }): KeyBridge =>
  createKeyBridge({
    storage: memory(values),
    ...network({ 8709: (path, init) => (path === '/v1/status' ? { body: STATUS } : handler(path, init)) }),
  });

const ID = 'i'.repeat(43);
const request = {
  act: 'login',
  keyId: 'soft.a.b',
  payload: { challengeId: 'c', nonce: 'n'.repeat(22), audience: 'a', issuedAt: '2026-11-20T08:00:00.000Z' },
} as const;

describe('HUB-055 finding the bridge', () => {
  test('looks at the ports in their order and passes over what is no bridge', async () => {
    const { fetch, asked } = network({ 2: () => ({ body: { hello: 1 } }), 3: () => ({ body: STATUS }) });
    const bridge = createKeyBridge({ ports: [1, 2, 3, 4], fetch, storage: memory() });
    expect(await bridge.detect()).toMatchObject({ port: 3, approved: true });
    expect(asked).toEqual(['GET 1/v1/status', 'GET 2/v1/status', 'GET 3/v1/status']);
  });

  test('none: not running', async () => {
    const bridge = createKeyBridge({ ...network({}), storage: memory() });
    await expect(bridge.detect()).rejects.toMatchObject({ code: 'BRIDGE_NOT_RUNNING' });
  });

  test.each([
    { protocol: 3, oldestProtocol: 2 },
    { protocol: 9, oldestProtocol: 9 },
  ])('a bridge that no longer speaks this version: $protocol', async (versions) => {
    const bridge = createKeyBridge({
      ...network({ 8709: () => ({ body: { ...STATUS, ...versions } }) }),
      storage: memory(),
    });
    await expect(bridge.detect()).rejects.toMatchObject({ code: 'BRIDGE_VERSION' });
  });

  test('a newer bridge that still speaks this version is used', async () => {
    const body = { ...STATUS, protocol: 2 };
    const bridge = createKeyBridge({ ...network({ 8709: () => ({ body }) }), storage: memory() });
    await expect(bridge.detect()).resolves.toMatchObject({ protocol: 2 });
  });
});

describe('AST-014 calls', () => {
  test("carry the secret, and the bridge's codes and fields come through", async () => {
    const bridge = bridgeWith((_path, init) => {
      expect(new Headers(init.headers).get('authorization')).toBe(`Bearer ${'s'.repeat(43)}`);
      expect(init.credentials).toBe('omit');
      const problem = {
        type: 'x',
        title: '忙',
        titleEn: 'busy',
        status: 429,
        code: 'BRIDGE_BUSY',
        fields: { n: 1 },
      };
      return { status: 429, body: problem };
    });
    await expect(bridge.tokens()).rejects.toMatchObject({ code: 'BRIDGE_BUSY', fields: { n: 1 } });
  });

  test('a secret that the bridge no longer knows is forgotten', async () => {
    const body = { type: 'x', title: '未', titleEn: 'not', status: 401, code: 'BRIDGE_NOT_PAIRED' };
    const bridge = bridgeWith(() => ({ status: 401, body }));
    expect(await bridge.isPaired()).toBe(true);
    await expect(bridge.tokens()).rejects.toMatchObject({ code: 'BRIDGE_NOT_PAIRED' });
    expect(await bridge.isPaired()).toBe(false);
  });

  test('an answer outside the protocol is not believed', async () => {
    const bridge = bridgeWith(() => ({ body: { tokens: 'many' } }));
    await expect(bridge.tokens()).rejects.toMatchObject({ code: 'BRIDGE_VERSION' });
  });

  test.each([
    [[], 'TOKEN_ABSENT'],
    [
      [{ tokenId: 't', driver: 'soft', label: '', mediaNumber: '', pin: { state: 'ok' } }],
      'TOKEN_NO_CERTIFICATE',
    ],
  ])('no certificate: with the tokens %j it is %s', async (tokens, code) => {
    const bridge = bridgeWith((path) => ({
      body: path === '/v1/certificates' ? { certificates: [] } : { revision: 'r', drivers: [], tokens },
    }));
    await expect(bridge.listCertificates()).rejects.toMatchObject({ code });
  });
});

describe('HUB-050 signing', () => {
  const created = (frameUrl: string) => ({
    status: 201,
    body: { operationId: ID, frameUrl, expiresAt: '2026-11-20T08:10:00.000Z' },
  });
  const frameUrl = `http://127.0.0.1:8709/frame/${ID}`;

  test('a frame from elsewhere is never shown', async () => {
    let isShown = false;
    const bridge = bridgeWith(() => created('https://evil.example/frame'));
    const show = () => {
      isShown = true;
      return () => {};
    };
    await expect(bridge.sign(request, show)).rejects.toMatchObject({ code: 'BRIDGE_FAULT' });
    expect(isShown).toBe(false);
  });

  test("the operation's failure is raised, and the frame taken away", async () => {
    let shown = 0;
    const bridge = bridgeWith((_path, init) =>
      init.method === 'POST' ? created(frameUrl) : { body: { state: 'failed', code: 'TOKEN_REMOVED' } },
    );
    const show = () => {
      shown += 1;
      return () => {
        shown -= 1;
      };
    };
    await expect(bridge.sign(request, show)).rejects.toMatchObject({ code: 'TOKEN_REMOVED' });
    expect(shown).toBe(0);
  });

  test('an abort cancels, but a key at work is waited for', async () => {
    const stop = new AbortController();
    const deleted: string[] = [];
    const busy = { type: 'x', title: '签', titleEn: 'signing', status: 409, code: 'OPERATION_RUNNING' };
    const result = { statement: 'AAAA', signature: 'AAAA', algorithm: 'sm2-sm3', certificate: 'AAAA' };
    const bridge = bridgeWith((path, init) => {
      if (init.method === 'POST') return created(frameUrl);
      if (init.method === 'DELETE') {
        deleted.push(path);
        return { status: 409, body: busy };
      }
      stop.abort();
      return deleted.length === 0 ? { body: { state: 'signing' } } : { body: { state: 'done', result } };
    });
    await expect(bridge.sign({ ...request, signal: stop.signal }, () => () => {})).resolves.toEqual(result);
    expect(deleted).toEqual([`/v1/operations/${ID}`]);
  });

  test('messages count only from the bridge, for this operation, in form', async () => {
    const read: unknown[] = [];
    const bridge = bridgeWith((_path, init) =>
      init.method === 'POST' ? created(frameUrl) : { body: { state: 'failed', code: 'OPERATION_CANCELLED' } },
    );
    const message = { type: 'hufu-keybridge', operationId: ID, event: 'height', height: 400 };
    const signing = bridge.sign(request, (frame) => {
      read.push(
        frame.read({ origin: 'http://127.0.0.1:8709', data: message }),
        frame.read({ origin: 'https://evil.example', data: message }),
        frame.read({ origin: 'http://127.0.0.1:8709', data: { ...message, operationId: 'o'.repeat(43) } }),
        frame.read({ origin: 'http://127.0.0.1:8709', data: { ...message, height: -1 } }),
      );
      return () => {};
    });
    await expect(signing).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
    expect(read).toEqual([message, undefined, undefined, undefined]);
  });
});
