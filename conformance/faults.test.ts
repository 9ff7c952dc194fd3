import { randomInt } from 'node:crypto';
import type { Attempt } from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HolderKey } from './support/authority.ts';
import { type Answer, type Browser, type ChallengeBody, signChallenge } from './support/browser.ts';
import { type Bound, bind, expectDone, FIELDS, logIn, settled } from './support/holder.ts';
import {
  createInstallation,
  type Enterprise,
  expectStatus,
  type Installation,
} from './support/installation.ts';
import { START_WITHIN_MS } from './support/programs.ts';

const BUDGET_MS = 5_000;
const SECRET = 'secret-of-hohhot-0123456789';

let hub: Installation;
let holder: Bound;

beforeAll(async () => {
  hub = await createInstallation({
    authorities: [
      { id: 'hetao', algorithm: 'p256', vendor: 'c' },
      {
        id: 'baisong',
        algorithm: 'rsa',
        vendor: 'b',
        policy: { sources: 'OCSP_ONLY', ocspCacheSeconds: 0, ocspBudgetMs: BUDGET_MS },
      },
    ],
    platforms: () => [
      {
        code: 'hohhot',
        clientId: 'hohhot',
        clientSecret: SECRET,
        joined: true,
        redirectUris: ['https://hohhot.example/callback'],
        initiateLoginUri: 'https://hohhot.example/initiate',
      },
    ],
    operators: [['admin', 'auditor']],
    env: {
      // Every browser of these tests has an address of its own, told by a proxy.
      HUFU_TRUST_PROXY: '127.0.0.1,::1',
      HUFU_RATE_LIMITS: JSON.stringify({ 'oidc-client': { requests: 20, seconds: 60 } }),
      HUFU_ANSWER_AT_ONCE_MS: '1500',
    },
  });
  const enterprise = await hub.enterprise();
  const browser = elsewhere();
  expectDone(await settled(browser, await bind(browser, enterprise)));
  expectDone(await settled(browser, await logIn(browser, enterprise)));
  holder = { ...enterprise, browser };
}, START_WITHIN_MS);
afterAll(() => hub?.close());

let machines = 0;
/** A browser at a source address that no other one has. */
function elsewhere(): Browser {
  const browser = hub.browser();
  machines += 1;
  browser.source = `198.51.${Math.floor(machines / 250)}.${(machines % 250) + 1}`;
  return browser;
}

type Problem = { code: string; title: string; hint?: string; fields?: Record<string, unknown> };

const login = (browser: Browser, body: unknown) => browser.call<Attempt>('/api/v1/hub/logins', { body });

function expectProblem(answer: Answer<unknown>, status: number, code: string): Problem {
  expect(answer.body, answer.text.slice(0, 300)).toMatchObject({ code, status });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  return answer.body as Problem;
}

/** The refusal of a login or binding, told at once or after waiting. */
async function refusalOf(browser: Browser, begun: Answer<Attempt>): Promise<Problem> {
  const ended = await settled(browser, begun);
  if (ended.status >= 400) return ended.body as unknown as Problem;
  expect(ended.body.state).toBe('FAILED');
  return ended.body.problem as Problem;
}

/** What was refused left nothing behind: the enterprise is not bound, and can be bound when it is put right. */
async function stillUnbound(enterprise: Enterprise): Promise<void> {
  const preview = await elsewhere().call<{ boundTo: string }>('/api/v1/hub/certificate-previews', {
    body: { certificate: toBase64(enterprise.key.certificate) },
  });
  if (preview.status === 200) expect(preview.body.boundTo).toBe('NOBODY');
  const { browser } = await hub.operator(0);
  const { body } = await browser.call<{ total: number }>(`/api/v1/desk/bindings?q=${enterprise.uscc}`);
  expect(body.total).toBe(0);
}

