/**
 * A reader that follows the feed while many write, on a PostgreSQL, for `npm run bench -- feed`: prints what was
 * measured as JSON on its last line. First argument: `Orders` as JSON.
 */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@hufu/kernel';
import { type RawBuilder, sql } from 'kysely';
import { openLogKeys, openSubmitKey } from '../../../src/features/evidence/log-keys.ts';
import { logFiles } from '../../../src/features/evidence/publish/publish-log.ts';
import { createRecorder } from '../../../src/features/evidence/recording/recorder.ts';
import { runSequencer } from '../../../src/features/evidence/sequencer/run-sequencer.ts';
import { createSequencer } from '../../../src/features/evidence/sequencer/sequencer.ts';
import { changeLog } from '../../../src/features/evidence/store/changes.ts';
import { createAudit } from '../../../src/infra/audit/audit.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { migrate, readMigrations } from '../../../src/infra/database/migrate.ts';
import { openPostgresql } from '../../../src/infra/database/open.ts';
import { systemRandom } from '../../../src/infra/random.ts';
import { openFileVault } from '../../../src/infra/vault/file-vault.ts';

type Orders = {
  readonly url: string;
  readonly directory: string;
  readonly migrations: string;
  readonly writes: number;
};

const WRITERS = 32;
/** Changes of one transaction, e.g. of an import: they commit together, out of turn with the others. */
const TOGETHER = 20;
const PAGE = 1_000;

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const vault = openFileVault({
  file: path.join(orders.directory, 'vault.json'),
  passphrase: 'of a bench alone',
  clock: systemClock,
  random: systemRandom,
});
const keys = await openLogKeys(vault);
const database = await openPostgresql({ url: orders.url, poolSize: WRITERS + 6 });
await migrate(database, readMigrations(orders.migrations));
const submitter = await openSubmitKey(vault);
const audit = createAudit(database, createRecorder({ clock: systemClock, random: systemRandom, submitter }));
const sequencer = runSequencer(
  createSequencer({
    database,
    clock: systemClock,
    keys,
    files: logFiles(path.join(orders.directory, 'log')),
    ask: () => Promise.reject(new Error('nobody to ask')),
    settings: { witnesses: [], quorum: 0, batch: 4_096, leaseSeconds: 6 },
    seenElsewhere: async () => [],
  }),
  { keepMs: 2_000, onFailure: (error) => console.error(error) },
);

/** Entities of which the reader may know every second one. */
const isTold = (entity: number): boolean => entity % 2 === 0;
const audience = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`right(${id}, 1) in ('0','2','4','6','8')`;

const each = Math.ceil(orders.writes / WRITERS / TOGETHER);
let committed = 0;
let takenBack = 0;

async function writer(number: number): Promise<void> {
  for (let round = 0; round < each; round += 1) {
    const entity = (number * each + round) % 10_000;
    await withTransaction(database, async (tx) => {
      for (let i = 0; i < TOGETHER; i += 1) {
        await audit.record(tx, {
          actor: { kind: 'entity', id: `entity-${entity}` },
          action: 'record.submit',
          subject: { kind: 'record', id: `${number}-${round}-${i}` },
          entity: `entity-${entity}`,
          after: { type: 'award', event: 'submit', version: 1, state: 'submitted' },
        });
      }
      // Some stay open while others overtake them, some come to nothing.
      if (round % 50 === number) await pause(20);
      if (round % 97 === 96) throw new Error('taken back');
    }).then(
      () => {
        committed += TOGETHER;
      },
      (error: unknown) => {
        if (!(error instanceof Error) || error.message !== 'taken back') throw error;
        takenBack += TOGETHER;
      },
    );
  }
}

/** Every committed change of an entity that is told, once, rising, each writer's own in its order. */
class Tally {
  told = 0;
  disordered = 0;
  repeated = 0;
  #last = -1;
  readonly #seen = new Set<string>();
  readonly #rounds = new Map<string, number>();

  take(index: number, record: string): void {
    this.told += 1;
    if (index <= this.#last) this.disordered += 1;
    this.#last = index;
    if (this.#seen.has(record)) this.repeated += 1;
    this.#seen.add(record);
    const [writing = '', round = '', at = ''] = record.split('-');
    const place = Number(round) * TOGETHER + Number(at);
    if (place <= (this.#rounds.get(writing) ?? -1)) this.disordered += 1;
    this.#rounds.set(writing, place);
  }

  has(record: string): boolean {
    return this.#seen.has(record);
  }
}

const tally = new Tally();
let writing = true;

async function reader(): Promise<number> {
  let after = -1;
  let behind = 0;
  for (;;) {
    const wasWriting = writing;
    const size = await changeLog.size(database.db, false);
    const { changes, next } = await changeLog.read(database.db, {
      after,
      limit: PAGE,
      size,
      kinds: ['record'],
      audience,
    });
    for (const { index, subject } of changes) tally.take(index, subject.id);
    behind = Math.max(behind, size - 1 - next);
    if (next === after) {
      const { rows } = await sql<{ waiting: boolean }>`
        select exists (select from ledger_outbox) as waiting`.execute(database.db);
      if (!wasWriting && rows[0]?.waiting === false && (await changeLog.size(database.db, false)) === size) {
        return behind;
      }
      await pause(10);
    }
    after = next;
  }
}

const begun = performance.now();
const following = reader();
await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
const wrote = performance.now();
writing = false;
const behind = await following;
const ended = performance.now();

let lost = 0;
for (let number = 0; number < WRITERS; number += 1) {
  for (let round = 0; round < each; round += 1) {
    const entity = (number * each + round) % 10_000;
    if (round % 97 === 96 || !isTold(entity)) continue;
    for (let i = 0; i < TOGETHER; i += 1) if (!tally.has(`${number}-${round}-${i}`)) lost += 1;
  }
}
await sequencer.stop();
await database.close();
const { told, disordered, repeated } = tally;
console.log(
  JSON.stringify({
    committed,
    takenBack,
    told,
    lost,
    disordered,
    repeated,
    behind,
    writesPerSecond: committed / ((wrote - begun) / 1000),
    catchUpMs: ended - wrote,
  }),
);
process.exit(0);
