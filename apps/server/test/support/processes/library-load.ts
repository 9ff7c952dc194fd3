/**
 * Loads of the entity library on a PostgreSQL, for the benches `library`, `search`, `import` and `export`: prints what
 * was measured as JSON on its last line. First argument: `Orders` as JSON.
 */
import fs from 'node:fs';
import { systemClock } from '@hufu/kernel';
import { fillDatabase } from '../../../src/generate/fill-database.ts';
import { layGround } from '../../../src/ground.ts';
import { readConfig } from '../../../src/infra/config/config.ts';
import { apiLoad } from '../library-loads/api.ts';
import { exportLoad } from '../library-loads/export.ts';
import { rowsOf } from '../library-loads/ground.ts';
import { importLoad } from '../library-loads/import.ts';
import { searchLoad } from '../library-loads/search.ts';

const LOADS = { records: apiLoad, search: searchLoad, import: importLoad, export: exportLoad };

type Orders = {
  readonly load: keyof typeof LOADS;
  readonly url: string;
  readonly directory: string;
  readonly migrations: string;
  readonly port: number;
  /** Organisations, growing. */
  readonly sizes: readonly number[];
};

const SEED = 1;
const UNLIMITED = JSON.stringify({ request: { requests: 1_000_000, seconds: 1 } });

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const infra = await layGround({
  config: readConfig(
    {
      HUFU_MODE: 'demo',
      HUFU_DATA: orders.directory,
      HUFU_PORT: String(orders.port),
      HUFU_LOG_LEVEL: 'error',
      HUFU_RATE_LIMITS: UNLIMITED,
      HUFU_DATABASE_QUERY_SECONDS: '600',
      DATABASE_URL: orders.url,
    },
    (file) => fs.readFileSync(file, 'utf8'),
  ),
  clock: systemClock,
  migrations: orders.migrations,
});

const count = async (table: string): Promise<number> =>
  (await rowsOf<{ count: number }>(infra, `select count(*)::int as count from ${table}`))[0]!.count;

/** @returns organisations a second */
async function fill(entities: number): Promise<number> {
  // A database that is kept between runs has some already.
  const from = await count('library_entity');
  if (from >= entities) return 0;
  const begun = performance.now();
  await fillDatabase(infra, {
    entities,
    from,
    seed: SEED,
    onProgress: (done) => {
      if (done % 10_000 === 0) console.error(`${done} of ${entities} organisations`);
    },
  });
  const seconds = (performance.now() - begun) / 1000;
  await rowsOf(infra, 'vacuum analyze');
  return (entities - from) / seconds;
}

const grown: Record<string, number>[] = [];
const measure = await LOADS[orders.load](infra);
for (const entities of orders.sizes) {
  const filling = await fill(entities);
  const records = await count('library_record_version');
  grown.push({ entities, records, filling, ...(await measure(entities)) });
}
console.log(JSON.stringify(grown));
process.exit(0);
