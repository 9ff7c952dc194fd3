import fs from 'node:fs';
import path from 'node:path';
import { systemClock } from '@hufu/kernel';
import {
  createProver,
  entriesPath,
  formatTlogProof,
  type LogPolicy,
  parseCheckpoint,
  sigsumProof,
  tilePath,
  verifyBundle,
} from '@hufu/ledger';
import { nodeLedgerCrypto, nodeTreeHasher } from '@hufu/ledger/node';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogKeys, submitKeys } from '../../../src/features/evidence/log-keys.ts';
import { retiredLogs } from '../../../src/features/evidence/rotation/retired-logs.ts';
import { type RotationOptions, rotateLog } from '../../../src/features/evidence/rotation/rotate-log.ts';
import { checkpointAfter, provenCheckpointAfter } from '../../../src/features/evidence/store/checkpoints.ts';
import { tileReader, treeHead } from '../../../src/features/evidence/store/tree.ts';
import type { Config } from '../../../src/infra/config/config.ts';
import type { MonitorMemory } from '../../../src/log-monitor/memory.ts';
import { visit } from '../../../src/log-monitor/visit.ts';
import { type LogWorld, logWorld } from '../../support/evidence/log-world.ts';

let world: LogWorld;
beforeEach(async () => {
  world = await logWorld();
});
afterEach(() => world.close());

const CHAIN = { id: 7, name: 'test', contract: `0x${'ab'.repeat(20)}`, confirmations: 0 };

/** `chain`: one is configured, and holds nothing. */
const rotate = (options: RotationOptions & { readonly chain?: boolean } = {}) =>
  rotateLog(
    { ...world, clock: systemClock, config: (options.chain ? { chain: CHAIN } : {}) as unknown as Config },
    options,
  );

const propose = (id: string) =>
  world.change({ subject: { kind: 'approval', id }, action: 'approval.propose' });

async function work(keys = world.keys): Promise<void> {
  const sequencer = world.sequencer({ keys });
  expect(await sequencer.lead()).toBe(true);
  while (await sequencer.work());
  await sequencer.leave();
}

async function policy(): Promise<LogPolicy> {
  const { logKey, sm2Key } = await openLogKeys(world.vault);
  return {
    publisher: 'test',
    issuedAt: 0,
    logs: [{ key: logKey, sm2: sm2Key }, ...(await retiredLogs(world.database.db))],
    submitters: submitKeys(world.vault).map((publicKey) => ({ name: 'test', publicKey })),
    witnesses: world.witnesses.map(({ key }) => ({ operator: key.name, key })),
    quorum: 2,
    timeStampRoots: [],
    chains: [],
  };
}

async function bundleOf(index: number) {
  const { db } = world.database;
  const { rows } = await world.database.pool.query(
    'select s.body, l.leaf from ledger_leaf l join ledger_statement s on s.id = l.statement_id where l.idx = $1',
    [index],
  );
  const { size, note } = (await checkpointAfter(db, { index, confirmed: true }))!;
  const prover = createProver(tileReader(db), { hasher: nodeTreeHasher });
  const proof = formatTlogProof({ index, hashes: await prover.inclusion(index, size), note });
  const { origin } = parseCheckpoint(note);
  const log = (await policy()).logs.find(({ key }) => key.name === origin)!.key;
  const leaf = new Uint8Array(rows[0].leaf);
  return {
    origin,
    bundle: {
      statement: new Uint8Array(rows[0].body),
      disclosures: [],
      leaf,
      proof,
      sigsumProof: sigsumProof({ leaf, proof, log, witnesses: [] }),
      timeStamps: [],
      anchors: [],
    },
  };
}

const verify = async (index: number, trusted?: LogPolicy) =>
  (
    await verifyBundle((await bundleOf(index)).bundle, trusted ?? (await policy()), {
      crypto: nodeLedgerCrypto(),
      engine: nodeCryptoEngine(),
    })
  ).outcome;

test('the tree goes on under another name; its first own leaf names where the former log ended', async () => {
  for (let i = 0; i < 5; i++) await propose(`a${i}`);
  await work();
  const before = await treeHead(world.database.db);
  const { former, final, keys } = await rotate();
  expect(former).toBe(world.keys.origin);
  expect(final).toEqual(before);
  expect(keys.origin).not.toBe(former);
  expect(keys.sm2Key.name).toBe(`${keys.origin}/sm2`);
  expect(keys.sm2Key.publicKey).not.toEqual(world.keys.sm2Key.publicKey);
  await propose('later');
  await work(keys);

  const published = parseCheckpoint(fs.readFileSync(path.join(world.directory, 'log', 'checkpoint'), 'utf8'));
  expect(published).toMatchObject({ origin: keys.origin, size: 7 });
  const { bundle } = await bundleOf(5);
  expect(JSON.parse(Buffer.from(bundle.statement).toString())).toMatchObject({
    type: 'evidence.rotate',
    facts: {
      before: { origin: former, size: 5, root: Buffer.from(final.root).toString('base64') },
      after: { origin: keys.origin },
    },
  });
  // Both logs, by one policy: the old leaf under the old key, the new one under the new key.
  expect([(await bundleOf(2)).origin, await verify(2)]).toEqual([former, 'valid']);
  expect([(await bundleOf(6)).origin, await verify(6)]).toEqual([keys.origin, 'valid']);
  // Whoever has not heard of the successor is told so, not that anything is forged.
  const old = await policy();
  expect(await verify(6, { ...old, logs: old.logs.slice(1) })).toBe('indeterminate');
});

