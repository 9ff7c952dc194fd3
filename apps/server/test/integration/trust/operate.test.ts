import { createHash } from 'node:crypto';
import { fromBase64Url, fromUtf8, toBase64 } from '@hufu/kernel';
import { parseCertificate, verifyTrustList } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { CRL_URL, named, OCSP_URL, type PaperAuthority, paperAuthority } from './paper-authority.ts';
import { closedForm, shiftedClock, startTrust, type TrustBench } from './trust-bench.ts';

type Answer = { readonly outcome: 'ok'; readonly bytes: Uint8Array } | { readonly outcome: 'unreachable' };

const engine = nodeCryptoEngine();
const clock = shiftedClock();
/** The network: what lies at which address, and who asked. */
const network = new Map<string, Uint8Array>();
let asked: { readonly url: string; readonly headers: Readonly<Record<string, string>> }[] = [];
let paper: PaperAuthority;
let bench: TrustBench;
let base: string;

beforeAll(async () => {
  paper = await paperAuthority('paper');
  network.set(CRL_URL, await paper.list());
  bench = await startTrust({
    clock,
    fetch({ url, headers = {} }) {
      asked.push({ url, headers });
      const bytes = network.get(url);
      const answer: Answer = bytes === undefined ? { outcome: 'unreachable' } : { outcome: 'ok', bytes };
      return Promise.resolve(
        answer.outcome === 'ok' ? { ...answer, etag: '"one"', lastModified: undefined } : answer,
      );
    },
  });
  base = bench.infra.config.baseUrl;
  await bench.trust.seed(paper.seed());
  await bench.trust.desk.refresh('paper');
});
afterAll(() => bench.close());
beforeEach(() => {
  asked = [];
});

const codeOf = async (der: Uint8Array) => {
  const { decision } = await bench.trust.judge({ certificate: der, purpose: 'sign' });
  return decision.allow ? 'allowed' : decision.code;
};
const refresh = () => bench.trust.desk.refresh('paper');

describe('revocation lists are fetched in the background and taken only when genuine and newer', () => {
  test('a known list is asked for by its tag; a revocation in the next one counts', async () => {
    const der = await paper.holder();
    expect(await codeOf(der)).toBe('allowed');
    const { serial } = parseCertificate(der);
    const entries = [{ serial, revokedAt: Date.now() - 5000, reason: 'keyCompromise' as const }];
    network.set(CRL_URL, await paper.list({ number: 2n, thisUpdate: Date.now() - 50_000, entries }));
    await refresh();
    expect(asked.at(-1)).toEqual({ url: CRL_URL, headers: { 'if-none-match': '"one"' } });
    expect(await codeOf(der)).toBe('CERTIFICATE_REVOKED');
  });

  test('an older list, played back, does not bring a revoked certificate to life', async () => {
    const der = await paper.holder();
    const { serial } = parseCertificate(der);
    const entries = [{ serial, revokedAt: Date.now() - 5000, reason: 'superseded' as const }];
    network.set(CRL_URL, await paper.list({ number: 3n, thisUpdate: Date.now() - 40_000, entries }));
    await refresh();
    network.set(CRL_URL, await paper.list({ number: 1n, thisUpdate: Date.now() - 3_600_000 }));
    const view = await refresh();
    expect(await codeOf(der)).toBe('CERTIFICATE_REVOKED');
    expect(view.crl[0]).toMatchObject({ state: 'FRESH', entries: 1 });
    const row = await bench.infra.database.pool.query('select problem, failures from trust_crl');
    expect(row.rows[0]).toMatchObject({ problem: 'older', failures: 1 });
  });

  test('a list by a stranger, or garbage, leaves the held one in force', async () => {
    const stranger = await paperAuthority('paper');
    for (const [bytes, problem] of [
      [await stranger.list({ number: 99n, thisUpdate: Date.now() }), 'unsigned'],
      [new Uint8Array([0x30, 0x03, 1, 2, 3]), 'malformed'],
    ] as const) {
      network.set(CRL_URL, bytes);
      const view = await refresh();
      const row = await bench.infra.database.pool.query('select problem from trust_crl');
      expect(row.rows[0]).toEqual({ problem });
      expect(view.crl[0]).toMatchObject({ state: 'FRESH' });
    }
    network.set(CRL_URL, await paper.list({ number: 4n, thisUpdate: Date.now() - 30_000 }));
    await refresh();
    expect(await codeOf(await paper.holder())).toBe('allowed');
  });

  test('a list that somebody put into the database is verified like one from the wire', async () => {
    const stranger = await paperAuthority('paper');
    const forged = await stranger.list({ number: 100n, thisUpdate: Date.now() });
    const sha256 = createHash('sha256').update(forged).digest('hex');
    const before = await bench.infra.database.pool.query('select der, sha256 from trust_crl');
    const put = async (der: Uint8Array, hash: string) => {
      await bench.infra.database.pool.query('update trust_crl set der = $1, sha256 = $2', [
        Buffer.from(der),
        hash,
      ]);
      await bench.infra.database.pool.query('update trust_revision set revision = revision + 1');
      await bench.trust.changed();
    };
    await put(forged, sha256);
    expect(await codeOf(await paper.holder())).not.toBe('allowed');
    await put(forged.subarray(1), 'f'.repeat(64));
    expect(await codeOf(await paper.holder())).not.toBe('allowed');
    await put(before.rows[0].der as Uint8Array, before.rows[0].sha256 as string);
    expect(await codeOf(await paper.holder())).toBe('allowed');
  });
});

