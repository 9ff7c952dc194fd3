import type { AuditRow, EvidenceEntry, EvidenceLog, EvidenceStamp } from '@hufu/contracts';
import { fromUtf8 } from '@hufu/kernel';
import { parseBundle, parsePolicy, parseStatement, portableLedgerCrypto, verifyBundle } from '@hufu/ledger';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { reconcile } from '../../../src/log-monitor/reconcile.ts';
import { type WitnessServer, witnessServer } from '../../support/evidence/witness-server.ts';
import type { Browser } from '../../support/hub/browser.ts';
import {
  type BoundHolder,
  boundHolder,
  CODES,
  hubWorld,
  type Operator,
  operators,
  type World,
} from '../../support/hub/hub-world.ts';

let world: World;
let witnesses: WitnessServer[];
let own: BoundHolder;
let other: BoundHolder;
let clerk: Operator;
let admin: Operator;
let auditor: Operator;
const tools = { crypto: portableLedgerCrypto(), engine: nodeCryptoEngine() };

beforeAll(async () => {
  witnesses = [await witnessServer('w1.example', 11), await witnessServer('w2.example', 12)];
  const named = witnesses.map(({ setting }) => setting).join(',');
  world = await hubWorld({ settings: { HUFU_WITNESSES: named, HUFU_WITNESS_QUORUM: '2' } });
  own = await boundHolder(world);
  other = await boundHolder(world, { holder: { uscc: CODES[0] } });
  [clerk, admin, auditor] = await operators(world, [['clerk'], ['admin'], ['auditor']]);
}, 120_000);
afterAll(async () => {
  await world.close();
  for (const one of witnesses) one.close();
});

type Listed = { items: EvidenceEntry[]; total: number };
const history = async (browser: Browser, query = '', side = 'hub') =>
  (await browser.call<Listed>(`/api/v1/${side}/evidence${query}`)).body;
const bindingOf = async ({ browser }: BoundHolder) =>
  (await history(browser)).items.find(({ type }) => type === 'binding.create')!;
const witnessed = async (browser: Browser, id: string, side = 'hub') => {
  const read = async () => (await browser.call<EvidenceStamp>(`/api/v1/${side}/evidence/${id}`)).body;
  await expect.poll(async () => (await read()).state).toBe('WITNESSED');
  return read();
};
const bundleOf = (browser: Browser, id: string, side = 'hub') =>
  browser.call<object>(`/api/v1/${side}/evidence/${id}/bundle`);
const policy = async () => {
  const answer = await fetch(`${world.base}/log/policy.json`);
  return parsePolicy(await answer.text());
};
const verdictOf = async (bundle: unknown) =>
  verifyBundle(parseBundle(JSON.stringify(bundle)), await policy(), tools);

test('LIB-PROJ-20: an enterprise sees the changes of its own records, in words, and of no other', async () => {
  const mine = await history(own.browser);
  expect(mine.items).toMatchObject([{ type: 'binding.create', said: { zh: '绑定企业与证书' }, seq: 1 }]);
  const { subject } = mine.items[0]!;
  const theirs = (await bindingOf(other)).subject;
  const one = (await history(own.browser, `?kind=${subject.kind}&record=${subject.id}`)).items;
  expect(one).toHaveLength(1);
  expect(await history(own.browser, `?kind=${theirs.kind}&record=${theirs.id}`)).toMatchObject({
    items: [],
    total: 0,
  });
});

test('LIB-PROJ-21, OD-19: the stamp goes from 已入账 to 已见证 with index, digests, witnesses and times', async () => {
  const { id } = await bindingOf(own);
  const stamp = await witnessed(own.browser, id);
  expect(stamp).toMatchObject({
    quorum: 2,
    anchor: null,
    chainConfigured: false,
    timeStamp: null,
    previous: null,
  });
  expect(stamp.witnesses.map(({ name }) => name)).toEqual(['w1.example', 'w2.example']);
  for (const { at } of stamp.witnesses) expect(Date.parse(at!)).toBeLessThanOrEqual(Date.now());
  expect(stamp.log!.index).toBeLessThan(stamp.checkpoint!.size);
  expect(Date.parse(stamp.checkpoint!.confirmedAt!)).toBeGreaterThanOrEqual(
    Date.parse(stamp.checkpoint!.signedAt),
  );
  expect(JSON.stringify(stamp)).not.toMatch(/张三丰|13800138000/);
});

test('the policy names the log, its witnesses and who submits', async () => {
  const { witnesses: named, quorum, logs, submitters } = await policy();
  expect(named.map(({ operator }) => operator)).toEqual(['w1.example', 'w2.example']);
  expect([quorum, logs.length, submitters.length]).toEqual([2, 1, 1]);
});

