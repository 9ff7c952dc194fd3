import fs from 'node:fs';
import path from 'node:path';
import { toPem } from '@hufu/kernel';
import { afterEach, describe, expect, test } from 'vitest';
import { createAnchoring } from '../../../src/features/evidence/anchors/anchoring.ts';
import { openChainSigner } from '../../../src/features/evidence/anchors/chain-signer.ts';
import { deployContract } from '../../../src/features/evidence/anchors/deploy-contract.ts';
import { admit } from '../../support/evidence/anchor-ground.ts';
import { OWNER } from '../../support/evidence/anchor-world.ts';
import { hasAnvil, startAnvil } from '../../support/evidence/anvil.ts';
import { memoryLog } from '../../support/evidence/memory-log.ts';
import { testVault } from '../../support/evidence/test-vault.ts';
import { startTestTsa } from '../../support/evidence/tsa-server.ts';
import { testInfra } from '../../support/infra.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function infraWith(settings: Readonly<Record<string, string>>) {
  const infra = await testInfra({ settings });
  undo.push(() => infra.dispose());
  return infra;
}

test('未配置: without settings there is nothing to run and nothing to show, and no key is made', async () => {
  const infra = await infraWith({});
  const log = memoryLog('unset', 'sigsum.org/v1/tree/unset');
  log.grow(3);
  const anchoring = await createAnchoring(infra, log);
  expect(anchoring.chain).toBeUndefined();
  expect(anchoring.stampsTime).toBe(false);
  expect(anchoring.periodic).toEqual([]);
  expect(await anchoring.chainHead()).toBeUndefined();
  expect(await anchoring.anchorCovering(0)).toBeUndefined();
  expect(await anchoring.openAnchor()).toBeUndefined();
  expect(await anchoring.timeStampCovering(0)).toBeUndefined();
  expect(infra.vault.list('ledger-anchor')).toEqual([]);
});

test('a file of certificates that is not there stops the server at once', async () => {
  const infra = await infraWith({
    HUFU_TSA_URL: 'http://127.0.0.1:9/',
    HUFU_TSA_CERTIFICATES: '/nowhere.pem',
  });
  const log = memoryLog('no file', 'sigsum.org/v1/tree/no-file');
  await expect(createAnchoring(infra, log)).rejects.toThrow('TSA_CERTIFICATES_UNREADABLE');
});

describe.skipIf(!hasAnvil)('configured', () => {
  test('chain and time-stamps run as periodic tasks, and a leaf shows what covers it', async () => {
    const anvil = await startAnvil();
    const tsa = await startTestTsa();
    const deployer = testVault();
    undo.push(
      () => anvil.stop(),
      () => tsa.close(),
      () => deployer.dispose(),
    );
    const { rpcUrl } = anvil;
    const signer = await openChainSigner(deployer.vault);
    const { contract } = await deployContract({ rpcUrl, signer, owner: OWNER });
    const certificates = path.join(deployer.directory, 'tsa.pem');
    fs.writeFileSync(certificates, toPem('CERTIFICATE', tsa.root.der));
    const infra = await infraWith({
      HUFU_CHAIN_RPC_URL: rpcUrl,
      HUFU_CHAIN_ID: String(anvil.chainId),
      HUFU_CHAIN_NAME: '测试链',
      HUFU_CHAIN_CONTRACT: contract,
      HUFU_TSA_URL: tsa.url,
      HUFU_TSA_CERTIFICATES: certificates,
    });
    const log = memoryLog('configured', 'sigsum.org/v1/tree/configured');
    log.grow(3);
    const anchoring = await createAnchoring(infra, log);
    const [chainTask, timeTask] = anchoring.periodic;
    expect([chainTask?.name, timeTask?.name]).toEqual(['evidence-anchor-chain', 'evidence-anchor-time']);

    await expect(chainTask!.run()).rejects.toThrow('ANCHOR_NOT_ALLOWED');
    expect(await anchoring.openAnchor()).toMatchObject({
      state: 'pending',
      size: 3,
      problem: 'ANCHOR_NOT_ALLOWED',
    });
    await admit(anvil, { contract }, { signer: await openChainSigner(infra.vault) });

    // A server that was started anew does not wait for the end of the old one's patience.
    const again = await createAnchoring(infra, log);
    const covered = async () => {
      await again.periodic[0]!.run();
      return again.anchorCovering(2);
    };
    await expect.poll(covered).toMatchObject({
      state: 'final',
      chain: { name: '测试链', contract },
      checkpoint: { size: 3 },
    });
    expect(await again.anchorCovering(3)).toBeUndefined();
    expect(await again.openAnchor()).toBeUndefined();
    expect((await again.chainHead())?.size).toBe(3);

    await timeTask!.run();
    expect((await again.timeStampCovering(2))?.size).toBe(3);
    expect(await again.timeStampCovering(3)).toBeUndefined();
  });
});