describe('no address of a certificate is asked unless its host is registered', () => {
  test('a certificate that names foreign addresses makes nobody ask there', async () => {
    const extensions = named({ crl: 'http://169.254.169.254/latest', ocsp: 'http://localhost:5432/' });
    await bench.setPolicy('paper', { sources: 'OCSP_THEN_CRL' });
    await codeOf(await paper.holder({ extensions }));
    expect(asked).toEqual([]);
    await bench.setPolicy('paper', {});
  });

  test('a new list on the registered host is fetched at the first certificate that names it', async () => {
    const url = 'http://ca.example/list-2.crl';
    const list = await paper.list({ number: 1n });
    network.delete(CRL_URL);
    await bench.infra.database.pool.query(
      'update trust_crl set der = null, sha256 = null, this_update = null',
    );
    await bench.infra.database.pool.query('update trust_revision set revision = revision + 1');
    await bench.trust.changed();
    network.set(url, list);
    expect(await codeOf(await paper.holder({ extensions: named({ crl: url }) }))).toBe('allowed');
    expect(asked.map((one) => one.url)).toEqual([url]);
    network.set(CRL_URL, await paper.list({ number: 5n, thisUpdate: Date.now() - 20_000 }));
    await refresh();
  });

  test('without a source nobody is asked and nothing is allowed', async () => {
    const silent = await paperAuthority('silent');
    await bench.trust.seed(silent.seed({ crlUrls: [] }));
    expect(await codeOf(await silent.holder({ extensions: named({ ocsp: OCSP_URL }) }))).toBe(
      'CERTIFICATE_STATUS_UNAVAILABLE',
    );
    expect(asked).toEqual([]);
  });
});

describe('X-Road lesson: an OCSP response may travel with the certificate', () => {
  test('a stapled answer serves when it is about this certificate, and is judged like any other', async () => {
    await bench.setPolicy('paper', { sources: 'OCSP_ONLY' });
    const [der, other] = [await paper.holder(), await paper.holder()];
    const withStaple = async (certificate: Uint8Array, stapledOcsp: Uint8Array) => {
      const { decision, revocation } = await bench.trust.judge({ certificate, purpose: 'sign', stapledOcsp });
      return [decision.allow ? 'allowed' : decision.code, revocation[0]?.status];
    };
    expect(await codeOf(der)).toBe('CERTIFICATE_STATUS_UNAVAILABLE');
    expect(await withStaple(der, await paper.status(der))).toEqual(['allowed', 'good']);
    expect(await withStaple(der, await paper.status(other))).toEqual([
      'CERTIFICATE_STATUS_UNTRUSTED',
      'unknown',
    ]);
    expect(await withStaple(der, await paper.status(der, Date.now() - 86_400_000))).toEqual([
      'CERTIFICATE_STATUS_STALE',
      'unknown',
    ]);
    expect(asked).toEqual([]);
    await bench.setPolicy('paper', {});
  });
});

