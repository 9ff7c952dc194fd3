import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  passphraseWrap,
  type RunningVault,
  startVault,
  VAULT_DEFAULTS,
} from '../../../../signer/src/index.ts';
import type { SignerConfig } from '../../../src/infra/config/config.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));

export type TestVaultProcess = SignerConfig & {
  /** The settings by which a server finds it. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
};

/** The vault behind a real socket, in a folder of its own. */
export async function vaultProcess(): Promise<TestVaultProcess> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-vault-'));
  const socket = path.join(folder, 's.sock');
  const masterWrap = passphraseWrap({ passphrase: 'a passphrase of tests', scryptN: 1_024, random });
  const open = () => startVault({ ...VAULT_DEFAULTS, masterWrap, socket, folder });
  let running: RunningVault | undefined = await open();
  const { tokenFile } = running;
  const stop = async () => {
    await running?.close();
    running = undefined;
  };
  return {
    socket,
    tokenFile,
    settings: { HUFU_SIGNER_SOCKET: socket, HUFU_SIGNER_TOKEN_FILE: tokenFile },
    stop,
    async start() {
      running = await open();
    },
    async dispose() {
      await stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
