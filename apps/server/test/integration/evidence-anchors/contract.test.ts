import { LEDGER_WITNESS_ABI } from '@hufu/contracts-evm';
import { verifyConsistency } from '@hufu/ledger';
import { bytesToHex, createPublicClient, encodeFunctionData, type Hex, http, keccak256, toHex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChainSigner } from '../../../src/features/evidence/anchors/chain-signer.ts';
import { deployContract, isOurContract } from '../../../src/features/evidence/anchors/deploy-contract.ts';
import { type Anvil, hasAnvil, startAnvil } from '../../support/evidence/anvil.ts';
import { ReferenceTree } from '../../support/evidence/memory-log.ts';
import { type TestVault, testVault } from '../../support/evidence/test-vault.ts';

type Claim = {
  first: number;
  second: number;
  firstRoot: Uint8Array;
  secondRoot: Uint8Array;
  proof: Uint8Array[];
};

describe.skipIf(!hasAnvil)('LedgerWitness', () => {
  let anvil: Anvil;
  let keys: TestVault;
  let contract: { address: Hex; abi: typeof LEDGER_WITNESS_ABI };
  let client: ReturnType<typeof createPublicClient>;
  const owner = '0x1111111111111111111111111111111111111111';
  const next = '0x2222222222222222222222222222222222222222';
  const stranger = '0x3333333333333333333333333333333333333333';
  let publisher: Hex;

  beforeAll(async () => {
    anvil = await startAnvil();
    keys = testVault();
    const signer = await openChainSigner(keys.vault);
    publisher = signer.address;
    const deployed = await deployContract({ rpcUrl: anvil.rpcUrl, signer, owner });
    contract = { address: deployed.contract as Hex, abi: LEDGER_WITNESS_ABI };
    client = createPublicClient({
      transport: http(anvil.rpcUrl, { batch: { batchSize: 200 } }),
      cacheTime: 0,
    });
    await anvil.rpc('anvil_autoImpersonateAccount', true);
  });
  afterAll(async () => {
    await anvil.stop();
    keys.dispose();
  });

  const tree = new ReferenceTree(Array.from({ length: 70 }, (_, index) => `leaf ${index}`));
  const claim = (first: number, second: number): Claim => ({
    first,
    second,
    firstRoot: tree.root(first),
    secondRoot: tree.root(second),
    proof: tree.proof(first, second),
  });
  const onChain = (claim: Claim): Promise<boolean> =>
    client.readContract({
      ...contract,
      functionName: 'isConsistent',
      args: [
        BigInt(claim.first),
        BigInt(claim.second),
        bytesToHex(claim.firstRoot),
        bytesToHex(claim.secondRoot),
        claim.proof.map((node) => bytesToHex(node)),
      ],
    });
  const here = ({ first, second, firstRoot, secondRoot, proof }: Claim): boolean =>
    verifyConsistency({
      from: { size: first, root: firstRoot },
      to: { size: second, root: secondRoot },
      proof,
    });

  const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 70];
  const pairs = sizes.flatMap((first) =>
    sizes.filter((second) => second >= first).map((second) => [first, second] as const),
  );

  test('RFC 9162 §2.1.4.2 accepts every honest proof, as the verifier of the ledger does', async () => {
    const claims = pairs.map(([first, second]) => claim(first, second));
    expect(claims.map(here)).toEqual(claims.map(() => true));
    expect(await Promise.all(claims.map(onChain))).toEqual(claims.map(() => true));
  });

  test('RFC 9162 §2.1.4.2 answers every altered proof as the verifier of the ledger does', async () => {
    const altered = pairs.flatMap(([first, second]) => alterations(claim(first, second)));
    const verdicts = altered.map(here);
    expect(await Promise.all(altered.map(onChain))).toEqual(verdicts);
    expect(verdicts.filter(Boolean)).toEqual([]);
    expect(altered.length).toBeGreaterThan(1_000);
  });

  test('any tree extends the empty one, which leaves no room for a proof', async () => {
    const first = { ...claim(1, 5), first: 0, proof: [] };
    expect(await onChain(first)).toBe(true);
    expect(await onChain({ ...first, proof: [tree.root(1)] })).toBe(false);
  });

  const origin = keccak256(toHex('a log'));
  const note = keccak256(toHex('a note'));
  const call = (
    account: Hex,
    functionName: 'setPublisher' | 'offerOwnership' | 'acceptOwnership',
    args: unknown,
  ) => client.simulateContract({ ...contract, account, functionName, args } as never);
  const send = (from: Hex, data: Hex) => anvil.transact({ from, to: contract.address, data });

  test('only the owner admits publishers, and ownership passes in two steps', async () => {
    await expect(call(publisher, 'setPublisher', [stranger, true])).rejects.toThrow('NotAllowed');
    await expect(call(next, 'acceptOwnership', [])).rejects.toThrow('NotAllowed');
    await send(owner, encodeFunctionData({ ...contract, functionName: 'offerOwnership', args: [next] }));
    expect(await client.readContract({ ...contract, functionName: 'owner' })).toBe(owner);
    await expect(call(stranger, 'acceptOwnership', [])).rejects.toThrow('NotAllowed');
    await send(next, encodeFunctionData({ ...contract, functionName: 'acceptOwnership' }));
    expect(await client.readContract({ ...contract, functionName: 'owner' })).toBe(next);
    await expect(call(owner, 'setPublisher', [stranger, true])).rejects.toThrow('NotAllowed');
    const admit = encodeFunctionData({ ...contract, functionName: 'setPublisher', args: [stranger, true] });
    await send(next, admit);
    expect(await client.readContract({ ...contract, functionName: 'isPublisher', args: [stranger] })).toBe(
      true,
    );
  });

  test('records heads that extend, repeats without effect, and refuses the empty tree', async () => {
    const anchor = (size: number, root: Hex, proof: readonly Hex[]) =>
      ({ ...contract, functionName: 'anchor', args: [origin, BigInt(size), root, note, proof] }) as const;
    const root = (size: number) => bytesToHex(tree.root(size));
    await send(publisher, encodeFunctionData(anchor(5, root(5), [])));
    await send(publisher, encodeFunctionData(anchor(5, root(5), [])));
    const proof = tree.proof(5, 9).map((node) => bytesToHex(node));
    await send(publisher, encodeFunctionData(anchor(9, root(9), proof)));
    const head = await client.readContract({ ...contract, functionName: 'headOf', args: [origin] });
    expect([head.size, head.root]).toEqual([9n, root(9)]);
    const stamp = await client.readContract({ ...contract, functionName: 'stampOf', args: [origin, 9n] });
    expect(stamp).toMatchObject({ root: root(9), noteHash: note, previousSize: 5n, publisher });
    const none = await client.readContract({ ...contract, functionName: 'stampOf', args: [origin, 7n] });
    expect(none.blockNumber).toBe(0n);
    const other = keccak256(toHex('another log'));
    const empty = {
      ...contract,
      account: publisher,
      functionName: 'anchor',
      args: [other, 0n, root(1), note, []],
    } as const;
    await expect(client.simulateContract(empty)).rejects.toThrow('Inconsistent');
  });

  test('the deployed code is exactly that of the release, and no other code passes for it', async () => {
    expect(await isOurContract(anvil.rpcUrl, contract.address)).toBe(true);
    expect(await isOurContract(anvil.rpcUrl, owner)).toBe(false);
  });
});

/** What a forger might try with a proof: other nodes, other order, too few, too many, other roots, other sizes. */
function alterations(honest: Claim): Claim[] {
  const { proof, first, second } = honest;
  const flip = (bytes: Uint8Array) => bytes.map((byte, index) => (index === 31 ? byte ^ 1 : byte));
  const changed: Claim[] = [
    { ...honest, firstRoot: flip(honest.firstRoot) },
    { ...honest, secondRoot: flip(honest.secondRoot) },
    { ...honest, proof: [...proof, honest.secondRoot] },
    { ...honest, first: second + 1 },
  ];
  if (proof.length > 0) {
    changed.push({ ...honest, proof: proof.slice(1) }, { ...honest, proof: proof.slice(0, -1) });
    changed.push({ ...honest, proof: proof.map((node, index) => (index === 0 ? flip(node) : node)) });
    changed.push({ ...honest, proof: proof.with(-1, flip(proof.at(-1)!)) });
    changed.push({ ...honest, firstRoot: honest.secondRoot, secondRoot: honest.firstRoot });
  }
  if (proof.length > 1) changed.push({ ...honest, proof: [...proof].reverse() });
  if (first > 1 && first < second) changed.push({ ...honest, first: first - 1 });
  return changed;
}