describe('HUB-012 recognition', () => {
  test('unjoined, foreign and unknown authorities are refused with MSG-22 under their own codes', async () => {
    const unjoined = await paperAuthority('unjoined');
    const foreign = await paperAuthority('foreign');
    const unknown = await paperAuthority('unknown');
    await bench.trust.seed(unjoined.seed({ joined: false, crlUrls: [] }));
    await bench.trust.seed(foreign.seed({ region: '110000', crlUrls: [] }));
    expect(await codeOf(await unjoined.holder())).toBe('CERTIFICATE_CA_NOT_JOINED');
    expect(await codeOf(await foreign.holder())).toBe('CERTIFICATE_CA_FOREIGN');
    expect(await codeOf(await unknown.holder())).toBe('CERTIFICATE_CA_UNRECOGNISED');
    expect(await bench.trust.certificates.read(await unknown.holder())).toMatchObject({
      authority: null,
      holderKind: 'unknown',
      unitName: null,
    });
  });

  test('HUB-121 the contact list shows who has joined', async () => {
    const answer = await fetch(`${base}/api/v1/authorities`);
    const contacts = (await answer.json()) as { id: string; joined: boolean; phone: string }[];
    const joined = Object.fromEntries(contacts.map((one) => [one.id, one.joined]));
    expect(joined).toMatchObject({ paper: true, unjoined: false, foreign: false });
    expect(contacts.every(({ phone }) => phone === '0471-7654321')).toBe(true);
  });

  test('OD-40 two keys under one issuer and serial number raise an alarm, once', async () => {
    const [first, second] = [await paper.holder({ serial: 0x7001 }), await paper.holder({ serial: 0x7001 })];
    expect(await codeOf(first)).toBe('allowed');
    expect(await bench.audited('trust.alarm-duplicate-serial')).toHaveLength(0);
    expect(await codeOf(second)).toBe('allowed');
    expect(await codeOf(second)).toBe('allowed');
    const alarms = await bench.audited('trust.alarm-duplicate-serial');
    expect(alarms).toHaveLength(1);
    const fingerprint = createHash('sha256').update(first).digest('hex');
    expect(alarms[0]).toMatchObject({ subject_id: 'paper', after: { others: [fingerprint] } });
  });
});

