import { inspect } from 'node:util';
import { LEDGER_WITNESS_ABI } from '@hufu/contracts-evm';
import { bytesToHex, encodeFunctionData } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  anchorOnItsWay,
  finalAnchorCovering,
  waitingAnchor,
} from '../../../src/features/evidence/anchors/anchor-store.ts';
import type { ChainAnchoring } from '../../../src/features/evidence/anchors/chain-anchoring.ts';
import {
  type ChainSigner,
  openChainSigner,
  replaceChainSigner,
} from '../../../src/features/evidence/anchors/chain-signer.ts';
import type { AnchorDriver } from '../../../src/features/evidence/anchors/driver.ts';
import { anchorError } from '../../../src/features/evidence/anchors/errors.ts';
import { createEvmDriver } from '../../../src/features/evidence/anchors/evm-driver.ts';
import { signLegacy } from '../../../src/features/evidence/anchors/evm-transaction.ts';
import type { Database } from '../../../src/infra/database/database.ts';
import { testDatabase } from '../../support/database.ts';
import { type AnchorWorld, anchorWorld, OWNER } from '../../support/evidence/anchor-world.ts';
import { type Anvil, hasAnvil, startAnvil } from '../../support/evidence/anvil.ts';
import { memoryLog } from '../../support/evidence/memory-log.ts';
import { type TestVault, testVault } from '../../support/evidence/test-vault.ts';

