import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock } from '@hufu/kernel';
import { nodeTokenCrypto } from '@hufu/soft-token/node';
import type { Bridge } from './bridge.ts';
import { softDriver } from './drivers/soft/soft-driver.ts';
import { openTokenFolder } from './drivers/soft/token-folder.ts';
import { tokenBoard } from './drivers/token-board.ts';
import type { TokenDriver } from './drivers/token-driver.ts';
import { addressOf } from './http/address.ts';
import { bridgeServer } from './http/server.ts';
import { operationBook } from './operations/operation-book.ts';
import { openApprovedSites } from './sites/approved-sites.ts';
import { pairingBook } from './sites/pairing-book.ts';
import { openCertificateCache } from './storage/certificate-cache.ts';
import { VERSION } from './version.ts';

export type BridgeOptions = {
  /** 0 takes a free port. */
  readonly port: number;
  readonly dataDir: string;
  /** Folder of the built pages. */
  readonly webDir: string;
  /** Origin of the hub. */
  readonly hub: string;
  /** Drivers beside the software tokens. */
  readonly drivers?: readonly TokenDriver[];
  readonly clock?: Clock;
};

export type RunningBridge = { readonly bridge: Bridge; close(): Promise<void> };

/** Starts the assistant on 127.0.0.1. */
export async function startBridge(options: BridgeOptions): Promise<RunningBridge> {
  const { dataDir, hub } = options;
  const clock = options.clock ?? systemClock;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const port = options.port === 0 ? await freePort() : options.port;
  const softTokens = { folder: await openTokenFolder(join(dataDir, 'tokens')), crypto: nodeTokenCrypto };
  const board = tokenBoard([softDriver(softTokens), ...(options.drivers ?? [])]);
  const sites = await openApprovedSites(join(dataDir, 'sites.json'));
  const bridge: Bridge = {
    version: VERSION,
    address: addressOf(port),
    dataDir,
    hub,
    clock,
    board,
    softTokens,
    sites,
    pairings: pairingBook(sites, clock),
    operations: operationBook(clock),
    certificateCache: await openCertificateCache(join(dataDir, 'certificates')),
  };
  const app = await bridgeServer(bridge, options.webDir);
  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch (error) {
    await board.close();
    throw error;
  }
  return {
    bridge,
    async close() {
      bridge.operations.close();
      bridge.pairings.close();
      await board.close();
      await app.close();
    },
  };
}

/** The port must be known before the pages' addresses are made, so it is looked for first. */
async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const found = probe.address();
      probe.close(() => resolve(typeof found === 'object' && found !== null ? found.port : 0));
    });
  });
}
