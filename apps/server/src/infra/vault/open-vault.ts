import path from 'node:path';
import type { Clock } from '@hufu/kernel';
import type { Config } from '../config/config.ts';
import { systemRandom } from '../random.ts';
import { openFileVault } from './file-vault.ts';
import { type Halves, remoteHalves } from './halves.ts';
import type { KeyVault } from './key-vault.ts';
import { demoPassphrase } from './passphrase.ts';
import { openRemoteVault } from './remote-vault.ts';
import { signerClient } from './signer-client.ts';

export type OpenVault = {
  readonly vault: KeyVault;
  /** Undefined without a vault process: phones' keys need one. */
  readonly halves: Halves | undefined;
};

/** The vault process where one is configured, else the encrypted file. @throws VAULT_UNAVAILABLE, VAULT_PASSPHRASE */
export async function openVault(config: Config, clock: Clock): Promise<OpenVault> {
  if (config.signer !== undefined) {
    const client = signerClient(config.signer);
    const vault = await openRemoteVault({ client, now: () => clock.now() });
    return { vault, halves: remoteHalves(client) };
  }
  const folder = path.join(config.dataDirectory, 'vault');
  const passphrase =
    config.vaultPassphrase ?? demoPassphrase(path.join(folder, 'demo-passphrase'), systemRandom);
  const file = path.join(folder, 'keys.json');
  return { vault: openFileVault({ file, passphrase, clock, random: systemRandom }), halves: undefined };
}
