/**
 * The contract that anchors the ledger, and the account that anchors (docs/runbooks/anchors.md):
 *
 *   node anchor-contract.cli.js address            prints the anchoring account, making its key when there is none
 *   node anchor-contract.cli.js rotate             retires the key, makes another one and prints its account
 *   node anchor-contract.cli.js deploy <owner>     deploys through HUFU_CHAIN_RPC_URL; prints address, chain and block
 *   node anchor-contract.cli.js check <contract>   tells whether exactly this release's code lies there
 *
 * Stop the server for `rotate`, and while the key does not exist yet: one process at a time writes the vault.
 */
import fs from 'node:fs';
import { CodedError, systemClock } from '@hufu/kernel';
import { z } from 'zod';
import { openChainSigner, replaceChainSigner } from './features/evidence/anchors/chain-signer.ts';
import { deployContract, isOurContract } from './features/evidence/anchors/deploy-contract.ts';
import { readConfig } from './infra/config/config.ts';
import { openVault } from './infra/vault/open-vault.ts';

const USAGE = 'usage: node anchor-contract.cli.js address | rotate | deploy <owner> | check <contract>';
const Address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const Node = z.url({ protocol: /^https?$/ });

try {
  await run(process.argv.slice(2));
} catch (error) {
  const said =
    error instanceof CodedError ? { code: error.code, fields: error.fields } : { error: String(error) };
  console.error(JSON.stringify(said));
  process.exitCode = 1;
}

async function run([command, argument]: readonly string[]): Promise<void> {
  const rpcUrl = process.env['HUFU_CHAIN_RPC_URL'];
  if (command === 'check') {
    const ours = await isOurContract(Node.parse(rpcUrl), Address.parse(argument));
    console.log(ours ? 'the code is that of this release' : 'other code, or none');
    if (!ours) process.exitCode = 1;
    return;
  }
  if (command !== 'address' && command !== 'rotate' && command !== 'deploy') throw new Error(USAGE);
  const config = readConfig(withoutChain(process.env), (file) => fs.readFileSync(file, 'utf8'));
  const { vault } = await openVault(config, systemClock);
  const signer = command === 'rotate' ? await replaceChainSigner(vault) : await openChainSigner(vault);
  if (command !== 'deploy') {
    console.log(signer.address);
    return;
  }
  const owner = Address.parse(argument);
  console.log(JSON.stringify(await deployContract({ rpcUrl: Node.parse(rpcUrl), signer, owner })));
}

/** The node's address is known before the contract's: the chain's settings are only whole afterwards. */
function withoutChain(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('HUFU_CHAIN_')));
}
