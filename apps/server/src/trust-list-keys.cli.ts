/**
 * Prints the keys that sign the trust list, one a line: `kid algorithm SubjectPublicKeyInfo-in-base64`. Platforms pin
 * them; they are handed over by other ways than the list itself, so that who can change the list cannot change these.
 */
import fs from 'node:fs';
import { systemClock, toBase64 } from '@hufu/kernel';
import { TRUST_LIST_PURPOSE } from './features/trust/index.ts';
import { readConfig } from './infra/config/config.ts';
import { openVault } from './infra/vault/open-vault.ts';

const config = readConfig(process.env, (file) => fs.readFileSync(file, 'utf8'));
const { vault } = await openVault(config, systemClock);
for (const { id, algorithm } of vault.list(TRUST_LIST_PURPOSE).filter(({ state }) => state === 'current')) {
  console.log(`${id} ${algorithm} ${toBase64(vault.publicKey(id))}`);
}
