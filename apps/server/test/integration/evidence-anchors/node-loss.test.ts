import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { anchorOnItsWay, waitingAnchor } from '../../../src/features/evidence/anchors/anchor-store.ts';
import type { AnchorDriver } from '../../../src/features/evidence/anchors/driver.ts';
import { testDatabase } from '../../support/database.ts';
import { anchorWorld } from '../../support/evidence/anchor-world.ts';
import { hasAnvil, startAnvil } from '../../support/evidence/anvil.ts';
import { testVault } from '../../support/evidence/test-vault.ts';

describe.skipIf(!hasAnvil)('a node that dies', () => {
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  async function world() {
    const keys = testVault();
    const anvil = await startAnvil({ stateFile: path.join(keys.directory, 'chain.json') });
    const database = await testDatabase();
    undo.push(
      () => keys.dispose(),
      () => anvil.stop(),
      () => database.close(),
    );
    const it = await anchorWorld({ anvil, database, vault: keys.vault });
    return { ...it, anvil, database, place: { chain: it.driver.chain, origin: it.log.origin } };
  }

  test('down and up again: the problem is noted, the wait grows, and the anchor gets through', async () => {
    const { anvil, database, log, clock, anchoring, runUntil, states, place } = await world();
    log.grow(3);
    await anvil.stop();
    await expect(anchoring.run()).rejects.toThrow('ANCHOR_NODE_UNREACHABLE');
    clock.advance(2_000);
    await expect(anchoring.run()).rejects.toThrow('ANCHOR_NODE_UNREACHABLE');
    expect(await waitingAnchor(database.db, place)).toMatchObject({
      problem: 'ANCHOR_NODE_UNREACHABLE',
      failures: 2,
    });
    await anvil.start();
    await anchoring.run();
    expect(await states()).toEqual(['pending 3']);
    clock.advance(4_000);
    expect(await runUntil(['final 3'])).toEqual(['final 3']);
    expect(await waitingAnchor(database.db, place)).toBeUndefined();
  });

  test('kill -9 after sending: what the node forgot is sent again, what it kept is not', async () => {
    const { anvil, database, log, driver, restarted, runUntil, clock, place } = await world();
    // The contract is on disk before the cut.
    await anvil.stop();
    await anvil.start();
    await anvil.rpc('evm_setAutomine', false);
    log.grow(3);
    const cutting: AnchorDriver = {
      ...driver,
      async submit(transaction) {
        await driver.submit(transaction);
        await anvil.kill();
      },
    };
    await expect(restarted({ driver: cutting }).run()).rejects.toThrow('ANCHOR_NODE_UNREACHABLE');
    const signed = await anchorOnItsWay(database.db, place);
    expect(signed).toMatchObject({ state: 'signed', problem: 'ANCHOR_NODE_UNREACHABLE' });
    await anvil.start();
    clock.advance(60_000);
    expect(await runUntil(['final 3'], restarted())).toEqual(['final 3']);
    const stamp = await driver.readStamp(log.origin, 3);
    expect(stamp?.root).toEqual((await log.newestConfirmed())?.root);
  });
});
