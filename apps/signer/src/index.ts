import { randomBytes } from 'node:crypto';
import { chmod, mkdir, unlink } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { dirname, join } from 'node:path';
import { type Clock, systemClock } from '@hufu/kernel';
import fastify, { type FastifyInstance } from 'fastify';
import { signerError } from './errors.ts';
import type { HalfLimits } from './halves/context.ts';
import { purgeUnconfirmed } from './halves/end-half.ts';
import { createHalves } from './halves/halves.ts';
import { openClients } from './http/clients.ts';
import { halfRoutes } from './http/half-routes.ts';
import { keyRoutes } from './http/key-routes.ts';
import { handleProblems } from './http/problems.ts';
import { openServiceKeys } from './keys/service-keys.ts';
import { type FolderOptions, openFolder } from './store/open-folder.ts';

export { passphraseWrap } from './master/master-key.ts';

export type VaultOptions = Omit<FolderOptions, 'clock'> & {
  /** Path of the Unix socket, or name of the pipe (\\\\.\\pipe\\…). */
  readonly socket: string;
  readonly limits: HalfLimits;
  /** Signatures with one service key. */
  readonly signaturesPerMinute: number;
  readonly clock?: Clock;
};

/** What an installation starts with; docs/runbooks/signer.md. */
export const VAULT_DEFAULTS = {
  limits: {
    signaturesPerMinute: 600,
    signaturesPerDay: 5_000,
    decryptionsPerMinute: 600,
    decryptionsPerDay: 2_000,
  },
  signaturesPerMinute: 600_000,
  segmentLength: 100_000,
} as const;

export type RunningVault = {
  readonly socket: string;
  /** File with the token of the web server. */
  readonly tokenFile: string;
  close(): Promise<void>;
};

const PURGE_EVERY_MS = 60_000;
/** Two hundred messages of a quarter of a megabyte do not fit: lists of long messages are split by the device. */
const BODY_LIMIT = 18 * 1024 * 1024;

/**
 * Starts the vault: opens the master key and the journal, and listens on the socket.
 *
 * @throws FOLDER_IN_USE, SIGNER_MASTER_KEY, SIGNER_PKCS11, SIGNER_JOURNAL
 */
export async function startVault(options: VaultOptions): Promise<RunningVault> {
  const { folder, socket, limits, signaturesPerMinute, clock = systemClock } = options;
  const opened = await openFolder({ ...options, clock });
  const { store } = opened;
  try {
    const random = (length: number) => new Uint8Array(randomBytes(length));
    await purgeUnconfirmed(store);
    const keys = await openServiceKeys({ store, random, signaturesPerMinute });
    const halves = createHalves({ store, random, limits });
    const clients = await openClients(join(folder, 'clients'));

    const server = fastify({
      logger: { level: 'warn' },
      bodyLimit: BODY_LIMIT,
      forceCloseConnections: true,
    });
    handleProblems(server);
    keyRoutes(server, clients, keys);
    halfRoutes(server, clients, halves);
    server.get('/v1/health', async () => ({ ready: true }));
    await listen(server, socket);

    const purge = setInterval(() => {
      purgeUnconfirmed(store).catch((error: unknown) => server.log.error({ err: error }, 'purge failed'));
    }, PURGE_EVERY_MS);
    purge.unref();
    return {
      socket,
      tokenFile: join(folder, 'clients', 'server.token'),
      async close() {
        clearInterval(purge);
        await server.close();
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** A socket that a killed vault has left behind is taken away; the folder's lock tells that none is alive. */
async function listen(server: FastifyInstance, socket: string): Promise<void> {
  const isPipe = socket.startsWith('\\\\');
  if (!isPipe) {
    await mkdir(dirname(socket), { recursive: true, mode: 0o700 });
    if (await answers(socket)) throw signerError('SIGNER_SOCKET_IN_USE');
    await unlink(socket).catch(() => undefined);
  }
  await server.listen({ path: socket });
  if (!isPipe) await chmod(socket, 0o600);
}

const answers = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const connection = createConnection(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
