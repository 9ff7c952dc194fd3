import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { systemClock } from '@hufu/kernel';
import type { LogPolicy } from '@hufu/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MonitorMemory, recall, remember } from '../../../src/log-monitor/memory.ts';
import { publishedLog } from '../../../src/log-monitor/published-log.ts';
import { type Visit, visit } from '../../../src/log-monitor/visit.ts';
import { type LogWorld, logWorld } from '../../support/evidence/log-world.ts';

let world: LogWorld;
let server: http.Server;
let base: string;
let policy: LogPolicy;

const file = (...parts: string[]) => path.join(world.directory, ...parts);

beforeAll(async () => {
  world = await logWorld();
  server = http.createServer((request, response) => {
    const name = file('log', request.url!);
    if (fs.existsSync(name) && fs.statSync(name).isFile()) response.end(fs.readFileSync(name));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { logKey, sm2Key } = world.keys;
  policy = {
    publisher: 'test',
    issuedAt: 0,
    logs: [{ key: logKey, sm2: sm2Key }],
    submitters: [],
    witnesses: world.witnesses.map(({ key }) => ({ operator: key.name, key })),
    quorum: 2,
    timeStampRoots: [],
    chains: [],
  };
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

async function grow(count: number): Promise<void> {
  const sequencer = world.sequencer();
  expect(await sequencer.lead()).toBe(true);
  for (let i = 0; i < count; i++)
    await world.change({
      subject: { kind: 'approval', id: `a${i % 3}` },
      action: 'approval.propose',
      after: { i },
    });
  while (await sequencer.work());
  await sequencer.leave();
}

const look = (known?: MonitorMemory, staleAfter = 3_600_000): Promise<Visit> =>
  visit(known, {
    log: publishedLog(base),
    policy,
    clock: systemClock,
    database: world.database.pool as never,
    staleAfter,
  });
const codes = ({ findings }: Visit) => findings.map(({ code }) => code);

/** What a database administrator can do and no program of ours does. */
async function tamper(table: string, text: string): Promise<void> {
  await world.database.pool.query(`alter table ${table} disable trigger user`);
  await world.database.pool.query(text);
  await world.database.pool.query(`alter table ${table} enable trigger user`);
}

test('an honest log: nothing to tell, visit after visit, and what is believed survives on the disk', async () => {
  expect(await look()).toEqual({ findings: [], memory: undefined });
  await grow(10);
  const first = await look();
  expect(first.findings).toEqual([]);
  remember(file('monitor.json'), first.memory!);
  await grow(260);
  const second = await look(recall(file('monitor.json')));
  expect(second.findings).toEqual([]);
  expect(second.memory!.head.size).toBe(270);
  expect(second.memory!.audited).toBe(270);
});

test('a statement edited in the database, with its chain', async () => {
  const known = (await look()).memory;
  await grow(2);
  await tamper(
    'ledger_statement',
    `update ledger_statement set body = convert_to(replace(convert_from(body, 'UTF8'), '"i":1', '"i":7'), 'UTF8')
      where id = (select statement_id from ledger_leaf where idx = 271)`,
  );
  expect(await look(known)).toMatchObject({
    findings: [{ code: 'MONITOR_STATEMENT', fields: { index: 271 } }],
  });
  expect(codes(await look())).toContain('MONITOR_STATEMENT');
});

test('an entry edited in the published files: the leaves do not make the root', async () => {
  const entries = file('log', 'tile', 'entries', '000');
  const honest = fs.readFileSync(entries);
  const forged = Buffer.from(honest);
  forged[5 * 130 + 40]! ^= 1;
  fs.writeFileSync(entries, forged);
  expect(codes(await look())).toEqual(['MONITOR_LEAVES']);
  fs.rmSync(entries);
  expect(codes(await look())).toEqual(['MONITOR_TILE']);
  fs.writeFileSync(entries, honest);
});

test('a checkpoint taken back, of a stranger, without its witnesses, or gone', async () => {
  const checkpoint = file('log', 'checkpoint');
  const old = fs.readFileSync(checkpoint, 'utf8');
  await grow(1);
  const { memory } = await look();
  const honest = fs.readFileSync(checkpoint, 'utf8');
  const withNote = async (note: string) => {
    fs.writeFileSync(checkpoint, note);
    return codes(await look(memory));
  };
  expect(await withNote(old)).toEqual(['MONITOR_ROLLBACK']);
  expect(await withNote(honest.replace(/\n\d+\n/, '\n9999\n'))).toEqual(['MONITOR_LOG_SIGNATURE']);
  expect(await withNote(honest.replace(/^\S+/, 'example.org/log'))).toEqual(['MONITOR_LOG_UNKNOWN']);
  expect(await withNote(honest.replace(/— w2.*\n/, ''))).toContain('MONITOR_QUORUM');
  expect(await withNote('garbage')).toEqual(['MONITOR_CHECKPOINT_MALFORMED']);
  fs.rmSync(checkpoint);
  expect(codes(await look(memory))).toEqual(['MONITOR_CHECKPOINT_MALFORMED']);
  fs.writeFileSync(checkpoint, honest);
});

test('a log that stands still is told of', async () => {
  const { memory } = await look();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(codes(await look(memory, 1))).toContain('MONITOR_STALE');
});

test('business that nobody stated, and a statement that was taken away', async () => {
  const { memory } = await look();
  await world.database.pool.query(
    `insert into operator (id, name_sealed, roles, state, issuer_sha256, serial_number, spki_sha256, fingerprint,
                           certificate, issuer_name, created_at)
     values ('smuggled', '', '["admin"]', 'ACTIVE', '', '', '', '', '', '', now())`,
  );
  const found = await look(memory);
  expect(found.findings).toMatchObject([
    { code: 'MONITOR_UNSTATED', fields: { what: 'operator', ids: ['smuggled'] } },
  ]);
  await world.database.pool.query("delete from operator where id = 'smuggled'");
  await grow(2);
  await tamper(
    'ledger_statement',
    'delete from ledger_statement where id = (select statement_id from ledger_leaf where idx = 274)',
  );
  expect(await look(memory)).toMatchObject({
    findings: [
      { code: 'MONITOR_STATEMENT_MISSING', fields: { index: 274 } },
      { code: 'MONITOR_UNSTATED', fields: { what: 'audit_entry' } },
    ],
  });
});