describe('the desk', () => {
  const operator = { kind: 'operator', id: 'op-1' } as const;

  test('suspension acts at once, is published, and is lifted by an approval', async () => {
    const der = await paper.holder();
    expect(await codeOf(der)).toBe('allowed');
    const before = await bench.trust.newestList();
    await bench.suspend('paper');
    expect(await codeOf(der)).toBe('CERTIFICATE_CA_SUSPENDED');
    await expect(bench.suspend('paper')).rejects.toMatchObject({ code: 'TRUST_NOT_ACTIVE' });
    await expect
      .poll(async () => (await bench.trust.newestList())?.sequence)
      .toBeGreaterThan(before!.sequence);
    expect(payloadOf((await bench.trust.newestList())!.document).authorities).toContainEqual(
      expect.objectContaining({ id: 'paper', status: 'suspended' }),
    );
    await bench.resume('paper');
    expect(await codeOf(der)).toBe('allowed');
    await expect(bench.resume('paper')).rejects.toMatchObject({ code: 'TRUST_NOT_SUSPENDED' });
  });

  test('an approval of something that has changed since is stale and changes nothing', async () => {
    const { desk } = bench.trust;
    const { db } = bench.infra.database;
    const proposal = await desk.proposePolicy(db, { id: 'paper', form: closedForm({ ocspBudgetMs: 9_000 }) });
    expect(proposal.changes).toEqual([{ field: 'ocspBudgetMs', before: '5000', after: '9000' }]);
    await bench.setPolicy('paper', { ocspBudgetMs: 4_000 });
    const step = { actor: operator, reason: 'late', approvalId: 'a-1', ...proposal };
    await expect(
      withTransaction(bench.infra.database, (tx) => desk.applyPolicy(tx, step)),
    ).rejects.toMatchObject({ code: 'TRUST_STALE_CHANGE' });
    expect((await desk.find('paper')).policy.ocspBudgetMs).toBe(4_000);
  });

  test.each([
    ['without an end', { graceSeconds: 60 }],
    ['without a length', { graceUntil: new Date(Date.now() + 60_000).toISOString() }],
    ['that ended already', { graceSeconds: 60, graceUntil: new Date(Date.now() - 1).toISOString() }],
    ['for months', { graceSeconds: 60, graceUntil: new Date(Date.now() + 40 * 86_400_000).toISOString() }],
  ])('a grace %s is refused', async (_, form) => {
    const change = { id: 'paper', form: closedForm(form) };
    await expect(bench.trust.desk.proposePolicy(bench.infra.database.db, change)).rejects.toMatchObject({
      code: 'TRUST_GRACE_BOUNDS',
    });
  });

  test('recognising: what is refused, then a new authority in force', async () => {
    const { desk } = bench.trust;
    const { db } = bench.infra.database;
    const fresh = await paperAuthority('fresh');
    const { joined: _, ...form } = fresh.seed({ crlUrls: ['http://fresh.example/list.crl'] }).authorities[0]!;
    const refusals: readonly (readonly [typeof form, string])[] = [
      [{ ...form, id: 'paper' }, 'TRUST_AUTHORITY_EXISTS'],
      [{ ...form, profileId: 'nobody' }, 'TRUST_PROFILE_UNKNOWN'],
      [{ ...form, certificates: [toBase64(await fresh.holder())] }, 'TRUST_CERTIFICATE_REFUSED'],
      [{ ...form, certificates: [toBase64(new Uint8Array(9))] }, 'TRUST_CERTIFICATE_REFUSED'],
    ];
    for (const [wrong, code] of refusals) {
      await expect(desk.proposeRecognition(db, wrong)).rejects.toMatchObject({ code });
    }
    const der = await fresh.holder();
    expect(await codeOf(der)).toBe('CERTIFICATE_CA_UNRECOGNISED');
    const proposal = await desk.proposeRecognition(db, form);
    expect(proposal.changes).toContainEqual({
      field: 'certificate',
      before: null,
      after: expect.stringMatching(/^纸上CA fresh · SHA-256 [0-9a-f]{64}$/),
    });
    const step = { actor: operator, reason: 'joined', approvalId: 'a-2', ...proposal };
    await withTransaction(bench.infra.database, (tx) => desk.recognise(tx, step));
    await bench.trust.changed();
    network.set('http://fresh.example/list.crl', await fresh.list());
    await desk.refresh('fresh');
    expect(await codeOf(der)).toBe('allowed');
  });

  test('HUB-012 MSG-22 one that is registered as not joined is let in by the word of two, once, and stays in', async () => {
    const { desk } = bench.trust;
    const { db } = bench.infra.database;
    const waiting = await paperAuthority('waiting');
    const url = 'http://waiting.example/list.crl';
    await bench.trust.seed(waiting.seed({ joined: false, crlUrls: [url] }));
    network.set(url, await waiting.list());
    await desk.refresh('waiting');
    const der = await waiting.holder();
    const proposal = await desk.proposeJoining(db, 'waiting');
    expect(proposal.changes).toContainEqual({ field: 'joined', before: 'false', after: 'true' });
    expect(proposal.changes).toContainEqual({
      field: 'certificate',
      before: null,
      after: expect.stringMatching(/^纸上CA waiting · SHA-256 [0-9a-f]{64}$/),
    });
    expect(await codeOf(der)).toBe('CERTIFICATE_CA_NOT_JOINED');
    const join = (approvalId: string) =>
      withTransaction(bench.infra.database, (tx) =>
        desk.recognise(tx, { actor: operator, reason: 'joined', approvalId, ...proposal }),
      );
    await join('a-3');
    await bench.trust.changed();
    expect(await codeOf(der)).toBe('allowed');
    await expect(join('a-4')).rejects.toMatchObject({ code: 'TRUST_STALE_CHANGE' });
    await expect(desk.proposeJoining(db, 'waiting')).rejects.toMatchObject({ code: 'TRUST_JOINED_ALREADY' });
    await expect(desk.proposeJoining(db, 'nobody')).rejects.toMatchObject({
      code: 'TRUST_AUTHORITY_UNKNOWN',
    });
    await bench.trust.seed(waiting.seed({ joined: false, crlUrls: [url] }));
    expect(await codeOf(der)).toBe('allowed');
  });

  test('one whose certificate ran out while it waited is not let in', async () => {
    const { desk } = bench.trust;
    await bench.trust.seed((await paperAuthority('stale')).seed({ joined: false, crlUrls: [] }));
    clock.shift(20 * 365 * 86_400_000);
    try {
      await expect(desk.proposeJoining(bench.infra.database.db, 'stale')).rejects.toMatchObject({
        code: 'TRUST_CERTIFICATE_REFUSED',
        fields: { problem: 'expired' },
      });
    } finally {
      clock.shift(-20 * 365 * 86_400_000);
    }
  });

  test('the history of changes cannot be rewritten', async () => {
    const { pool } = bench.infra.database;
    const { rows } = await pool.query(
      'select change, approval_id from trust_change where authority_id = $1 order by id',
      ['fresh'],
    );
    expect(rows).toEqual([{ change: 'recognise', approval_id: 'a-2' }]);
    await expect(pool.query("update trust_change set reason = 'x'")).rejects.toThrow(/append-only/);
    await expect(pool.query('delete from trust_list_version')).rejects.toThrow(/append-only/);
  });
});