test('the bundle is verified offline under the published policy, and no altered one is', async () => {
  const { id } = await bindingOf(own);
  await witnessed(own.browser, id);
  const answer = await bundleOf(own.browser, id);
  expect(answer.headers.get('content-disposition')).toContain(`evidence-${id}.json`);
  const verdict = await verdictOf(answer.body);
  expect(verdict.steps.filter(({ state }) => state === 'invalid')).toEqual([]);
  expect(verdict.outcome).toBe('valid');
  expect(verdict.statement).toMatchObject({ id, type: 'binding.create' });
  const forged = JSON.parse(
    JSON.stringify(answer.body).replace('binding.create', 'binding.delete'),
  ) as unknown;
  expect((await verdictOf(forged)).outcome).toBe('invalid');
  const unwitnessed = { ...(answer.body as { proof: string }) };
  unwitnessed.proof = unwitnessed.proof
    .split('\n')
    .filter((line) => !line.startsWith('— w2'))
    .join('\n');
  expect((await verdictOf(unwitnessed)).outcome).not.toBe('valid');
});

test('whose record it is not is told that there is none; the desk sees all', async () => {
  const { id } = await bindingOf(other);
  for (const path of ['', '/bundle']) {
    const refused = await own.browser.call(`/api/v1/hub/evidence/${id}${path}`);
    expect(refused).toMatchObject({ status: 404, body: { code: 'EVIDENCE_UNKNOWN' } });
    const anonymous = await world.browser().call(`/api/v1/hub/evidence/${id}${path}`);
    expect(anonymous).toMatchObject({ status: 401, body: { code: 'HUB_SESSION_REQUIRED' } });
    const holderAtDesk = await own.browser.call(`/api/v1/desk/evidence/${id}${path}`);
    expect(holderAtDesk).toMatchObject({ status: 401, body: { code: 'DESK_SESSION_REQUIRED' } });
  }
  await witnessed(clerk.browser, id, 'desk');
  expect((await bundleOf(clerk.browser, id, 'desk')).status).toBe(200);
  const all = await history(clerk.browser, '?pageSize=100', 'desk');
  const types = new Set(all.items.map(({ type }) => type));
  for (const type of ['binding.create', 'platform.add', 'trust.recognise', 'operator.seed'])
    expect([...types]).toContain(type);
  expect([...types]).not.toContain('session.login');
});

test('an erased field is gone, its statement stays provable, and the erasing is evidence itself', async () => {
  const { subject } = (await history(own.browser)).items[0]!;
  const reveal = await clerk.browser.call(`/api/v1/desk/bindings/${subject.id}/reveal`, {
    body: { reason: '电话核实：李四 13900139000' },
  });
  expect(reveal.status, JSON.stringify(reveal.body)).toBeLessThan(300);
  const [revealed] = (await history(own.browser)).items;
  expect(revealed).toMatchObject({ type: 'enterprise.reveal', actor: { kind: 'operator' } });
  const { id } = revealed!;
  const before = await witnessed(own.browser, id);
  // An operator's reason is not the enterprise's to read: it sees that there is one.
  expect(before.disclosures).toMatchObject([{ name: 'reason', value: null, erasedAt: null }]);
  const address = `/api/v1/desk/evidence/${id}/disclosures/reason/erasure`;
  const refused = await clerk.browser.call(address, { body: { reason: 'x' } });
  expect(refused).toMatchObject({ status: 403, body: { code: 'DESK_FORBIDDEN' } });
  expect((await admin.browser.call(address, { body: { reason: '本人要求删除' } })).status).toBe(204);
  expect(await admin.browser.call(address, { body: { reason: 'x' } })).toMatchObject({
    status: 404,
    body: { code: 'EVIDENCE_DISCLOSURE_UNKNOWN' },
  });
  const after = await witnessed(own.browser, id);
  expect(after.disclosures[0]!.erasedAt).not.toBeNull();
  const bundle = (await bundleOf(own.browser, id)).body;
  const verdict = await verdictOf(bundle);
  expect(verdict.outcome).toBe('valid');
  expect(verdict.fields).toMatchObject([{ state: 'erased' }]);
  const rows = await world.infra.database.pool.query(
    'select disclosure from ledger_disclosure where statement_id = $1',
    [id],
  );
  expect(rows.rows).toEqual([{ disclosure: null }]);
  // The audit log says when it was erased, and still everything else.
  const audited = await auditor.browser.call<{ items: AuditRow[] }>(
    '/api/v1/desk/audit?action=enterprise.reveal',
  );
  expect(audited.body.items[0]).toMatchObject({ reason: null, actorKind: 'operator', subject: subject.id });
  expect(audited.body.items[0]!.reasonErasedAt).toBe(after.disclosures[0]!.erasedAt);
  expect((await history(own.browser)).items[0]).toMatchObject({
    type: 'evidence.erase',
    subject: { kind: 'statement', id },
  });
});

