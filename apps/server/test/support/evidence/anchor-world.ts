import { fixedClock } from '@hufu/kernel';
import {
  type AnchorNotice,
  type ChainAnchoring,
  type ChainAnchoringOptions,
  createChainAnchoring,
} from '../../../src/features/evidence/anchors/chain-anchoring.ts';
import { type ChainSigner, openChainSigner } from '../../../src/features/evidence/anchors/chain-signer.ts';
import { deployContract } from '../../../src/features/evidence/anchors/deploy-contract.ts';
import type { AnchorDriver, ChainIdentity } from '../../../src/features/evidence/anchors/driver.ts';
import { createEvmDriver } from '../../../src/features/evidence/anchors/evm-driver.ts';
import { anchorTables } from '../../../src/features/evidence/anchors/tables.ts';
import type { Database } from '../../../src/infra/database/database.ts';
import type { KeyVault } from '../../../src/infra/vault/key-vault.ts';
import type { Anvil } from './anvil.ts';
import { type MemoryLog, memoryLog } from './memory-log.ts';

export const OWNER = '0x00000000000000000000000000000000000000aa';

export type AnchorWorld = {
  readonly log: MemoryLog;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly driver: AnchorDriver;
  readonly signer: ChainSigner;
  readonly notices: AnchorNotice[];
  readonly anchoring: ChainAnchoring;
  /** The server after a restart: nothing kept but the database. */
  restarted(changes?: Partial<ChainAnchoringOptions>): ChainAnchoring;
  /** state and size of every anchor of this world, in the order of their making. */
  states(): Promise<string[]>;
  /** Runs until the states are these, or a while has passed: the node mines when it gets to it. @returns the states */
  runUntil(states: readonly string[], anchoring?: ChainAnchoring): Promise<string[]>;
};

export type AnchorWorldOptions = {
  readonly anvil: Anvil;
  readonly database: Database;
  readonly vault: KeyVault;
  readonly confirmations?: number;
  readonly seed?: string;
  /** The contract of another world. */
  readonly chain?: ChainIdentity;
};

let worlds = 0;

/** A ledger of its own and a contract of its own on a shared node. */
export async function anchorWorld(options: AnchorWorldOptions): Promise<AnchorWorld> {
  const { anvil, database, vault, confirmations = 0 } = options;
  const { rpcUrl, chainId } = anvil;
  const signer = await openChainSigner(vault);
  const chain = options.chain ?? {
    id: chainId,
    name: '测试链',
    contract: (await deployContract({ rpcUrl, signer, owner: OWNER })).contract,
    confirmations,
  };
  worlds += 1;
  const log = memoryLog(options.seed ?? `world ${worlds}`, `sigsum.org/v1/tree/${worlds}`);
  const clock = fixedClock(Date.now());
  const notices: AnchorNotice[] = [];
  const driver = createEvmDriver({ rpcUrl, chain, signer });
  const restarted = (changes: Partial<ChainAnchoringOptions> = {}) =>
    createChainAnchoring({
      database,
      clock,
      driver,
      source: log,
      everySeconds: 60,
      recheckSeconds: 0,
      onEvent: (notice) => notices.push(notice),
      ...changes,
    });
  const anchoring = restarted();
  const states = async () => {
    const rows = await anchorTables(database.db)
      .selectFrom('ledger_anchor')
      .select(['state', 'size'])
      .where('origin', '=', log.origin)
      .orderBy('id')
      .execute();
    return rows.map(({ state, size }) => `${state} ${size}`);
  };
  return {
    log,
    clock,
    driver,
    signer,
    notices,
    anchoring,
    restarted,
    states,
    async runUntil(wanted, by = anchoring) {
      let found: string[] = [];
      for (let tries = 0; tries < 1_000; tries++) {
        await by.run();
        found = await states();
        if (found.join() === wanted.join()) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return found;
    },
  };
}
