import { bytesToHex } from 'viem';
import { describe, expect, test } from 'vitest';
import { anchorOnItsWay, finalAnchorCovering } from '../../../src/features/evidence/anchors/anchor-store.ts';
import type { AnchorDriver } from '../../../src/features/evidence/anchors/driver.ts';
import { anchorError } from '../../../src/features/evidence/anchors/errors.ts';
import { signLegacy } from '../../../src/features/evidence/anchors/evm-transaction.ts';
import { anchorGround, placeOf, settles } from '../../support/evidence/anchor-ground.ts';
import { OWNER } from '../../support/evidence/anchor-world.ts';
import { hasAnvil } from '../../support/evidence/anvil.ts';

describe.skipIf(!hasAnvil)('whatever happens on the way: one anchor', () => {
  const ground = anchorGround();

  test('a restart in every state goes on where the last one was', async () => {
    const world = await ground.world({ confirmations: 1 });
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
    await ground.anvil.rpc('anvil_mine', '0x1');
    await settles(world, ['final 2'], world.restarted());
    await settles(world, ['final 2'], world.restarted());
  });

  test('a crash after sending: the same transaction, once', async () => {
    const world = await ground.world();
    world.log.grow(2);
    const crashing: AnchorDriver = {
      ...world.driver,
      async submit(transaction) {
        await world.driver.submit(transaction);
        throw new Error('power cut');
      },
    };
    const count = async () =>
      Number(await ground.anvil.rpc<string>('eth_getTransactionCount', world.signer.address, 'latest'));
    const before = await count();
    await expect(world.restarted({ driver: crashing }).run()).rejects.toThrow('power cut');
    const signed = await anchorOnItsWay(ground.database.db, placeOf(world));
    expect(signed?.state).toBe('signed');
    await settles(world, ['final 2'], world.restarted());
    expect(await count()).toBe(before + 1);
    const anchor = await finalAnchorCovering(ground.database.db, world.log.origin, {
      index: 0,
      chain: undefined,
    });
    expect(anchor?.transaction?.hash).toBe(signed?.transaction?.hash);
  });

  test('a crash before or after any call to the node: one anchor and one transaction all the same', async () => {
    const world = await ground.world();
    const count = async () =>
      Number(await ground.anvil.rpc<string>('eth_getTransactionCount', world.signer.address, 'latest'));
    const before = await count();
    const final: string[] = [];
    let crashes = 0;
    for (let point = 0; point < 20; point++) {
      world.log.grow(1);
      world.clock.advance(60_000);
      const { driver, crashed } = crashingAt(world.driver, point);
      await world
        .restarted({ driver })
        .run()
        .catch(() => {});
      if (crashed()) crashes += 1;
      final.push(`final ${point + 1}`);
      await settles(world, final, world.restarted());
    }
    // Head, signature, status, sending and stamp, each before and after, at the least.
    expect(crashes).toBeGreaterThanOrEqual(10);
    expect(await count()).toBe(before + 20);
  });

  test('a reorganisation that moves the transaction is followed; one that drops it is answered by sending again', async () => {
    const world = await ground.world({ confirmations: 3 });
    world.log.grow(2);
    await settles(world, ['mined 2']);
    const before = await anchorOnItsWay(ground.database.db, placeOf(world));
    const raw = bytesToHex(before!.transaction!.bytes);
    await ground.anvil.rpc('anvil_mine', '0x1');
    // Two blocks are replaced, and ours goes into the second instead of the first.
    await ground.anvil.rpc('anvil_reorg', 2, [[raw, 1]]);
    await settles(world, ['mined 2']);
    expect(world.notices.map(({ what }) => what)).toEqual(['moved']);
    const moved = await anchorOnItsWay(ground.database.db, placeOf(world));
    expect(moved?.block?.number).toBe(before!.block!.number + 1);
    await ground.anvil.rpc('anvil_reorg', 1, []);
    await world.anchoring.run();
    expect(world.notices.map(({ what }) => what)).toEqual(['moved', 'vanished']);
    await settles(world, ['mined 2']);
    await ground.anvil.rpc('anvil_mine', '0x3');
    await settles(world, ['final 2']);
  });

  test('two servers at once make one anchor; the one that comes second says so', async () => {
    const world = await ground.world();
    world.log.grow(2);
    const runs = Array.from({ length: 4 }, () => world.restarted().run());
    const failures = (await Promise.allSettled(runs)).flatMap((run) =>
      run.status === 'rejected' ? [String(run.reason)] : [],
    );
    for (const failure of failures) expect(failure).toContain('ANCHOR_RACED');
    await settles(world, ['final 2']);
    expect(world.notices.filter(({ what }) => what === 'final' || what === 'adopted')).toHaveLength(1);
  });

  test('another transaction takes the number of ours: a new one is signed', async () => {
    const world = await ground.world();
    world.log.grow(2);
    const mute: AnchorDriver = { ...world.driver, submit: async () => {} };
    await world.restarted({ driver: mute }).run();
    const signed = await anchorOnItsWay(ground.database.db, placeOf(world));
    const usurper = await signLegacy(
      {
        chainId: ground.anvil.chainId,
        nonce: signed!.transaction!.nonce,
        to: OWNER,
        gas: 21_000n,
        gasPrice: 0n,
        value: 0n,
      },
      world.signer,
    );
    await world.driver.submit(usurper);
    await ground.anvil.mined(usurper.hash);
    await settles(world, ['final 2']);
    expect(world.notices.map(({ what }) => what)).toEqual(['displaced', 'final']);
  });

  test('a chain that loses what was final is told again, and the lost anchor covers nothing any more', async () => {
    const world = await ground.world();
    const snapshot = await ground.anvil.rpc<string>('evm_snapshot');
    world.log.grow(2);
    await settles(world, ['final 2']);
    await ground.anvil.rpc('evm_revert', snapshot);
    await settles(world, ['superseded 2']);
    await settles(world, ['final 2']);
    expect((await world.anchoring.head())?.size).toBe(2);
  });

  test('what a chain forgot is noticed although the ledger grew meanwhile, and nothing is sent with an old proof', async () => {
    const world = await ground.world();
    const snapshot = await ground.anvil.rpc<string>('evm_snapshot');
    world.log.grow(2);
    await settles(world, ['final 2']);
    world.log.grow(2);
    world.clock.advance(60_000);
    await settles(world, ['final 2', 'final 4']);
    await ground.anvil.rpc('evm_revert', snapshot);
    world.log.grow(2);
    world.clock.advance(60_000);
    await settles(world, ['superseded 2', 'superseded 4', 'final 6']);
    const covering = await finalAnchorCovering(ground.database.db, world.log.origin, {
      index: 0,
      chain: undefined,
    });
    expect(covering?.checkpoint.size).toBe(6);
  });

  test('what another server has anchored already is taken over, not sent again', async () => {
    const world = await ground.world();
    world.log.grow(4);
    const { size, root } = (await world.log.newestConfirmed())!;
    const order = { origin: world.log.origin, size, root, noteHash: new Uint8Array(32), proof: [] };
    const sent = await world.driver.sign(order);
    await world.driver.submit(sent);
    await ground.anvil.mined(sent.hash);
    await settles(world, ['final 4']);
    expect(world.notices.map(({ what }) => what)).toEqual(['adopted']);
    const anchor = await finalAnchorCovering(ground.database.db, world.log.origin, {
      index: 0,
      chain: undefined,
    });
    expect(anchor?.transaction).toEqual(sent);
    expect(anchor?.block?.hash).toMatch(/^0x/);
  });

  /** A driver whose process ends at the n-th of its moments: before each call, and after it. */
  function crashingAt(driver: AnchorDriver, point: number) {
    let moment = 0;
    const live = () => {
      if (moment++ >= point) throw new Error('power cut');
    };
    const calls = Object.entries(driver).flatMap(([name, call]) => {
      if (typeof call !== 'function') return [];
      const work = call as (...of: readonly unknown[]) => Promise<unknown>;
      const mortal = async (...of: readonly unknown[]) => {
        live();
        const result = await work(...of);
        live();
        return result;
      };
      return [[name, mortal] as const];
    });
    return {
      driver: { ...driver, ...Object.fromEntries(calls) } as AnchorDriver,
      crashed: () => moment > point,
    };
  }
});