describe.skipIf(!hasAnvil)('anchoring on a real node', () => {
  let anvil: Anvil;
  let database: Database;
  let keys: TestVault;
  const worldOf = (options: { confirmations?: number } = {}): Promise<AnchorWorld> =>
    anchorWorld({ anvil, database, vault: keys.vault, ...options });
  const place = ({ driver, log }: AnchorWorld) => ({ chain: driver.chain, origin: log.origin });

  beforeAll(async () => {
    keys = testVault();
    [anvil, database] = await Promise.all([startAnvil(), testDatabase()]);
  });
  beforeEach(() => anvil.rpc('evm_setAutomine', true));
  afterAll(async () => {
    await anvil.stop();
    await database.close();
    keys.dispose();
  });

  test('a checkpoint goes to the chain, and a larger one extends it', async () => {
    const world = await worldOf();
    await world.anchoring.run();
    expect(await world.states()).toEqual([]);
    world.log.grow(5);
    await settles(world, ['final 5']);
    world.log.grow(8);
    await settles(world, ['final 5']);
    world.clock.advance(60_000);
    await settles(world, ['final 5', 'final 13']);
    const head = await world.anchoring.head();
    expect(head).toEqual({ size: 13, root: (await world.log.newestConfirmed())?.root });
  });

  test('a leaf is covered by the first final anchor of a larger tree, and by none of a smaller one', async () => {
    const world = await worldOf();
    world.log.grow(4);
    await settles(world, ['final 4']);
    world.log.grow(3);
    world.clock.advance(60_000);
    await settles(world, ['final 4', 'final 7']);
    const { chain } = world.driver;
    const covering = (index: number) => finalAnchorCovering(database.db, world.log.origin, { index, chain });
    expect((await covering(3))?.checkpoint.size).toBe(4);
    expect((await covering(4))?.checkpoint.size).toBe(7);
    expect(await covering(7)).toBeUndefined();
    const anchor = await covering(0);
    expect(anchor?.block?.number).toBeGreaterThan(0);
    expect(Math.abs((anchor?.block?.time ?? 0) - Date.now())).toBeLessThan(3_600_000);
    expect(anchor?.transaction?.hash).toMatch(/^0x[0-9a-f]{64}$/);
  });

  test('it is final only once as many blocks follow as the chain demands', async () => {
    const world = await worldOf({ confirmations: 2 });
    world.log.grow(3);
    await settles(world, ['mined 3']);
    await anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['mined 3']);
    await anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['final 3']);
  });

  test('while one is on its way no second one is signed; of those that wait only the newest is sent', async () => {
    const world = await worldOf();
    await anvil.rpc('evm_setAutomine', false);
    world.log.grow(2);
    await world.anchoring.run();
    world.log.grow(2);
    world.clock.advance(60_000);
    await settles(world, ['signed 2']);
    await anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['final 2', 'signed 4']);
    await anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['final 2', 'final 4']);
  });

  test('a node that is down: the newest checkpoint waits, older ones give way, and it gets through', async () => {
    const world = await worldOf();
    const unreachable: AnchorDriver = {
      ...world.driver,
      readHead: async () => {
        throw anchorError('ANCHOR_NODE_UNREACHABLE');
      },
    };
    const anchoring = world.restarted({ driver: unreachable });
    world.log.grow(2);
    await expect(anchoring.run()).rejects.toThrow('ANCHOR_NODE_UNREACHABLE');
    const waiting = await waitingAnchor(database.db, place(world));
    expect(waiting).toMatchObject({ problem: 'ANCHOR_NODE_UNREACHABLE', failures: 1 });
    await anchoring.run();
    expect((await waitingAnchor(database.db, place(world)))?.failures).toBe(1);
    world.log.grow(1);
    world.clock.advance(2_000);
    await expect(anchoring.run()).rejects.toThrow('ANCHOR_NODE_UNREACHABLE');
    expect(await world.states()).toEqual(['superseded 2', 'pending 3']);
    await settles(world, ['superseded 2', 'final 3']);
  });

  test('a restart in every state goes on where the last one was', async () => {
    const world = await worldOf({ confirmations: 1 });
    world.log.grow(2);
    const broken: AnchorDriver = {
      ...world.driver,
      sign: async () => {
        throw anchorError('ANCHOR_NODE_UNREACHABLE');
      },
    };
    await expect(world.restarted({ driver: broken }).run()).rejects.toThrow();
    expect(await world.states()).toEqual(['pending 2']);
    const mute: AnchorDriver = { ...broken, sign: world.driver.sign, submit: async () => {} };
    await world.restarted({ driver: mute }).run();
    expect(await world.states()).toEqual(['signed 2']);
    await settles(world, ['mined 2'], world.restarted());
    await anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['final 2'], world.restarted());
    await settles(world, ['final 2'], world.restarted());
  });

  test('a crash after sending: the same transaction, once', async () => {
    const world = await worldOf();
    world.log.grow(2);
    const crashing: AnchorDriver = {
      ...world.driver,
      async submit(transaction) {
        await world.driver.submit(transaction);
        throw new Error('power cut');
      },
    };
    await expect(world.restarted({ driver: crashing }).run()).rejects.toThrow('power cut');
    const signed = await anchorOnItsWay(database.db, place(world));
    expect(signed?.state).toBe('signed');
    const count = () => anvil.rpc<string>('eth_getTransactionCount', world.signer.address, 'latest');
    const sent = await count();
    await settles(world, ['final 2'], world.restarted());
    expect(await count()).toBe(sent);
    const anchor = await finalAnchorCovering(database.db, world.log.origin, { index: 0, chain: undefined });
    expect(anchor?.transaction?.hash).toBe(signed?.transaction?.hash);
  });

  test('a reorganisation that moves the transaction is followed; one that drops it is answered by sending again', async () => {
    const world = await worldOf({ confirmations: 3 });
    world.log.grow(2);
    await settles(world, ['mined 2']);
    const before = await anchorOnItsWay(database.db, place(world));
    const raw = bytesToHex(before!.transaction!.bytes);
    await anvil.rpc('anvil_mine', '0x1');
    // Two blocks are replaced, and ours goes into the second instead of the first.
    await anvil.rpc('anvil_reorg', 2, [[raw, 1]]);
    await settles(world, ['mined 2']);
    expect(world.notices.map(({ what }) => what)).toEqual(['moved']);
    const moved = await anchorOnItsWay(database.db, place(world));
    expect(moved?.block?.number).toBe(before!.block!.number + 1);
    await anvil.rpc('anvil_reorg', 1, []);
    await world.anchoring.run();
    expect(world.notices.map(({ what }) => what)).toEqual(['moved', 'vanished']);
    await settles(world, ['mined 2']);
    await anvil.rpc('anvil_mine', '0x3');
    await settles(world, ['final 2']);
  });

  test('another transaction takes the number of ours: a new one is signed', async () => {
    const world = await worldOf();
    world.log.grow(2);
    const mute: AnchorDriver = { ...world.driver, submit: async () => {} };
    await world.restarted({ driver: mute }).run();
    const signed = await anchorOnItsWay(database.db, place(world));
    const usurper = await signLegacy(
      {
        chainId: anvil.chainId,
        nonce: signed!.transaction!.nonce,
        to: OWNER,
        gas: 21_000n,
        gasPrice: 0n,
        value: 0n,
      },
      world.signer,
    );
    await world.driver.submit(usurper);
    await world.anchoring.run();
    expect(world.notices.map(({ what }) => what)).toEqual(['displaced', 'final']);
    expect(await world.states()).toEqual(['final 2']);
  });

  test('a chain that loses what was final is told again, and the lost anchor covers nothing any more', async () => {
    const world = await worldOf();
    const snapshot = await anvil.rpc<string>('evm_snapshot');
    world.log.grow(2);
    await settles(world, ['final 2']);
    await anvil.rpc('evm_revert', snapshot);
    await settles(world, ['superseded 2']);
    await settles(world, ['final 2']);
    expect((await world.anchoring.head())?.size).toBe(2);
  });

  test('what a chain forgot is noticed although the ledger grew meanwhile, and nothing is sent with an old proof', async () => {
    const world = await worldOf();
    const snapshot = await anvil.rpc<string>('evm_snapshot');
    world.log.grow(2);
    await settles(world, ['final 2']);
    world.log.grow(2);
    world.clock.advance(60_000);
    await settles(world, ['final 2', 'final 4']);
    await anvil.rpc('evm_revert', snapshot);
    world.log.grow(2);
    world.clock.advance(60_000);
    await settles(world, ['superseded 2', 'superseded 4', 'final 6']);
    const covering = await finalAnchorCovering(database.db, world.log.origin, { index: 0, chain: undefined });
    expect(covering?.checkpoint.size).toBe(6);
  });

  test('what another server has anchored already is taken over, not sent again', async () => {
    const world = await worldOf();
    world.log.grow(4);
    const { size, root } = (await world.log.newestConfirmed())!;
    const order = { origin: world.log.origin, size, root, noteHash: new Uint8Array(32), proof: [] };
    const sent = await world.driver.sign(order);
    await world.driver.submit(sent);
    await settles(world, ['final 4']);
    expect(world.notices.map(({ what }) => what)).toEqual(['adopted']);
    const anchor = await finalAnchorCovering(database.db, world.log.origin, { index: 0, chain: undefined });
    expect(anchor?.transaction).toEqual(sent);
    expect(anchor?.block?.hash).toMatch(/^0x/);
  });

  describe('the contract refuses, and the operator is told why', () => {
    test('a ledger that was cut back: ANCHOR_ROLLBACK', async () => {
      const world = await worldOf();
      world.log.grow(6);
      await settles(world, ['final 6']);
      world.log.cutTo(4);
      await database.pool.query(`delete from ledger_anchor where origin = $1`, [world.log.origin]);
      await expect(world.restarted().run()).rejects.toThrow('ANCHOR_ROLLBACK');
      const proof: Uint8Array[] = [];
      const { size, root } = (await world.log.newestConfirmed())!;
      const order = { origin: world.log.origin, size, root, noteHash: new Uint8Array(32), proof };
      await expect(world.driver.sign(order)).rejects.toThrow('ANCHOR_ROLLBACK');
    });

    test('another history of the same length: ANCHOR_FORK', async () => {
      const world = await worldOf();
      world.log.grow(6);
      await settles(world, ['final 6']);
      await database.pool.query(`delete from ledger_anchor where origin = $1`, [world.log.origin]);
      const forked = memoryLog('another history', world.log.origin);
      forked.grow(6);
      await expect(world.restarted({ source: forked }).run()).rejects.toThrow('ANCHOR_FORK');
      const { size, root } = (await forked.newestConfirmed())!;
      const order = { origin: forked.origin, size, root, noteHash: new Uint8Array(32), proof: [] };
      await expect(world.driver.sign(order)).rejects.toThrow('ANCHOR_FORK');
    });

    test('a longer ledger with a rewritten past: ANCHOR_INCONSISTENT', async () => {
      const world = await worldOf();
      world.log.grow(6);
      await settles(world, ['final 6']);
      const rewritten = memoryLog('rewritten', world.log.origin);
      rewritten.grow(9);
      world.clock.advance(60_000);
      await expect(world.restarted({ source: rewritten }).run()).rejects.toThrow('ANCHOR_INCONSISTENT');
      expect((await world.anchoring.head())?.size).toBe(6);
      const waiting = await waitingAnchor(database.db, place(world));
      expect(waiting?.problem).toBe('ANCHOR_INCONSISTENT');
    });

    test('a key that was dismissed: ANCHOR_NOT_ALLOWED', async () => {
      const world = await worldOf();
      await admit(world, world.signer, false);
      world.log.grow(1);
      await expect(world.anchoring.run()).rejects.toThrow('ANCHOR_NOT_ALLOWED');
    });

    test('a transaction that fails in its block is made anew with a proof from where the chain is', async () => {
      const world = await worldOf();
      world.log.grow(2);
      await settles(world, ['final 2']);
      world.clock.advance(60_000);
      world.log.grow(1);
      const mute: AnchorDriver = { ...world.driver, submit: async () => {} };
      const slow = world.restarted({ driver: mute });
      await slow.run();
      // Meanwhile another publisher anchors a larger tree, and only then ours arrives.
      const { proof, order } = await orderFor(world, 1);
      expect(proof.length).toBeGreaterThan(0);
      await sendAsStranger(world, order);
      await expect(world.runUntil(['final 2', 'pending 3'])).rejects.toThrow('ANCHOR_REVERTED');
      expect(await world.states()).toEqual(['final 2', 'pending 3']);
      world.log.grow(2);
      world.clock.advance(60_000);
      await settles(world, ['final 2', 'superseded 3', 'final 5']);
    });
  });

  async function settles(world: AnchorWorld, states: readonly string[], anchoring?: ChainAnchoring) {
    expect(await world.runUntil(states, anchoring)).toEqual(states);
  }

  /** The order for a tree that is larger by so many leaves; the log stays as it is. */
  async function orderFor(world: AnchorWorld, more: number) {
    const now = (await world.log.newestConfirmed())!.size;
    world.log.grow(more);
    const { size, root } = (await world.log.newestConfirmed())!;
    const proof = await world.log.consistencyProof(2, size);
    world.log.cutTo(now);
    return { proof, order: { origin: world.log.origin, size, root, noteHash: new Uint8Array(32), proof } };
  }

  /** The owner's act. */
  async function admit({ driver }: AnchorWorld, { address }: ChainSigner, allowed = true) {
    await anvil.rpc('anvil_impersonateAccount', OWNER);
    const args = [address, allowed] as const;
    const data = encodeFunctionData({ abi: LEDGER_WITNESS_ABI, functionName: 'setPublisher', args });
    const to = driver.chain.contract;
    await anvil.rpc('eth_sendTransaction', { from: OWNER, to, data, gas: '0x30000', gasPrice: '0x0' });
  }

  /** Admits another account and anchors from it, so that our own numbers stay free. */
  async function sendAsStranger(world: AnchorWorld, order: Parameters<AnchorDriver['sign']>[0]) {
    const other = testVault();
    try {
      const signer = await openChainSigner(other.vault);
      await admit(world, signer);
      const driver = createEvmDriver({ rpcUrl: anvil.rpcUrl, chain: world.driver.chain, signer });
      await driver.submit(await driver.sign(order));
    } finally {
      other.dispose();
    }
  }

  test('a key that was replaced while its transaction was on its way: the old one arrives, the new one goes on', async () => {
    const world = await worldOf();
    world.log.grow(2);
    const mute: AnchorDriver = { ...world.driver, submit: async () => {} };
    await world.restarted({ driver: mute }).run();
    await admit(world, await replaceChainSigner(keys.vault));
    const signer = await openChainSigner(keys.vault);
    expect(signer.address).not.toBe(world.signer.address);
    const driver = createEvmDriver({ rpcUrl: anvil.rpcUrl, chain: world.driver.chain, signer });
    const successor = world.restarted({ driver });
    await settles(world, ['final 2'], successor);
    world.log.grow(2);
    world.clock.advance(60_000);
    await settles(world, ['final 2', 'final 4'], successor);
  });

  test('nothing of the node’s address gets into a failure: a key may be in it', async () => {
    const { driver, signer } = await worldOf();
    const failure = async (rpcUrl: string) => {
      const at = createEvmDriver({ rpcUrl, chain: driver.chain, signer });
      return at
        .readHead('x')
        .then(String, (error: unknown) => inspect(error, { depth: 9, showHidden: true }));
    };
    const absent = await failure('http://127.0.0.1:9/a-secret-key');
    expect(absent).toContain('ANCHOR_NODE_UNREACHABLE');
    expect(absent).not.toContain('a-secret-key');
    const refusing = await failure(`${anvil.rpcUrl}/a-secret-key`);
    expect(refusing).not.toContain('a-secret-key');
  });

  test('a node of another chain, and an address without the contract, are told apart', async () => {
    const { driver, signer } = await worldOf();
    const at = (chain: Partial<typeof driver.chain>) =>
      createEvmDriver({ rpcUrl: anvil.rpcUrl, chain: { ...driver.chain, ...chain }, signer });
    await expect(at({ id: 1 }).readHead('x')).rejects.toThrow('ANCHOR_WRONG_CHAIN');
    await expect(at({ contract: OWNER }).readHead('x')).rejects.toThrow('ANCHOR_WRONG_CONTRACT');
  });
});
