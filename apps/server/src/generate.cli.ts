/**
 * Fills the database with organisations and their records, to be measured: `--entities N` and, for another world,
 * `--seed S`. The database is the one of the settings (`DATABASE_URL`, or the embedded one, with the server stopped).
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '@hufu/kernel';
import { fillDatabase } from './generate/fill-database.ts';
import { layGround } from './ground.ts';
import { readConfig } from './infra/config/config.ts';
import { placesOf } from './places.ts';

const { values } = parseArgs({
  options: { entities: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const entities = Number(values.entities);
const seed = Number(values.seed);
if (!Number.isInteger(entities) || entities < 1 || !Number.isInteger(seed)) {
  console.error('usage: npm run generate -- --entities <how many> [--seed <whole number>]');
  process.exit(2);
}
const config = readConfig(process.env, (file) => fs.readFileSync(file, 'utf8'));
const infra = await layGround({
  config,
  clock: systemClock,
  migrations: placesOf(import.meta.url).migrations,
});
const begun = Date.now();
let told = 0;
try {
  await fillDatabase(infra, {
    entities,
    seed,
    onProgress(done) {
      if (done - told < 10_000 && done < entities) return;
      told = done;
      console.log(`${done} of ${entities} organisations, ${Math.round((Date.now() - begun) / 1000)} s`);
    },
  });
} finally {
  await infra.database.close();
}
