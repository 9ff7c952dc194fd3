import { describe, expect, test } from 'vitest';
import { waitingAnchor } from '../../../src/features/evidence/anchors/anchor-store.ts';
import { openChainSigner } from '../../../src/features/evidence/anchors/chain-signer.ts';
import type { AnchorDriver } from '../../../src/features/evidence/anchors/driver.ts';
import { createEvmDriver } from '../../../src/features/evidence/anchors/evm-driver.ts';
import { admit, anchorGround, placeOf, settles } from '../../support/evidence/anchor-ground.ts';
import type { AnchorWorld } from '../../support/evidence/anchor-world.ts';
import { hasAnvil } from '../../support/evidence/anvil.ts';
import { memoryLog } from '../../support/evidence/memory-log.ts';
import { testVault } from '../../support/evidence/test-vault.ts';

describe.skipIf(!hasAnvil)('the contract refuses, and the operator is told why', () => {
  const ground = anchorGround();

  test('a ledger that was cut back: ANCHOR_ROLLBACK', async () => {
    const world = await ground.world();
    world.log.grow(6);
    await settles(world, ['final 6']);
    world.log.cutTo(4);
    await ground.database.pool.query(`delete from ledger_anchor where origin = $1`, [world.log.origin]);
    await expect(world.restarted().run()).rejects.toThrow('ANCHOR_ROLLBACK');
    const proof: Uint8Array[] = [];
    const { size, root } = (await world.log.newestConfirmed())!;
    const order = { origin: world.log.origin, size, root, noteHash: new Uint8Array(32), proof };
    await expect(world.driver.sign(order)).rejects.toThrow('ANCHOR_ROLLBACK');
  });

  test('another history of the same length: ANCHOR_FORK', async () => {
    const world = await ground.world();
    world.log.grow(6);
    await settles(world, ['final 6']);
    await ground.database.pool.query(`delete from ledger_anchor where origin = $1`, [world.log.origin]);
    const forked = memoryLog('another history', world.log.origin);
    forked.grow(6);
    await expect(world.restarted({ source: forked }).run()).rejects.toThrow('ANCHOR_FORK');
    const { size, root } = (await forked.newestConfirmed())!;
    const order = { origin: forked.origin, size, root, noteHash: new Uint8Array(32), proof: [] };
    await expect(world.driver.sign(order)).rejects.toThrow('ANCHOR_FORK');
  });

  test('a longer ledger with a rewritten past: ANCHOR_INCONSISTENT', async () => {
    const world = await ground.world();
    world.log.grow(6);
    await settles(world, ['final 6']);
    const rewritten = memoryLog('rewritten', world.log.origin);
    rewritten.grow(9);
    world.clock.advance(60_000);
    await expect(world.restarted({ source: rewritten }).run()).rejects.toThrow('ANCHOR_INCONSISTENT');
    expect((await world.anchoring.head())?.size).toBe(6);
    const waiting = await waitingAnchor(ground.database.db, placeOf(world));
    expect(waiting?.problem).toBe('ANCHOR_INCONSISTENT');
  });

  test('a key that was dismissed: ANCHOR_NOT_ALLOWED', async () => {
    const world = await ground.world();
    await admit(ground.anvil, world.driver.chain, { signer: world.signer, allowed: false });
    world.log.grow(1);
    await expect(world.anchoring.run()).rejects.toThrow('ANCHOR_NOT_ALLOWED');
  });

  test('a transaction that fails in its block is made anew with a proof from where the chain is', async () => {
    const world = await ground.world();
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

  /** The order for a tree that is larger by so many leaves; the log stays as it is. */
  async function orderFor(world: AnchorWorld, more: number) {
    const now = (await world.log.newestConfirmed())!.size;
    world.log.grow(more);
    const { size, root } = (await world.log.newestConfirmed())!;
    const proof = await world.log.consistencyProof(2, size);
    world.log.cutTo(now);
    return { proof, order: { origin: world.log.origin, size, root, noteHash: new Uint8Array(32), proof } };
  }

  /** Admits another account and anchors from it, so that our own numbers stay free. */
  async function sendAsStranger(world: AnchorWorld, order: Parameters<AnchorDriver['sign']>[0]) {
    const other = testVault();
    try {
      const signer = await openChainSigner(other.vault);
      await admit(ground.anvil, world.driver.chain, { signer });
      const driver = createEvmDriver({
        rpcUrl: ground.anvil.rpcUrl,
        chain: world.driver.chain,
        signer,
      });
      const transaction = await driver.sign(order);
      await driver.submit(transaction);
      await ground.anvil.mined(transaction.hash);
    } finally {
      other.dispose();
    }
  }
});
