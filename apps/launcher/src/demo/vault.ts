import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { createSupervisor } from '../processes.ts';

type Setting = {
  readonly dist: string;
  readonly data: string;
  readonly supervisor: ReturnType<typeof createSupervisor>;
};

/** A socket's address holds 108 bytes on Linux, 104 on macOS, its last one zero (unix(7)). */
const LONGEST_SOCKET = 103;

/** Starts the vault, which holds every key of the hub. @returns the settings by which the server asks it */
export async function startSigner({ dist, data, supervisor }: Setting): Promise<Record<string, string>> {
  const folder = path.join(data, 'signer');
  const socket = socketFor(folder);
  const passphraseFile = path.join(data, 'demo', 'signer-passphrase');
  if (!fs.existsSync(passphraseFile)) {
    fs.writeFileSync(passphraseFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  await supervisor.start({
    name: 'signer',
    entry: path.join(dist, 'signer', 'main.js'),
    env: {
      HUFU_SIGNER_DATA: folder,
      HUFU_SIGNER_SOCKET: socket,
      HUFU_SIGNER_PASSPHRASE_FILE: passphraseFile,
    },
    ready: () => listens(socket),
  });
  return {
    HUFU_SIGNER_SOCKET: socket,
    HUFU_SIGNER_TOKEN_FILE: path.join(folder, 'clients', 'server.token'),
  };
}

function socketFor(folder: string): string {
  const name = `hufu-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = path.join(folder, 'signer.sock');
  return Buffer.byteLength(inside) <= LONGEST_SOCKET ? inside : path.join(os.tmpdir(), `${name}.sock`);
}

const listens = (socket: string) =>
  new Promise<boolean>((resolve) => {
    const probe = net.connect(socket);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
