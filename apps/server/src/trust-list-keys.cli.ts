/** Prints the keys that platforms pin for the trust list, one per line: id, algorithm, public key (SPKI, base64). */
import fs from 'node:fs';
import { systemClock, toBase64 } from '@hufu/kernel';
import { openVault } from './ground.ts';
import { readConfig } from './infra/config/config.ts';

/** Purpose under which the trust list's keys stand in the vault. */
const PURPOSE = 'trust-list';

const config = readConfig(process.env, (file) => fs.readFileSync(file, 'utf8'));
const vault = openVault(config, systemClock);
for (const { id, algorithm } of vault.list(PURPOSE)) {
  console.log(`${id} ${algorithm} ${toBase64(vault.publicKey(id))}`);
}
