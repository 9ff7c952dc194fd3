/**
 * The keys that sign the trust list, one a line: `kid algorithm SubjectPublicKeyInfo-in-base64`. Platforms pin them; they
 * are handed over by other ways than the list itself, so that who can change the list cannot change these.
 *
 *   node trust-list-keys.cli.js                     prints those in force
 *   node trust-list-keys.cli.js prepare             makes those to come, publishes a list that both sign, prints the new
 *   node trust-list-keys.cli.js rotate [--at-once]  the new ones sign alone from now on; prints them
 *
 * Stop all servers before anything but printing (docs/runbooks/keys.md).
 */
import fs from 'node:fs';
import { CodedError, systemClock, toBase64 } from '@hufu/kernel';
import type { PinnedKey } from '@hufu/pki';
import { readRegionProfile } from './features/site/index.ts';
import { createTrust, openListKeys, type Trust } from './features/trust/index.ts';
import { layGround } from './ground.ts';
import { readConfig } from './infra/config/config.ts';
import { openVault } from './infra/vault/open-vault.ts';
import { placesOf } from './places.ts';

const USAGE = 'usage: node trust-list-keys.cli.js [prepare | rotate [--at-once]]';

try {
  for (const { kid, algorithm, publicKey } of await keysAfter(process.argv.slice(2)))
    console.log(`${kid} ${algorithm} ${toBase64(publicKey)}`);
} catch (error) {
  const said =
    error instanceof CodedError ? { code: error.code, fields: error.fields } : { error: String(error) };
  console.error(JSON.stringify(said));
  process.exitCode = 1;
}

async function keysAfter([command, option]: readonly string[]): Promise<readonly PinnedKey[]> {
  const config = readConfig(process.env, (file) => fs.readFileSync(file, 'utf8'));
  if (command === undefined) return openListKeys((await openVault(config, systemClock)).vault);
  const work = workOf(command, option);
  const { migrations, data } = placesOf(import.meta.url);
  const infra = await layGround({ config, clock: systemClock, migrations });
  try {
    const { regionCode: region } = readRegionProfile(data, config.regionProfile);
    return await work(createTrust(infra, { region }));
  } finally {
    await infra.database.close();
  }
}

function workOf(
  command: string,
  option: string | undefined,
): (trust: Trust) => Promise<readonly PinnedKey[]> {
  if (command === 'prepare' && option === undefined) return (trust) => trust.prepareListKeys();
  const atOnce = option === '--at-once';
  if (command === 'rotate' && (atOnce || option === undefined)) {
    return (trust) => trust.changeListKeys({ atOnce });
  }
  throw new Error(USAGE);
}
