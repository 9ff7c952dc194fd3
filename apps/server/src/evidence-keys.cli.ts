/**
 * Prints the public keys of the evidence log: its verification key (vkey), which witnesses are to be given, the one of
 * its SM2 signature, and the keys under which statements are submitted. Makes them when there are none.
 */
import fs from 'node:fs';
import { systemClock, toHex } from '@hufu/kernel';
import { formatVkey } from '@hufu/ledger';
import { openLogKeys, openSubmitKey } from './features/evidence/index.ts';
import { readConfig } from './infra/config/config.ts';
import { openVault } from './infra/vault/open-vault.ts';

const config = readConfig(process.env, (file) => fs.readFileSync(file, 'utf8'));
const { vault } = await openVault(config, systemClock);
const { logKey, sm2Key } = await openLogKeys(vault);
const { publicKey } = await openSubmitKey(vault);
console.log(`log ${formatVkey(logKey)}`);
console.log(`sm2 ${formatVkey(sm2Key)}`);
console.log(`submitter ${toHex(publicKey)}`);
