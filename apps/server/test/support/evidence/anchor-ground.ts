import { LEDGER_WITNESS_ABI } from '@hufu/contracts-evm';
import { encodeFunctionData } from 'viem';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { AnchorPlace } from '../../../src/features/evidence/anchors/anchor-store.ts';
import type { ChainAnchoring } from '../../../src/features/evidence/anchors/chain-anchoring.ts';
import type { ChainSigner } from '../../../src/features/evidence/anchors/chain-signer.ts';
import type { Database } from '../../../src/infra/database/database.ts';
import { testDatabase } from '../database.ts';
import { type AnchorWorld, anchorWorld, OWNER } from './anchor-world.ts';
import { type Anvil, startAnvil } from './anvil.ts';
import { type TestVault, testVault } from './test-vault.ts';

export type AnchorGround = {
  readonly anvil: Anvil;
  readonly database: Database;
  readonly keys: TestVault;
  world(options?: { readonly confirmations?: number }): Promise<AnchorWorld>;
};

/** One node, one database and one vault for the tests of a file; every world on them has a ledger and a contract of its own. */
export function anchorGround(): AnchorGround {
  let anvil: Anvil;
  let database: Database;
  let keys: TestVault;
  beforeAll(async () => {
    keys = testVault();
    [anvil, database] = await Promise.all([startAnvil(), testDatabase()]);
  });
  beforeEach(() => anvil.rpc('evm_setAutomine', true));
  afterAll(async () => {
    await anvil?.stop();
    await database?.close();
    keys?.dispose();
  });
  return {
    get anvil() {
      return anvil;
    },
    get database() {
      return database;
    },
    get keys() {
      return keys;
    },
    world: (options = {}) => anchorWorld({ anvil, database, vault: keys.vault, ...options }),
  };
}

export const placeOf = ({ driver, log }: AnchorWorld): AnchorPlace => ({
  chain: driver.chain,
  origin: log.origin,
});

export async function settles(world: AnchorWorld, states: readonly string[], anchoring?: ChainAnchoring) {
  expect(await world.runUntil(states, anchoring)).toEqual(states);
}

/** The owner's act. */
export async function admit(
  anvil: Anvil,
  { contract }: { readonly contract: string },
  { signer, allowed = true }: { readonly signer: ChainSigner; readonly allowed?: boolean },
): Promise<void> {
  await anvil.rpc('anvil_impersonateAccount', OWNER);
  const args = [signer.address, allowed] as const;
  const data = encodeFunctionData({ abi: LEDGER_WITNESS_ABI, functionName: 'setPublisher', args });
  await anvil.transact({ from: OWNER, to: contract, data });
}