test('a monitor follows from one log to the next', async () => {
  await propose('a');
  await work();
  const file = (name: string) => new Uint8Array(fs.readFileSync(path.join(world.directory, 'log', name)));
  const look = async (known?: MonitorMemory) =>
    visit(known, {
      log: {
        checkpoint: async () => Buffer.from(file('checkpoint')).toString(),
        tiles: async (level, index, width) => file(tilePath({ level, index, width })),
        entries: async (index, width) => file(entriesPath({ index, width })),
      },
      policy: await policy(),
      clock: systemClock,
      database: undefined,
      staleAfter: 60_000,
    });
  const first = await look();
  expect(first.findings).toEqual([]);
  const { keys } = await rotate();
  await work(keys);
  const second = await look(first.memory);
  expect(second.findings).toEqual([]);
  expect(second.memory).toMatchObject({ origin: keys.origin, head: { size: 2 } });
});

test('the retired key signs no more, whoever has it', async () => {
  await propose('a');
  await work();
  await rotate();
  await expect(world.keys.signers.log.sign(new Uint8Array(1))).rejects.toMatchObject({
    code: 'VAULT_KEY_RETIRED',
  });
  // A server that has the key in another vault, or still in its memory.
  await expect(world.sequencer().lead()).rejects.toMatchObject({ code: 'EVIDENCE_LOG_RETIRED' });
});

test('only the successor that was announced goes on', async () => {
  await propose('a');
  await work();
  await rotate();
  const other = await logWorld();
  try {
    await expect(world.sequencer({ keys: other.keys }).lead()).rejects.toMatchObject({
      code: 'EVIDENCE_LOG_KEY',
    });
  } finally {
    await other.close();
  }
});

test('nothing is ended before everything is integrated, witnessed and anchored, or while a server leads', async () => {
  await propose('a');
  await expect(rotate()).rejects.toMatchObject({ code: 'EVIDENCE_ROTATION_UNFINISHED' });
  for (const one of world.witnesses) one.awake = false;
  const sequencer = world.sequencer();
  expect(await sequencer.lead()).toBe(false);
  for (const one of world.witnesses) one.awake = true;
  expect(await sequencer.lead()).toBe(true);
  for (const one of world.witnesses) one.awake = false;
  while (await sequencer.work());
  await expect(rotate()).rejects.toMatchObject({ code: 'EVIDENCE_ROTATION_BUSY' });
  await sequencer.leave();
  await expect(rotate()).rejects.toMatchObject({ code: 'EVIDENCE_ROTATION_UNFINISHED' });
  for (const one of world.witnesses) one.awake = true;
  await work();
  await expect(rotate({ chain: true })).rejects.toMatchObject({ code: 'EVIDENCE_ROTATION_UNANCHORED' });
  expect(await retiredLogs(world.database.db)).toEqual([]);
  // Every refusal left the log as it was.
  await propose('b');
  await work();
  expect((await rotate({ chain: true, unanchored: true })).final.size).toBe(2);
});

test('broken off between the database and the vault: the same call finishes it', async () => {
  await propose('a');
  await work();
  let broken = true;
  const { vault } = world;
  const failing = {
    ...vault,
    rotate: (...asked: Parameters<typeof vault.rotate>) => {
      if (broken && asked[1] === 'Ed25519') throw new Error('power cut');
      return vault.rotate(...asked);
    },
  };
  const deps = { ...world, vault: failing, clock: systemClock, config: {} as Config };
  await expect(rotateLog(deps)).rejects.toThrow('power cut');
  await expect(world.sequencer().lead()).rejects.toMatchObject({ code: 'EVIDENCE_LOG_RETIRED' });
  broken = false;
  const { keys } = await rotateLog(deps);
  await work(keys);
  expect(await retiredLogs(world.database.db)).toHaveLength(1);
  expect(await verify(1)).toBe('valid');
  // And another time, from there.
  const next = await rotateLog(deps);
  expect(next.former).toBe(keys.origin);
  await work(next.keys);
  expect(await verify(2)).toBe('valid');
  expect(await verify(0)).toBe('valid');
});

test('a replaced witness: old evidence is proved by what today’s have cosigned', async () => {
  await propose('a');
  await work();
  const { db } = world.database;
  const asked = { index: 0, witnesses: ['w1.example', 'w3.example'] };
  expect((await provenCheckpointAfter(db, { ...asked, quorum: 1 }))?.size).toBe(1);
  expect(await provenCheckpointAfter(db, { ...asked, quorum: 2 })).toBeUndefined();
});
