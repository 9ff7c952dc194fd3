/**
 * Founds an installation: `node bootstrap.cli.js foundation.json`, once, with the server stopped when the database
 * is the embedded one. The file names the first operators, and the authorities that issued their certificates:
 * {"operators": [{"name", "roles", "certificate"}, …], "profiles": […], "authorities": […]}, certificates as base64
 * of DER; authorities and profiles as the desk's forms have them.
 */
import fs from 'node:fs';
import { CodedError, systemClock } from '@hufu/kernel';
import { compose } from './compose.ts';
import { Foundation } from './found-installation.ts';
import { layGround } from './ground.ts';
import { readConfig } from './infra/config/config.ts';
import { placesOf } from './places.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node bootstrap.cli.js foundation.json');
  process.exit(2);
}

try {
  await bootstrap(file);
  console.log('操作员已建立。The operators are in place.');
} catch (error) {
  const said =
    error instanceof CodedError ? { code: error.code, fields: error.fields } : { error: String(error) };
  console.error(JSON.stringify(said));
  process.exitCode = 1;
}

async function bootstrap(named: string): Promise<void> {
  const foundation = Foundation.parse(JSON.parse(fs.readFileSync(named, 'utf8')));
  const places = placesOf(import.meta.url);
  const config = readConfig(process.env, (text) => fs.readFileSync(text, 'utf8'));
  const infra = await layGround({ config, clock: systemClock, migrations: places.migrations });
  try {
    const { found } = await compose(infra, places);
    await found(foundation);
  } finally {
    await infra.database.close();
  }
}
