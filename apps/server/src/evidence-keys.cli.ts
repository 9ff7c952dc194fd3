/**
 * The keys of the evidence log (docs/runbooks/evidence-log.md):
 *
 *   node evidence-keys.cli.js                        prints them: the log's verification key (vkey), which witnesses
 *                                                    are to be given, the one of its SM2 signature, and the key under
 *                                                    which statements are submitted. Makes them when there are none.
 *   node evidence-keys.cli.js prepare                makes the keys of the log that is to come, and prints them
 *   node evidence-keys.cli.js rotate [--unanchored]  ends the log; its tree goes on under the prepared keys
 *   node evidence-keys.cli.js rotate-submitter       retires the submitter's key, makes another one and prints it
 *
 * Stop all servers before anything but printing.
 */
import fs from 'node:fs';
import { CodedError, systemClock, toHex } from '@hufu/kernel';
import { formatVkey } from '@hufu/ledger';
import {
  type LogKeys,
  openLogKeys,
  openSubmitKey,
  prepareLogKeys,
  rotateLog,
  rotateSubmitKey,
} from './features/evidence/index.ts';
import { layGround } from './ground.ts';
import { readConfig } from './infra/config/config.ts';
import type { KeyVault } from './infra/vault/key-vault.ts';
import { openVault } from './infra/vault/open-vault.ts';
import { placesOf } from './places.ts';

const USAGE = 'usage: node evidence-keys.cli.js [prepare | rotate [--unanchored] | rotate-submitter]';

try {
  await run(process.argv.slice(2));
} catch (error) {
  const said =
    error instanceof CodedError ? { code: error.code, fields: error.fields } : { error: String(error) };
  console.error(JSON.stringify(said));
  process.exitCode = 1;
}

async function run([command, option]: readonly string[]): Promise<void> {
  const config = readConfig(process.env, (file) => fs.readFileSync(file, 'utf8'));
  if (command === 'rotate') return rotate(option);
  if (command !== undefined && command !== 'prepare' && command !== 'rotate-submitter')
    throw new Error(USAGE);
  const { vault } = await openVault(config, systemClock);
  if (command === 'prepare') return printLog(await prepareLogKeys(vault));
  if (command === 'rotate-submitter') await rotateSubmitKey(vault);
  else printLog(await openLogKeys(vault));
  await printSubmitter(vault);

  async function rotate(flag: string | undefined): Promise<void> {
    if (flag !== undefined && flag !== '--unanchored') throw new Error(USAGE);
    const { migrations } = placesOf(import.meta.url);
    const infra = await layGround({ config, clock: systemClock, migrations });
    try {
      const { former, final, keys } = await rotateLog(infra, { unanchored: flag !== undefined });
      console.log(`ended ${former} ${final.size} ${toHex(final.root)}`);
      printLog(keys);
    } finally {
      await infra.database.close();
    }
  }
}

function printLog({ logKey, sm2Key }: LogKeys): void {
  console.log(`log ${formatVkey(logKey)}`);
  console.log(`sm2 ${formatVkey(sm2Key)}`);
}

async function printSubmitter(vault: KeyVault): Promise<void> {
  const { publicKey } = await openSubmitKey(vault);
  console.log(`submitter ${toHex(publicKey)}`);
}
