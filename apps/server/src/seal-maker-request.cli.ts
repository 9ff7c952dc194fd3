/**
 * Prints the certificate request of the seal maker (制章者), for an authority to certify: the name of the organisation
 * is the one argument. Makes the key in the vault when there is none.
 */
import fs from 'node:fs';
import { systemClock } from '@hufu/kernel';
import { requestMakerCertificate } from './features/signing/index.ts';
import { readConfig } from './infra/config/config.ts';
import { openVault } from './infra/vault/open-vault.ts';

const name = process.argv[2]?.trim();
if (!name) {
  console.error(
    'usage: node dist/server/seal-maker-request.cli.js <name of the organisation that makes seals>',
  );
  process.exit(2);
}
const config = readConfig(process.env, (file) => fs.readFileSync(file, 'utf8'));
const { vault } = await openVault(config, systemClock);
process.stdout.write(await requestMakerCertificate(vault, name));
