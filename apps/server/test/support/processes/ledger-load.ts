/**
 * Loads of the evidence ledger on a PostgreSQL, for `npm run bench -- ledger`: prints what was measured as JSON on its
 * last line. First argument: `Orders` as JSON. With `vkey` behind it: prints the log's verification key, no more.
 */
import { randomBytes, randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@hufu/kernel';
import { createProver, formatVkey, parseCheckpoint, parseVkey } from '@hufu/ledger';
import { nodeTreeHasher } from '@hufu/ledger/node';
import { sql } from 'kysely';
import { type LogKeys, openLogKeys, openSubmitKey } from '../../../src/features/evidence/log-keys.ts';
import { logFiles } from '../../../src/features/evidence/publish/publish-log.ts';
import { createRecorder } from '../../../src/features/evidence/recording/recorder.ts';
import { integrateBatch, loadEdge } from '../../../src/features/evidence/sequencer/integrate.ts';
import {
  type RunningSequencer,
  runSequencer,
} from '../../../src/features/evidence/sequencer/run-sequencer.ts';
import { createSequencer } from '../../../src/features/evidence/sequencer/sequencer.ts';
import { leaveTree, takeTree, tileReader, treeHead } from '../../../src/features/evidence/store/tree.ts';
import { httpWitnesses } from '../../../src/features/evidence/witnesses/witness-client.ts';
import { type Audit, createAudit } from '../../../src/infra/audit/audit.ts';
import { type Database, withTransaction } from '../../../src/infra/database/database.ts';
import { migrate, readMigrations } from '../../../src/infra/database/migrate.ts';
import { openPostgresql } from '../../../src/infra/database/open.ts';
import { systemRandom } from '../../../src/infra/random.ts';
import { openFileVault } from '../../../src/infra/vault/file-vault.ts';

type Orders = {
  readonly url: string;
  readonly directory: string;
  readonly migrations: string;
  readonly witnesses: readonly string[];
};

const CLIENTS = 32;
const ROUNDS = 6;
const ROUND_MS = 3_000;
const LATENCY_MS = 8_000;
const LEAVES = 100_000;
const PROOFS = 1_000;

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const vault = openFileVault({
  file: path.join(orders.directory, 'vault.json'),
  passphrase: 'of a bench alone',
  clock: systemClock,
  random: systemRandom,
});
const keys: LogKeys = await openLogKeys(vault);
// The witnesses need it before there is anything to witness.
if (process.argv[3] === 'vkey') {
  console.log(formatVkey(keys.logKey));
  process.exit(0);
}
const database: Database = await openPostgresql({ url: orders.url, poolSize: CLIENTS + 4 });
await migrate(database, readMigrations(orders.migrations));
await sql`create table bench_change (id bigint generated always as identity primary key, entity text, field text,
  value text, at timestamptz not null default now())`.execute(database.db);
const recorder = createRecorder({
  clock: systemClock,
  random: systemRandom,
  submitter: await openSubmitKey(vault),
});
const [bare, stated] = [createAudit(database), createAudit(database, recorder)];
const witnesses = orders.witnesses.map((setting) => {
  const [url = '', vkey = ''] = setting.split(' ');
  return { url, key: parseVkey(vkey) };
});
const logDirectory = path.join(orders.directory, 'log');

function startSequencer(): RunningSequencer {
  const sequencer = createSequencer({
    database,
    clock: systemClock,
    keys,
    files: logFiles(logDirectory),
    ask: httpWitnesses(2_000),
    settings: { witnesses, quorum: witnesses.length, batch: 4_096, leaseSeconds: 6 },
    seenElsewhere: async () => [],
  });
  return runSequencer(sequencer, { keepMs: 2_000, onFailure: (error) => console.error(error) });
}

async function leading(): Promise<RunningSequencer> {
  const running = startSequencer();
  while (running.state().state !== 'leading') await pause(20);
  return running;
}

/** A change of an enterprise's record, audited: with and without becoming evidence. */
const change = (audit: Audit, entity: string): Promise<void> =>
  withTransaction(database, async (tx) => {
    await sql`insert into bench_change (entity, field, value) values (${entity}, 'regCity', '150100')`.execute(
      tx,
    );
    await audit.record(tx, {
      actor: { kind: 'entity', id: entity, certificate: 'ab'.repeat(32) },
      action: 'enterprise.change',
      subject: { kind: 'enterprise', id: entity },
      before: { regCity: '150200' },
      after: { regCity: '150100' },
    });
  });

async function throughput(audit: Audit): Promise<number> {
  const until = performance.now() + ROUND_MS;
  let done = 0;
  const client = async () => {
    while (performance.now() < until) {
      await change(audit, randomBytes(8).toString('hex'));
      done += 1;
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return done / ((performance.now() - begun) / 1000);
}

async function business() {
  const running = await leading();
  const rounds: { bare: number; stated: number }[] = [];
  await throughput(stated);
  for (let i = 0; i < ROUNDS; i++) {
    rounds.push({ bare: await throughput(bare), stated: await throughput(stated) });
    await pause(300);
  }
  await running.stop();
  return rounds;
}

/** From the commit to the published checkpoint that covers it, with both cosignatures: ms, one for each change. */
async function latency(): Promise<number[]> {
  const running = await leading();
  const published: { size: number; at: number }[] = [];
  const file = path.join(logDirectory, 'checkpoint');
  const watch = setInterval(() => {
    const size = fs.existsSync(file) ? parseCheckpoint(fs.readFileSync(file, 'utf8')).size : 0;
    if (size !== published.at(-1)?.size) published.push({ size, at: performance.now() });
  }, 4);
  const commits = new Map<string, number>();
  const until = performance.now() + LATENCY_MS;
  while (performance.now() < until) {
    const entity = randomBytes(8).toString('hex');
    await change(stated, entity);
    commits.set(entity, performance.now());
    // Some in a burst, some after a silence in which the sequencer has gone to its idle pace.
    await pause(randomInt(20) === 0 ? 1_000 : randomInt(15));
  }
  await pause(2_000);
  clearInterval(watch);
  await running.stop();
  const { rows } = await sql<{ idx: string; entity: string }>`
    select l.idx, s.entity_id as entity from ledger_leaf l join ledger_statement s on s.id = l.statement_id
     where s.entity_id = any(${[...commits.keys()]})`.execute(database.db);
  return rows.map(({ idx, entity }) => {
    const covered = published.find(({ size }) => size > Number(idx));
    return covered === undefined ? Number.POSITIVE_INFINITY : covered.at - commits.get(entity)!;
  });
}

/** Waiting leaves into the tree, durably, by the sequencer's own step. @returns leaves a second */
async function integration(): Promise<number> {
  await sql`insert into ledger_outbox (statement_id, leaf)
    select gen_random_uuid(), decode(repeat(md5(n::text), 8), 'hex') from generate_series(1, ${LEAVES}::int) n`.execute(
    database.db,
  );
  const tenure = (await takeTree(database.db, { holder: 'bench', seconds: 600 }))!;
  let edge = await loadEdge(database.db, tenure);
  const begun = performance.now();
  for (;;) {
    const next = await integrateBatch(database, { edge, tenure, limit: 4_096, leaseSeconds: 600 });
    if (next.size === edge.size) break;
    edge = next;
  }
  const seconds = (performance.now() - begun) / 1000;
  await leaveTree(database.db, tenure);
  return LEAVES / seconds;
}

/** Inclusion proofs of any leaf, with the cache that the server keeps: ms each. */
async function proofs(): Promise<number[]> {
  const { size } = await treeHead(database.db);
  const prover = createProver(tileReader(database.db), { hasher: nodeTreeHasher, cachedTiles: 256 });
  const times: number[] = [];
  for (let i = 0; i < PROOFS; i++) {
    const begun = performance.now();
    await prover.inclusion(randomInt(size), size);
    times.push(performance.now() - begun);
  }
  return times;
}

const rounds = await business();
const latencies = await latency();
const integrated = await integration();
const proved = await proofs();
await database.close();
console.log(JSON.stringify({ rounds, latencies, integrated, proved, leaves: LEAVES }));
process.exit(0);
