import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, CodedError, type ErrorFields, fixedClock } from '@hufu/kernel';
import {
  passphraseWrap,
  type RunningVault,
  startVault,
  VAULT_DEFAULTS,
  type VaultOptions,
} from '../../src/index.ts';

export const PASSPHRASE = 'correct horse battery staple';
export const random = (length: number) => new Uint8Array(randomBytes(length));

export type TestVault = {
  readonly folder: string;
  readonly clock: ReturnType<typeof fixedClock>;
  /** Asks over the socket, as the server does. @throws CodedError */
  ask(path: string, body?: unknown, token?: string): Promise<Record<string, unknown>>;
  restart(): Promise<void>;
  close(): Promise<void>;
};

export const wrapOf = (passphrase = PASSPHRASE) => passphraseWrap({ passphrase, scryptN: 1_024, random });

/** The vault over a real socket, on a folder of its own or a given one. */
export async function testVault(
  options: Partial<VaultOptions> & { readonly folder?: string; readonly clock?: Clock } = {},
): Promise<TestVault> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'hufu-signer-'));
  const clock = fixedClock(options.clock?.now() ?? 1_800_000_000_000);
  const start = () =>
    startVault({
      ...VAULT_DEFAULTS,
      masterWrap: wrapOf(),
      socket: join(folder, 's.sock'),
      ...options,
      folder,
      clock,
    });
  let vault: RunningVault | undefined = await start();
  return {
    folder,
    clock,
    ask: (path, body, token = readFileSync(join(folder, 'clients', 'server.token'), 'utf8').trim()) =>
      askSocket({ socket: vault?.socket ?? '', path, body, token }),
    async restart() {
      await vault?.close();
      vault = await start();
    },
    async close() {
      await vault?.close();
      vault = undefined;
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Question = {
  readonly socket: string;
  readonly path: string;
  readonly body: unknown;
  readonly token: string;
};

export function askSocket({ socket, path, body, token }: Question): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        socketPath: socket,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
      },
      async (response) => {
        let text = '';
        for await (const part of response) text += String(part);
        const answer = JSON.parse(text) as Record<string, unknown>;
        if ((response.statusCode ?? 500) < 400) resolve(answer);
        else reject(new CodedError(String(answer['code']), answer as ErrorFields));
      },
    );
    request.once('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
