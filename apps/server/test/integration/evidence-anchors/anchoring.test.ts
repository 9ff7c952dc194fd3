import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { finalAnchorCovering, waitingAnchor } from '../../../src/features/evidence/anchors/anchor-store.ts';
import { replaceChainSigner } from '../../../src/features/evidence/anchors/chain-signer.ts';
import type { AnchorDriver } from '../../../src/features/evidence/anchors/driver.ts';
import { anchorError } from '../../../src/features/evidence/anchors/errors.ts';
import { createEvmDriver } from '../../../src/features/evidence/anchors/evm-driver.ts';
import { admit, anchorGround, placeOf, settles } from '../../support/evidence/anchor-ground.ts';
import { OWNER } from '../../support/evidence/anchor-world.ts';
import { hasAnvil } from '../../support/evidence/anvil.ts';

describe.skipIf(!hasAnvil)('anchoring on a real node', () => {
  const ground = anchorGround();

  test('a checkpoint goes to the chain, and a larger one extends it', async () => {
    const world = await ground.world();
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
    const world = await ground.world();
    world.log.grow(4);
    await settles(world, ['final 4']);
    world.log.grow(3);
    world.clock.advance(60_000);
    await settles(world, ['final 4', 'final 7']);
    const { chain } = world.driver;
    const covering = (index: number) =>
      finalAnchorCovering(ground.database.db, world.log.origin, { index, chain });
    expect((await covering(3))?.checkpoint.size).toBe(4);
    expect((await covering(4))?.checkpoint.size).toBe(7);
    expect(await covering(7)).toBeUndefined();
    const anchor = await covering(0);
    expect(anchor?.block?.number).toBeGreaterThan(0);
    expect(Math.abs((anchor?.block?.time ?? 0) - Date.now())).toBeLessThan(3_600_000);
    expect(anchor?.transaction?.hash).toMatch(/^0x[0-9a-f]{64}$/);
  });

  test('it is final only once as many blocks follow as the chain demands', async () => {
    const world = await ground.world({ confirmations: 2 });
    world.log.grow(3);
    await settles(world, ['mined 3']);
    await ground.anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['mined 3']);
    await ground.anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['final 3']);
  });

  test('while one is on its way no second one is signed; of those that wait only the newest is sent', async () => {
    const world = await ground.world();
    await ground.anvil.rpc('evm_setAutomine', false);
    world.log.grow(2);
    await world.anchoring.run();
    world.log.grow(2);
    world.clock.advance(60_000);
    await settles(world, ['signed 2']);
    await ground.anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['final 2', 'signed 4']);
    await ground.anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['final 2', 'final 4']);
  });

  test('a node that is down: the newest checkpoint waits, older ones give way, and it gets through', async () => {
    const world = await ground.world();
    const unreachable: AnchorDriver = {
      ...world.driver,
      readHead: async () => {
        throw anchorError('ANCHOR_NODE_UNREACHABLE');
      },
    };
    const anchoring = world.restarted({ driver: unreachable });
    world.log.grow(2);
    await expect(anchoring.run()).rejects.toThrow('ANCHOR_NODE_UNREACHABLE');
    const waiting = await waitingAnchor(ground.database.db, placeOf(world));
    expect(waiting).toMatchObject({ problem: 'ANCHOR_NODE_UNREACHABLE', failures: 1 });
    await anchoring.run();
    expect((await waitingAnchor(ground.database.db, placeOf(world)))?.failures).toBe(1);
    world.log.grow(1);
    world.clock.advance(2_000);
    await expect(anchoring.run()).rejects.toThrow('ANCHOR_NODE_UNREACHABLE');
    expect(await world.states()).toEqual(['superseded 2', 'pending 3']);
    await settles(world, ['superseded 2', 'final 3']);
  });

  test('a key that was replaced while its transaction was on its way: the old one arrives, the new one goes on', async () => {
    const world = await ground.world();
    world.log.grow(2);
    const mute: AnchorDriver = { ...world.driver, submit: async () => {} };
    await world.restarted({ driver: mute }).run();
    const signer = await replaceChainSigner(ground.keys.vault);
    await admit(ground.anvil, world.driver.chain, { signer });
    expect(signer.address).not.toBe(world.signer.address);
    const driver = createEvmDriver({ rpcUrl: ground.anvil.rpcUrl, chain: world.driver.chain, signer });
    const successor = world.restarted({ driver });
    await settles(world, ['final 2'], successor);
    world.log.grow(2);
    world.clock.advance(60_000);
    await settles(world, ['final 2', 'final 4'], successor);
  });

  test('nothing of the node’s address gets into a failure: a key may be in it', async () => {
    const { driver, signer } = await ground.world();
    const failure = async (rpcUrl: string) => {
      const at = createEvmDriver({ rpcUrl, chain: driver.chain, signer });
      return at
        .readHead('x')
        .then(String, (error: unknown) => inspect(error, { depth: 9, showHidden: true }));
    };
    const absent = await failure('http://127.0.0.1:9/a-secret-key');
    expect(absent).toContain('ANCHOR_NODE_UNREACHABLE');
    expect(absent).not.toContain('a-secret-key');
    const refusing = await failure(`${ground.anvil.rpcUrl}/a-secret-key`);
    expect(refusing).not.toContain('a-secret-key');
  });

  test('a node of another chain, and an address without the contract, are told apart', async () => {
    const { driver, signer } = await ground.world();
    const at = (chain: Partial<typeof driver.chain>) =>
      createEvmDriver({ rpcUrl: ground.anvil.rpcUrl, chain: { ...driver.chain, ...chain }, signer });
    await expect(at({ id: 1 }).readHead('x')).rejects.toThrow('ANCHOR_WRONG_CHAIN');
    await expect(at({ contract: OWNER }).readHead('x')).rejects.toThrow('ANCHOR_WRONG_CONTRACT');
  });
});