test('nothing else of an audit entry can be erased, and no reason whose disclosure stands', async () => {
  const { subject } = (await history(own.browser)).items.at(-1)!;
  await withTransaction(world.infra.database, (tx) =>
    world.infra.audit.record(tx, {
      actor: { kind: 'operator', id: 'o1' },
      action: 'enterprise.reveal',
      subject: { kind: 'enterprise', id: subject.id },
      reason: '电话核实',
    }),
  );
  const { pool } = world.infra.database;
  const entry = `where id = (select max(id) from audit_entry where action = 'enterprise.reveal')`;
  for (const change of [
    'reason = null, reason_erased_at = now()',
    "reason = 'x'",
    'actor_id = null',
    'at = now()',
  ])
    await expect(pool.query(`update audit_entry set ${change} ${entry}`), change).rejects.toThrow(
      'append-only',
    );
  await pool.query(
    `update ledger_disclosure d set disclosure = null, erased_at = now()
       from audit_entry a where a.statement_id = d.statement_id and a.id = (select max(id) from audit_entry where action = 'enterprise.reveal')`,
  );
  const erased =
    'reason_erased_at = (select erased_at from ledger_disclosure d where d.statement_id = audit_entry.statement_id)';
  await expect(
    pool.query(`update audit_entry set reason = null, actor_id = null, ${erased} ${entry}`),
  ).rejects.toThrow('append-only');
  await pool.query(`update audit_entry set reason = null, ${erased} ${entry}`);
  const { rows } = await pool.query(`select actor_id, reason from audit_entry ${entry}`);
  expect(rows).toEqual([{ actor_id: 'o1', reason: null }]);
});

test('an enterprise opens what it said itself; the desk does not', async () => {
  const { database, audit } = world.infra;
  const mine = await bindingOf(own);
  const entity = mine.subject.id;
  await withTransaction(database, (tx) =>
    audit.record(tx, {
      actor: { kind: 'entity', id: entity },
      action: 'enterprise.change',
      subject: { kind: 'enterprise', id: entity },
      disclose: { phone: '13700137000' },
    }),
  );
  const [{ id } = { id: '' }] = (await history(own.browser)).items;
  const stamp = await witnessed(own.browser, id);
  expect(stamp.disclosures).toEqual([{ name: 'phone', value: '13700137000', erasedAt: null }]);
  const atDesk = await witnessed(clerk.browser, id, 'desk');
  expect(atDesk.disclosures).toEqual([{ name: 'phone', value: null, erasedAt: null }]);
  expect((await verdictOf((await bundleOf(own.browser, id)).body)).fields).toMatchObject([
    { state: 'disclosed', name: 'phone' },
  ]);
  const given = await verdictOf((await bundleOf(clerk.browser, id, 'desk')).body);
  expect(given.outcome).toBe('valid');
  expect(given.fields).toMatchObject([{ state: 'withheld' }]);
});

test('the log is public: checkpoint, tiles, policy; nothing else of the disk', async () => {
  const log = (await world.browser().call<EvidenceLog>('/api/v1/evidence/log')).body;
  expect(log).toMatchObject({ quorum: 2, chain: null, timeStamped: false });
  const at = (name: string) => fetch(`${world.base}/log/${name}`);
  const checkpoint = await at('checkpoint');
  expect(checkpoint.headers.get('access-control-allow-origin')).toBe('*');
  const { size } = (await world.browser().call<EvidenceLog>('/api/v1/evidence/log')).body.checkpoint!;
  const entries = await at(`tile/entries/000.p/${size}`);
  expect(entries.status).toBe(200);
  const bytes = new Uint8Array(await entries.arrayBuffer());
  expect(bytes.length).toBe(size * 130);
  for (const name of [
    'tile/0/000.p/999',
    'tile/0/0',
    '..%2fvault%2fkeys.json',
    'tile/entries/../../../vault/keys.json',
    'x',
  ])
    expect((await at(name)).status, name).toBe(404);
  const [statement] = (
    await world.infra.database.pool.query<{ body: Uint8Array }>('select body from ledger_statement limit 1')
  ).rows;
  expect(fromUtf8(new Uint8Array(statement!.body))).toContain(
    parseStatement(new Uint8Array(statement!.body)).id,
  );
});

test('every row of business that a recorded act made has its statement', async () => {
  expect(await reconcile(world.infra.database.pool)).toEqual([]);
});
