import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '@hufu/kernel';
import { systemRandom } from '../../../src/infra/random.ts';
import { openFileVault } from '../../../src/infra/vault/file-vault.ts';
import type { KeyVault } from '../../../src/infra/vault/key-vault.ts';

export type TestVault = {
  readonly directory: string;
  readonly vault: KeyVault;
  dispose(): void;
};

/** A vault in a folder of its own. */
export function testVault(): TestVault {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-anchor-'));
  const vault = openFileVault({
    scryptN: 1_024,
    file: path.join(directory, 'vault.json'),
    passphrase: randomBytes(12).toString('hex'),
    clock: systemClock,
    random: systemRandom,
  });
  return { directory, vault, dispose: () => fs.rmSync(directory, { recursive: true, force: true }) };
}