describe('challenges', () => {
  const challenge = async (browser: Browser, act = 'login') =>
    (await browser.call<ChallengeBody>('/api/v1/hub/challenges', { body: { act } })).body;

  test.each([
    ['nonce', { nonce: 'A'.repeat(43) }],
    ['origin: signed at another site', { origin: 'https://attacker.example' }],
    ['audience', { audience: 'https://attacker.example' }],
    ['act: a test signature', { act: 'test' as const }],
    ['time: the clock of the key holder is wrong', { issuedAt: '2020-01-01T00:00:00.000Z' }],
    ['certificate', { certificateSha256: '0'.repeat(64) }],
  ])('OD-05 a tampered challenge is refused: %s', async (_name, change) => {
    const browser = elsewhere();
    const proof = await browser.proof('login', holder.key, { change });
    expectProblem(await login(browser, proof), 403, 'HUB_SIGNATURE_INVALID');
    // And it is spent: the right signature comes too late.
    expect((await login(browser, proof)).status).toBe(409);
  });

  test('OD-05 a replayed challenge is refused', async () => {
    const browser = elsewhere();
    const proof = await browser.proof('login', holder.key);
    expectStatus((await login(browser, proof)) as never, 201);
    expectProblem(await login(browser, proof), 409, 'HUB_CHALLENGE_UNKNOWN');
  });

  test('OD-05 of two answers to one challenge at the same moment one succeeds', async () => {
    const browser = elsewhere();
    const proof = await browser.proof('login', holder.key);
    const answers = await Promise.all(Array.from({ length: 5 }, () => login(browser, proof)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  test('OD-05 a challenge carried to another browser is refused there, and still serves its own', async () => {
    const browser = elsewhere();
    const other = elsewhere();
    await challenge(other);
    const proof = await browser.proof('login', holder.key);
    expectProblem(await login(other, proof), 403, 'HUB_CHALLENGE_FOREIGN');
    expectStatus((await login(browser, proof)) as never, 201);
  });

  test('OD-05 a challenge for a binding is worth nothing for a login', async () => {
    const browser = elsewhere();
    const proof = await browser.proof('bind', holder.key);
    expectProblem(await login(browser, proof), 403, 'HUB_CHALLENGE_FOREIGN');
  });

  test('OD-05 the page of another origin can neither ask for a challenge nor answer one', async () => {
    const browser = elsewhere();
    const proof = await browser.proof('login', holder.key);
    browser.origin = 'https://attacker.example';
    expectProblem(await login(browser, proof), 403, 'REQUEST_FOREIGN_ORIGIN');
    const asked = await browser.call('/api/v1/hub/challenges', { body: { act: 'login' } });
    expectProblem(asked, 403, 'REQUEST_FOREIGN_ORIGIN');
    // Nothing tells that page's script that it may read an answer.
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('HUB-050 the signature of another key than the certificate’s is refused', async () => {
    const browser = elsewhere();
    const stranger = await hub.enterprise();
    const asked = await challenge(browser);
    const mixed: HolderKey = { ...stranger.key, certificate: holder.key.certificate };
    expectProblem(await login(browser, await signChallenge(asked, mixed)), 403, 'HUB_SIGNATURE_INVALID');
  });
});

describe('certificates that must not get in', () => {
  const attempt = async (authority: string, order: Readonly<Record<string, unknown>>) => {
    const enterprise = await hub.enterprise(authority, order);
    const browser = elsewhere();
    const problem = await refusalOf(browser, await bind(browser, enterprise));
    await stillUnbound(enterprise);
    return problem;
  };
  const DAY = 86_400_000;
  const iso = (offset: number) => new Date(Date.now() + offset).toISOString();

  test.each(['hetao', 'baisong'])('OD-41 wrong key usage, by %s', async (authority) => {
    expect((await attempt(authority, { variant: 'wrong-usage' })).code).toBe('CERTIFICATE_WRONG_USAGE');
  });

  test('OD-36 a key of 1024 bits', async () => {
    expect((await attempt('baisong', { variant: 'weak-key' })).code).toBe('CERTIFICATE_WEAK_ALGORITHM');
  });

  test('HUB-054 not valid yet, and expired: with the date and the phone', async () => {
    const future = await attempt('hetao', { notBefore: iso(10 * DAY), notAfter: iso(20 * DAY) });
    expect(future).toMatchObject({ code: 'CERTIFICATE_NOT_YET_VALID' });
    const past = await attempt('hetao', { notBefore: iso(-20 * DAY), notAfter: iso(-DAY) });
    expect(past).toMatchObject({
      code: 'CERTIFICATE_EXPIRED',
      title: '该证书已被吊销，请联系CA签发机构',
      hint: expect.stringContaining('0471-0000000'),
    });
  });

  test('HUB-054 revoked after the binding: the next login is refused', async () => {
    const enterprise = await hub.enterprise('baisong');
    const browser = elsewhere();
    expect((await settled(browser, await bind(browser, enterprise))).body.outcome).toBe('BOUND');
    await hub.authorities['baisong']!.admin('POST', `/certificates/${enterprise.key.serialHex}/revoke`, {
      reason: 'keyCompromise',
    });
    const problem = await refusalOf(browser, await logIn(browser, enterprise));
    expect(problem.code).toBe('CERTIFICATE_REVOKED');
    expectStatus(await browser.call('/api/v1/hub/session'), 401);
  });
});

describe('OCSP misbehaves', () => {
  test.each([
    ['down', { ocspMode: 'down' }, 'CERTIFICATE_STATUS_UNREACHABLE'],
    ['slow beyond its budget', { delayMs: BUDGET_MS * 2 }, 'CERTIFICATE_STATUS_SLOW'],
    ['stale', { ocspMode: 'stale' }, 'CERTIFICATE_STATUS_STALE'],
    ['signed wrongly', { ocspMode: 'unsigned' }, 'CERTIFICATE_STATUS_UNTRUSTED'],
    [
      'signed by a certificate without delegation',
      { ocspMode: 'wrong-certificate' },
      'CERTIFICATE_STATUS_UNTRUSTED',
    ],
  ] as const)(
    'HUB-056 %s: refused with the authority’s name, and it works when that is over',
    async (_name, faults, code) => {
      const authority = hub.authorities['baisong']!;
      const enterprise = await hub.enterprise('baisong');
      const browser = elsewhere();
      await authority.faults(faults);
      try {
        const problem = await refusalOf(browser, await bind(browser, enterprise));
        expect(problem.code).toBe(code);
        expect(problem.fields).toMatchObject({ authority: 'baisong（测试）', phone: '0471-0000000' });
        await stillUnbound(enterprise);
      } finally {
        await authority.faults({});
      }
      // A late answer to the question that was given up may still be under way.
      const bindAgain = async () => (await settled(browser, await bind(browser, enterprise))).body.outcome;
      await expect.poll(bindAgain, { timeout: 60_000 }).toBe('BOUND');
      const entered = await settled(browser, await logIn(browser, enterprise));
      expect(entered.body.session?.entity.uscc).toBe(enterprise.uscc);
    },
  );

  test('HUB-056 slow within its budget: progress with the name of the authority, then success', async () => {
    const authority = hub.authorities['baisong']!;
    const enterprise = await hub.enterprise('baisong');
    const browser = elsewhere();
    await authority.faults({ delayMs: 2_500 });
    try {
      const begun = await bind(browser, enterprise);
      expect(begun.status).toBe(202);
      expect(begun.body).toMatchObject({
        state: 'CHECKING',
        authorityName: 'baisong（测试）',
        budgetMs: BUDGET_MS,
      });
      // Others do not wait with it.
      const other = elsewhere();
      expectDone(await settled(other, await logIn(other, holder)));
      expect((await settled(browser, begun)).body).toMatchObject({ state: 'DONE', outcome: 'BOUND' });
    } finally {
      await authority.faults({});
    }
  });
});

describe('sizes and shapes', () => {
  const LONG = '长'.repeat(100_000);

  test.each(['regCity', 'legalRep', 'phone', 'address', 'uscc'])(
    'ASVS 2.2 100,000 characters in %s are refused by name, and nothing is changed',
    async (field) => {
      const browser = elsewhere();
      const enterprise = await hub.enterprise();
      const proof = await browser.proof('bind', enterprise.key);
      const body = { proof, fields: { ...FIELDS, uscc: enterprise.uscc, [field]: LONG } };
      const answer = await browser.call('/api/v1/hub/bindings', { body });
      expect([413, 422]).toContain(answer.status);
      expect(answer.body).toMatchObject({
        code: expect.stringMatching(/^(FIELD_TOO_LONG|REQUEST_TOO_LARGE)$/),
      });
      expect(answer.text.length).toBeLessThan(2_000);
      // The challenge was not touched: put right, the same answer of the key is good.
      const right = { proof, fields: { ...FIELDS, uscc: enterprise.uscc } };
      expectStatus(await browser.call('/api/v1/hub/bindings', { body: right }), 201);
    },
  );

  test('ASVS 2.2 100,000 ASCII characters, which fit into a body, are refused by the field’s name', async () => {
    const browser = elsewhere();
    const proof = await browser.proof('bind', holder.key);
    const body = { proof, fields: { ...FIELDS, uscc: holder.uscc, address: 'a'.repeat(100_000) } };
    const problem = expectProblem(
      await browser.call('/api/v1/hub/bindings', { body }),
      413,
      'FIELD_TOO_LONG',
    );
    expect(problem.fields).toMatchObject({ field: 'fields.address' });
  });

  test('ASVS 2.2 100,000 characters in an address, a query, a certificate, a signature', async () => {
    const browser = elsewhere();
    const long = 'A'.repeat(100_000);
    const proof = await browser.proof('login', holder.key);
    for (const change of [{ certificate: long }, { signature: long }, { challengeId: long }]) {
      const answer = await login(browser, { ...proof, ...change });
      expect([413, 422], answer.text.slice(0, 200)).toContain(answer.status);
    }
    const attempt = await browser.call(`/api/v1/hub/attempts/${'a'.repeat(10_000)}`);
    expect([404, 413, 414, 422, 431]).toContain(attempt.status);
    const page = await browser.open(`/oidc/auth?client_id=hohhot&state=${'s'.repeat(12_000)}`);
    expect([303, 400, 414, 431]).toContain(page.status);
    const leadsTo = page.headers.get('location');
    if (leadsTo !== null) expect(leadsTo).toMatch(/^https:\/\/hohhot\.example\/callback\?error=/);
  });

  test.each([
    ['no JSON', '{"act":'],
    ['an array', '[]'],
    ['null', 'null'],
    ['nested without end', `{"act":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['a prototype', '{"__proto__":{"act":"login"},"constructor":{"prototype":{}}}'],
  ])('ASVS 2.2 a body that is %s has a code and no stack', async (_name, text) => {
    const browser = elsewhere();
    const answer = await fetch(`${hub.base}/api/v1/hub/challenges`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: browser.origin,
        'x-forwarded-for': browser.source!,
      },
      body: text,
    });
    const said = await answer.text();
    expect(answer.status, said).toBeGreaterThanOrEqual(400);
    expect(answer.status, said).toBeLessThan(500);
    expect(JSON.parse(said)).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
    expect(said).not.toMatch(/\bat .*\.(js|ts):\d+/);
  });

  test('OD-41 garbage, a truncated certificate and trailing bytes are no certificate', async () => {
    const browser = elsewhere();
    const { certificate } = holder.key;
    const random = Uint8Array.from({ length: 600 }, () => randomInt(256));
    for (const der of [random, certificate.subarray(0, -5), Uint8Array.from([...certificate, 0])]) {
      const proof = await browser.proof('login', { ...holder.key, certificate: der });
      expectProblem(await login(browser, proof), 400, 'CERTIFICATE_MALFORMED');
    }
  });
});

describe('rate limits', () => {
  /** Answers until the first 429; every one before it was something else. */
  async function until429(browser: Browser, once: () => Promise<Answer<unknown>>, most: number) {
    for (let sent = 1; sent <= most; sent++) {
      const answer = await once();
      if (answer.status === 429) return { answer, sent };
    }
    throw new Error(`${most} requests passed from ${browser.source}`);
  }

  test('ASVS 2.4 proofs without end from one source: 429 with Retry-After; the enterprise is not locked out elsewhere', async () => {
    const attacker = elsewhere();
    // With the enterprise's own certificate and signatures that are wrong.
    const forged = await attacker.proof('login', holder.key);
    const wrong = { ...forged, signature: toBase64(new Uint8Array(64).fill(1)) };
    const { answer, sent } = await until429(attacker, () => login(attacker, wrong), 80);
    expect(sent).toBeGreaterThan(10);
    expectProblem(answer, 429, 'RATE_LIMITED');
    const wait = Number(answer.headers.get('retry-after'));
    expect(Number.isInteger(wait) && wait >= 1 && wait <= 60, String(wait)).toBe(true);
    expectStatus((await logIn(elsewhere(), holder)) as never, 201);
    expectStatus(await holder.browser.call('/api/v1/hub/session'), 200);
  });

  test('ASVS 2.4 challenges without end: 429, and another source goes on', async () => {
    const attacker = elsewhere();
    const ask = () => attacker.call('/api/v1/hub/challenges', { body: { act: 'login' } });
    const { answer } = await until429(attacker, ask, 150);
    expectProblem(answer, 429, 'RATE_LIMITED');
    expectStatus(await elsewhere().call('/api/v1/hub/challenges', { body: { act: 'login' } }), 201);
  });

  test('ASVS 2.4 an address that the caller makes up is not believed from an untrusted proxy', async () => {
    const attacker = elsewhere();
    const own = attacker.source!;
    let invented = 0;
    const ask = () => {
      // What a proxy appends comes last; what stands before it is the caller's own invention.
      attacker.source = `203.0.113.${(invented++ % 250) + 1}, ${own}`;
      return attacker.call('/api/v1/hub/challenges', { body: { act: 'login' } });
    };
    expectProblem((await until429(attacker, ask, 150)).answer, 429, 'RATE_LIMITED');
  });

  test('ASVS 2.4 a platform has its own limit, which nobody can use up in its name', async () => {
    const token = (source: string, secret: string) =>
      fetch(`${hub.issuer}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`hohhot:${secret}`).toString('base64')}`,
          'x-forwarded-for': source,
        },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: 'none',
          redirect_uri: 'https://hohhot.example/callback',
        }),
      });
    let limited: Response | undefined;
    for (let sent = 0; sent < 40 && limited === undefined; sent++) {
      const answer = await token('192.0.2.66', 'a-guess-at-the-secret');
      if (answer.status === 429) limited = answer;
      else expect(answer.status).toBe(401);
    }
    expect(limited?.status).toBe(429);
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await limited?.json()).toMatchObject({ code: 'RATE_LIMITED' });
    // The platform itself, from its own machine, is still served.
    const own = await token('192.0.2.10', SECRET);
    expect(own.status).toBe(400);
    expect(await own.json()).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('what refusals leave behind', () => {
  test('OD-39 each is in the audit log with its code; no log line has personal data, secrets or signatures', async () => {
    const { browser } = await hub.operator(0);
    const codes = new Set<string>();
    // All of them: how many were refused before a limit was reached depends on the machine.
    for (let page = 1, more = true; more; page++) {
      const { body } = await browser.call<{ items: { code: string }[]; total: number }>(
        `/api/v1/desk/audit?outcome=REFUSED&pageSize=100&page=${page}`,
      );
      for (const { code } of body.items) codes.add(code);
      more = page * 100 < body.total;
    }
    for (const code of ['HUB_SIGNATURE_INVALID', 'CERTIFICATE_WRONG_USAGE', 'CERTIFICATE_STATUS_SLOW']) {
      expect(codes, [...codes].join()).toContain(code);
    }
    const log = hub.server().output();
    expect(log).toContain('"route":"/api/v1/hub/logins"');
    for (const secret of [FIELDS.legalRep, FIELDS.phone, FIELDS.address, holder.uscc, SECRET]) {
      expect(log).not.toContain(secret);
    }
    expect(log).not.toContain(toBase64(holder.key.certificate).slice(0, 60));
  });
});
