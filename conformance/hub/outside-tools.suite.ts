import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generalVerify, importSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boundAndLoggedIn } from '../support/holder.ts';
import type { Installation } from '../support/installation.ts';
import { openssl } from '../support/vendor.ts';

/** What other people’s tools say of the hub’s documents. Suspends an authority. */
export function outsideToolsSuite(installation: () => Installation): void {
  let hub: Installation;
  let folder: string;
  beforeAll(async () => {
    hub = installation();
    folder = await mkdtemp(path.join(tmpdir(), 'hufu-outside-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  type Signature = { readonly protected: string; readonly signature: string };
  type ListDocument = { readonly payload: string; readonly signatures: readonly Signature[] };
  type ListPayload = {
    readonly sequence: number;
    /** SHA-256 of the payload before, hexadecimal. */
    readonly previous?: string;
    readonly authorities: readonly { readonly id: string; readonly status: string }[];
  };

  const listText = async () => (await fetch(`${hub.base}/trust-list.json`)).text();
  const read = <T>(base64url: string) =>
    JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8')) as T;
  const pem = (spki: string) =>
    `-----BEGIN PUBLIC KEY-----\n${spki.replace(/.{64}/g, '$&\n')}\n-----END PUBLIC KEY-----\n`;

  /** What a platform's administrator is handed: `kid algorithm key` a line. */
  const pins = async () =>
    (await hub.trustListPins())
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [kid: string, algorithm: string, spki: string]);

  /** ECDSA-Sig-Value (RFC 3279 §2.2.3) of the pair that JOSE writes, for openssl. */
  function derOfPair(pair: Buffer): Buffer {
    const integer = (bytes: Buffer) => {
      let from = 0;
      while (from < bytes.length - 1 && bytes[from] === 0) from++;
      const short = bytes.subarray(from);
      const positive = short[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short;
      return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
    };
    const body = Buffer.concat([integer(pair.subarray(0, 32)), integer(pair.subarray(32))]);
    return Buffer.concat([Buffer.from([0x30, body.length]), body]);
  }

  describe('the trust list, by other people’s tools', () => {
    test('PLAT-003 openssl verifies both signatures with the pinned keys, and refuses a changed list', async () => {
      const { payload, signatures } = JSON.parse(await listText()) as ListDocument;
      const pinned = await pins();
      expect(pinned.map(([, algorithm]) => algorithm).sort()).toEqual(['ES256', 'SM2']);
      for (const { protected: header, signature } of signatures) {
        const { alg, kid } = read<{ alg: string; kid: string }>(header);
        const pin = pinned.find(([id]) => id === kid);
        expect(pin?.[1]).toBe(alg);
        await writeFile(path.join(folder, 'key.pem'), pem(pin![2]));
        await writeFile(path.join(folder, 'signature'), derOfPair(Buffer.from(signature, 'base64url')));
        await writeFile(path.join(folder, 'input'), `${header}.${payload}`);
        await writeFile(path.join(folder, 'changed'), `${header}.${payload.slice(0, -4)}AAAA`);
        const digest = alg === 'SM2' ? ['-sm3', '-sigopt', 'distid:1234567812345678'] : ['-sha256'];
        const check = ['dgst', ...digest, '-verify', 'key.pem', '-signature', 'signature'];
        expect(await openssl(folder, ...check, 'input'), alg).toContain('Verified OK');
        await expect(openssl(folder, ...check, 'changed'), alg).rejects.toThrow();
      }
      expect(signatures.length).toBe(2);
    });

    test('PLAT-003 jose verifies it as a general JWS, and a stranger’s key does not', async () => {
      const document = JSON.parse(await listText()) as ListDocument;
      const [, , spki] = (await pins()).find(([, algorithm]) => algorithm === 'ES256')!;
      const jws = { payload: document.payload, signatures: [...document.signatures] };
      const { payload, protectedHeader } = await generalVerify(jws, await importSPKI(pem(spki), 'ES256'), {
        algorithms: ['ES256'],
      });
      expect(protectedHeader?.alg).toBe('ES256');
      const list = JSON.parse(Buffer.from(payload).toString('utf8')) as ListPayload;
      expect(list.authorities.map(({ id }) => id).sort()).toEqual(['caoyuan', 'hetao']);
      const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
        'sign',
        'verify',
      ]);
      await expect(generalVerify(jws, publicKey, { algorithms: ['ES256'] })).rejects.toThrow(
        'signature verification failed',
      );
    });

    test('HUB-012 PLAT-003 an authority that the desk suspends is suspended in the next list, which links to this one', async () => {
      const newest = async () => (JSON.parse(await listText()) as ListDocument).payload;
      const before = await newest();
      const { browser } = await hub.operator(0);
      const suspended = await browser.call('/api/v1/desk/authorities/hetao/suspension', {
        body: { reason: '密钥泄露' },
      });
      expect(suspended.status, suspended.text).toBe(200);
      await expect.poll(newest).not.toBe(before);
      const after = read<ListPayload>(await newest());
      expect(after.sequence).toBe(read<ListPayload>(before).sequence + 1);
      const status = Object.fromEntries(after.authorities.map((one) => [one.id, one.status]));
      expect(status).toEqual({ caoyuan: 'active', hetao: 'suspended' });
      const digest = createHash('sha256').update(Buffer.from(before, 'base64url')).digest('hex');
      expect(after.previous).toBe(digest);
    });
  });

  type Operation = {
    readonly operationId?: string;
    readonly parameters?: readonly {
      readonly name: string;
      readonly in: string;
      readonly required?: boolean;
    }[];
    readonly responses?: Readonly<Record<string, { readonly description?: string }>>;
  };
  type OpenApi = {
    readonly openapi: string;
    readonly info: { readonly title: string; readonly version: string };
    readonly servers: readonly { readonly url: string }[];
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };

  describe('the description of the API', () => {
    let document: OpenApi;
    beforeAll(async () => {
      const answer = await fetch(`${hub.base}/openapi.json`);
      expect(answer.headers.get('content-type')).toContain('application/json');
      document = (await answer.json()) as OpenApi;
    });
    const operations = () =>
      Object.entries(document.paths).flatMap(([address, item]) =>
        Object.entries(item).map(([method, operation]) => ({ address, method, operation })),
      );

    test('OpenAPI 3.1 §4.8: version, info, servers, operations with unique names and described answers', () => {
      expect(document.openapi).toMatch(/^3\.1\.\d+$/);
      expect(document.info.title).toBeTruthy();
      expect(document.info.version).toBeTruthy();
      expect(document.servers).toEqual([{ url: hub.base }]);
      expect(operations().length).toBeGreaterThan(50);
      for (const { address, method, operation } of operations()) {
        const where = `${method} ${address}`;
        expect(address, where).toMatch(/^\//);
        expect(['get', 'put', 'post', 'delete', 'patch', 'head', 'options'], where).toContain(method);
        const responses = Object.entries(operation.responses ?? {});
        expect(responses.length, where).toBeGreaterThan(0);
        for (const [status, { description }] of responses) {
          expect(status, where).toMatch(/^([1-5]\d\d|[1-5]XX|default)$/);
          expect(typeof description, where).toBe('string');
        }
      }
      const names = operations().map(({ operation }) => operation.operationId);
      expect(names.every(Boolean)).toBe(true);
      expect(new Set(names).size).toBe(names.length);
    });

    test('OpenAPI 3.1 §4.8.12: each place in a path is a required parameter, and no other path parameter is named', () => {
      for (const { address, method, operation } of operations()) {
        const places = [...address.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
        const named = (operation.parameters ?? []).filter((one) => one.in === 'path');
        expect(named.map(({ name }) => name).sort(), `${method} ${address}`).toEqual(places.sort());
        expect(
          named.every(({ required }) => required === true),
          `${method} ${address}`,
        ).toBe(true);
      }
    });

    test('OpenAPI 3.1 §4.8.23: every reference leads somewhere in the document', () => {
      const references = new Set<string>();
      JSON.stringify(document, (key, value: unknown) => {
        if (key === '$ref' && typeof value === 'string') references.add(value);
        return value;
      });
      expect(references.size).toBeGreaterThan(0);
      for (const reference of references) {
        expect(reference).toMatch(/^#\//);
        const found = reference
          .slice(2)
          .split('/')
          .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
          .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document);
        expect(found, reference).toBeDefined();
      }
    });

    test('what it describes is there: no operation without parameters answers with 404', async () => {
      const simple = operations().filter(({ address, method }) => method === 'get' && !address.includes('{'));
      expect(simple.length).toBeGreaterThan(10);
      for (const { address } of simple) {
        const { status } = await fetch(hub.base + address);
        // The demo's guide and mailbox are of this installation, too.
        expect([200, 401, 403], address).toContain(status);
      }
    });
  });

  describe('operation', () => {
    const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[^{}]*\})? (-?[0-9.eE+-]+|NaN|[+-]Inf)$/;

    test('/metrics is Prometheus text: each sample belongs to a declared family, and counters count', async () => {
      const scrape = async () => {
        const answer = await fetch(`${hub.base}/metrics`);
        expect(answer.headers.get('content-type')).toMatch(/^text\/plain.*version=0\.0\.4/);
        const types = new Map<string, string>();
        const samples = new Map<string, number>();
        for (const line of (await answer.text()).split('\n').filter((text) => text !== '')) {
          const type = /^# TYPE (\S+) (counter|gauge|histogram|summary|untyped)$/.exec(line);
          if (type !== null) types.set(type[1]!, type[2]!);
          if (line.startsWith('#')) continue;
          const sample = SAMPLE.exec(line);
          expect(sample, line).not.toBeNull();
          const family = sample![1]!.replace(/_(bucket|sum|count)$/, '');
          expect(types.has(family) || types.has(sample![1]!), line).toBe(true);
          samples.set(`${sample![1]}${sample![2] ?? ''}`, Number(sample![3]));
        }
        return { types, samples };
      };
      await fetch(`${hub.base}/api/v1/site`);
      const first = await scrape();
      for (let i = 0; i < 5; i++) await fetch(`${hub.base}/api/v1/site`);
      const second = await scrape();
      const counters = [...first.samples].filter(
        ([name]) => name.includes('/api/v1/site"') && /_(count|total)\{/.test(name),
      );
      expect(counters.length).toBeGreaterThan(0);
      for (const [name, value] of counters) expect(second.samples.get(name), name).toBe(value + 5);
      // Patterns in place of addresses: no person's data becomes a label.
      expect([...second.samples.keys()].join('\n')).not.toMatch(/\d{15,}/);
    });

    test('/healthz and /readyz say yes without saying more', async () => {
      const health = await fetch(`${hub.base}/healthz`);
      expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
      const ready = await fetch(`${hub.base}/readyz`);
      expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ready' }]);
    });
  });

  describe('what a browser is told', () => {
    test.each([
      '/',
      '/bind',
      '/desk',
      '/api/v1/site',
      '/healthz',
      '/nothing-here',
      '/oidc/auth',
      '/oidc/jwks',
    ])('ASVS 3.4 %s: nosniff, no framing, no referrer, a policy without inline code', async (address) => {
      const { headers } = await hub.browser().open(address);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toMatch(/unsafe-(inline|eval)|\*/);
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    });

    test('ASVS 3.3 cookies: HttpOnly, SameSite, no Domain, and none to a page of another origin', async () => {
      const { browser } = await boundAndLoggedIn(hub, 'caoyuan');
      const lines: string[] = [];
      for (const [address, call] of [
        ['/api/v1/hub/challenges', { body: { act: 'login' } }],
        ['/api/v1/hub/session', { method: 'DELETE' }],
      ] as const) {
        const fresh = address.endsWith('session') ? browser : hub.browser();
        lines.push(...(await fresh.call(address, call)).headers.getSetCookie());
      }
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) {
        expect(line).toMatch(/; ?httponly/i);
        expect(line).toMatch(/; ?samesite=(lax|strict)/i);
        expect(line).not.toMatch(/; ?domain=/i);
      }
      for (const address of [
        '/',
        '/api/v1/site',
        '/trust-list.json',
        '/oidc/.well-known/openid-configuration',
      ]) {
        const answer = await hub.browser().call(address, { headers: { origin: 'https://attacker.example' } });
        expect(answer.headers.getSetCookie(), address).toEqual([]);
        expect(answer.headers.get('access-control-allow-credentials'), address).toBeNull();
      }
    });

    test('ASVS 3.5 a page of another origin may not read what the API answers, and cannot get leave by a preflight', async () => {
      const { browser } = await boundAndLoggedIn(hub, 'caoyuan');
      const cross = {
        origin: 'https://attacker.example',
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'cors',
      };
      const read = await browser.call('/api/v1/hub/session', { headers: cross });
      expect(read.headers.get('access-control-allow-origin')).toBeNull();
      expect(read.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      const preflight = await browser.call('/api/v1/hub/logins', {
        method: 'OPTIONS',
        headers: {
          ...cross,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
      const written = await browser.call('/api/v1/hub/session', { method: 'DELETE', headers: cross });
      expect(written.status).toBe(403);
      expect((await browser.call('/api/v1/hub/session')).status).toBe(200);
    });
  });
}