type Payload = { authorities: { id: string; status: string }[]; sequence: number };
const payloadOf = (document: Uint8Array): Payload =>
  JSON.parse(
    fromUtf8(fromBase64Url((JSON.parse(fromUtf8(document)) as { payload: string }).payload)),
  ) as Payload;

describe('GET /trust-list.json', () => {
  test('verifies with the pinned keys, holds the recognised of the region alone, and is cacheable', async () => {
    const answer = await fetch(`${base}/trust-list.json`, {
      headers: { origin: 'https://platform.example' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
    const document = new Uint8Array(await answer.arrayBuffer());
    const pins = await bench.trust.listKeys();
    expect(pins.map(({ algorithm }) => algorithm)).toEqual(['ES256', 'SM2']);
    const list = await verifyTrustList(document, { pins, engine, at: clock.now(), region: '150000' });
    const ids = list.authorities.map(({ id }) => id);
    expect(ids).toContain('paper');
    expect(ids).not.toContain('unjoined');
    expect(ids).not.toContain('foreign');

    const etag = answer.headers.get('etag')!;
    const again = await fetch(`${base}/trust-list.json`, { headers: { 'if-none-match': `W/"x", ${etag}` } });
    expect(again.status).toBe(304);
    expect((await again.arrayBuffer()).byteLength).toBe(0);
  });

  test('each version links to the one before', async () => {
    const { rows } = await bench.infra.database.pool.query(
      'select sequence, hash, previous from trust_list_version order by sequence',
    );
    expect(rows.length).toBeGreaterThan(2);
    rows.forEach((row: { previous: string | null }, index) => {
      expect(row.previous).toBe(index === 0 ? null : rows[index - 1].hash);
    });
  });

  test('servers that publish at once make one chain', async () => {
    const before = (await bench.trust.newestList())!.sequence;
    await Promise.all([1, 2, 3].map((n) => bench.trust.publish({ reason: `parallel ${n}`, actor: 'test' })));
    expect((await bench.trust.newestList())!.sequence).toBe(before + 3);
  });

  test('seeding again changes nothing and publishes nothing', async () => {
    const before = await bench.trust.newestList();
    await bench.trust.seed(paper.seed());
    expect((await bench.trust.newestList())?.sequence).toBe(before?.sequence);
  });
});

describe('trust-list keys are changed without a day on which a platform has the wrong ones', () => {
  const accepted = async (pins: Awaited<ReturnType<TrustBench['trust']['listKeys']>>) => {
    const { document } = (await bench.trust.newestList())!;
    return verifyTrustList(document, { pins, engine, at: clock.now() }).then(
      () => 'accepted',
      ({ code }: { code: string }) => code,
    );
  };

  test('prepared, both sign; changed, the new ones alone do; nothing is changed unprepared', async () => {
    const old = await bench.trust.listKeys();
    await expect(bench.trust.changeListKeys({ atOnce: false })).rejects.toMatchObject({
      code: 'TRUST_KEYS_UNPREPARED',
    });
    const next = await bench.trust.prepareListKeys();
    expect(next.map(({ algorithm }) => algorithm)).toEqual(['ES256', 'SM2']);
    // Prepared twice, they are the same ones; the pins in force are still the old ones.
    expect(await bench.trust.prepareListKeys()).toEqual(next);
    expect(await bench.trust.listKeys()).toEqual(old);
    expect([await accepted(old), await accepted(next)]).toEqual(['accepted', 'accepted']);

    expect(await bench.trust.changeListKeys({ atOnce: false })).toEqual(next);
    expect(await bench.trust.listKeys()).toEqual(next);
    expect([await accepted(old), await accepted(next)]).toEqual(['TRUST_LIST_SIGNATURE', 'accepted']);
    const { rows } = await bench.infra.database.pool.query(
      "select reason from audit_entry where action = 'trust.publish-list' order by id desc limit 1",
    );
    expect(rows[0].reason).toContain(next[0]!.kid);
  });

  test('stolen keys are out of use at once', async () => {
    const stolen = await bench.trust.listKeys();
    const fresh = await bench.trust.changeListKeys({ atOnce: true });
    expect([await accepted(stolen), await accepted(fresh)]).toEqual(['TRUST_LIST_SIGNATURE', 'accepted']);
  });
});
