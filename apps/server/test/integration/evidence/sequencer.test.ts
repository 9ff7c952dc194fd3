import fs from 'node:fs';
import path from 'node:path';
import { fromUtf8, toHex } from '@hufu/kernel';
import {
  createProver,
  isLeafSignedBy,
  leafChecksum,
  parseCheckpoint,
  parseLeaf,
  parseStatement,
  portableHasher,
  portableLedgerCrypto,
  signCheckpoint,
  verifyConsistency,
  verifyCosignature,
  verifyInclusion,
  verifyNote,
} from '@hufu/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { integrateBatch, loadEdge } from '../../../src/features/evidence/sequencer/integrate.ts';
import {
  newestCheckpoint,
  newestConfirmedCheckpoint,
  storeCheckpoint,
} from '../../../src/features/evidence/store/checkpoints.ts';
import { leaveTree, takeTree, tileReader, treeHead } from '../../../src/features/evidence/store/tree.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { type LogWorld, logWorld } from '../../support/evidence/log-world.ts';

let world: LogWorld;
beforeAll(async () => {
  world = await logWorld();
});
afterAll(() => world.close());

const crypto = portableLedgerCrypto();
const rows = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await world.database.pool.query<T>(text, values)).rows;
const readLog = (name: string) => fs.readFileSync(path.join(world.directory, 'log', name));

test('GEN-004, OD-39: a lasting change is audited, stated and queued by one call, or not at all', async () => {
  await world.change({ reason: '张三丰换了电话', disclose: { phone: '13800138000' } });
  await expect(
    withTransaction(world.database, async (tx) => {
      await world.audit.record(tx, {
        actor: { kind: 'system' },
        action: 'platform.add',
        subject: { kind: 'platform', id: 'p' },
      });
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  const [statement] = await rows<{ id: string; body: Uint8Array; subject: string; entity_id: string }>(
    'select * from ledger_statement',
  );
  const audited = await rows('select * from audit_entry where statement_id = $1', [statement!.id]);
  expect(audited).toMatchObject([{ action: 'enterprise.change', outcome: 'ok' }]);
  expect(await rows('select * from ledger_outbox')).toHaveLength(1);
  expect(statement).toMatchObject({ subject: 'enterprise/e1', entity_id: 'e1' });
  const body = new Uint8Array(statement!.body);
  expect(parseStatement(body)).toMatchObject({
    seq: 1,
    type: 'enterprise.change',
    facts: { after: { regCity: '150100' } },
  });
  expect(fromUtf8(body)).not.toMatch(/13800138000|张三丰/);
  expect(await rows('select name from ledger_disclosure order by name')).toEqual([
    { name: 'phone' },
    { name: 'reason' },
  ]);
});

test('what changes nothing is audited only: sign-ins, refusals', async () => {
  const before = await rows('select id from ledger_statement');
  await world.change({ action: 'session.login' });
  await world.audit.refused({ actor: { kind: 'anonymous' }, action: 'enterprise.change', code: 'NO' });
  expect(await rows('select id from ledger_statement')).toHaveLength(before.length);
  expect(
    await rows("select * from audit_entry where action = 'session.login' and statement_id is null"),
  ).toHaveLength(1);
});

test('a record’s statements form a chain, each naming the digest of the one before', async () => {
  const subject = { kind: 'certificate', id: 'c1' };
  for (let i = 0; i < 3; i++) await world.change({ subject, action: 'certificate.renew', after: { i } });
  await withTransaction(world.database, async (tx) => {
    const entry = { actor: { kind: 'system' }, action: 'certificate.unbind', subject } as const;
    await world.audit.record(tx, entry);
    await world.audit.record(tx, entry);
  });
  // A transaction that failed leaves a wrong idea of the chain's end behind; the next one is not misled.
  await expect(
    withTransaction(world.database, async (tx) => {
      await world.audit.record(tx, { actor: { kind: 'system' }, action: 'certificate.unbind', subject });
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await world.change({ subject, action: 'certificate.renew' });
  const chain = await rows<{ seq: number; body: Uint8Array; digest: Uint8Array }>(
    "select seq, body, digest from ledger_statement where subject = 'certificate/c1' order by seq",
  );
  expect(chain.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  for (const [at, { body }] of chain.entries()) {
    const { prev } = parseStatement(new Uint8Array(body));
    expect(prev && toHex(prev)).toBe(at === 0 ? undefined : toHex(new Uint8Array(chain[at - 1]!.digest)));
  }
});

test('OD-39: many changes recorded together are as each by itself: chains, disclosures, order, audit', async () => {
  const entry = (id: string, action = 'record.save') => ({
    actor: { kind: 'operator', id: 'o1' } as const,
    action,
    subject: { kind: 'record', id },
    entity: 'e7',
    after: { id },
    disclose: { name: `张三丰 ${id}` },
  });
  await world.change(entry('begun'));
  const before = (await rows<{ id: string }>('select id from ledger_outbox')).length;
  await withTransaction(world.database, (tx) =>
    world.audit.recordAll(tx, [
      entry('r1'),
      entry('begun'),
      entry('r2'),
      entry('r1', 'record.submit'),
      { ...entry('r3'), action: 'session.login' },
    ]),
  );
  const chains = await rows<{ subject: string; seq: number; type: string; body: Uint8Array }>(
    "select subject, seq, type, body from ledger_statement where entity_id = 'e7' order by subject, seq",
  );
  expect(chains.map(({ subject, seq, type }) => `${subject} ${seq} ${type}`)).toEqual([
    'record/begun 1 record.save',
    'record/begun 2 record.save',
    'record/r1 1 record.save',
    'record/r1 2 record.submit',
    'record/r2 1 record.save',
  ]);
  for (const { body } of chains) expect(fromUtf8(new Uint8Array(body))).not.toMatch(/张三丰/);
  const waiting = await rows<{ subject: string; seq: number }>(
    `select s.subject, s.seq from ledger_outbox o join ledger_statement s on s.id = o.statement_id
      order by o.id offset ${before}`,
  );
  const place = (subject: string, seq: number) =>
    waiting.findIndex((one) => one.subject === subject && one.seq === seq);
  expect(waiting).toHaveLength(4);
  expect(place('record/r1', 1), 'cause before effect').toBeLessThan(place('record/r1', 2));
  const disclosed = await rows<{ subject: string }>(
    "select s.subject from ledger_disclosure d join ledger_statement s on s.id = d.statement_id where s.entity_id = 'e7'",
  );
  expect(disclosed.filter(({ subject }) => subject === 'record/r2')).toHaveLength(1);
  expect(disclosed).toHaveLength(5);
  expect(
    await rows("select * from audit_entry where subject_id in ('r1', 'r2') and statement_id is not null"),
  ).toHaveLength(3);
  await expect(
    withTransaction(world.database, async (tx) => {
      await world.audit.recordAll(tx, [entry('r8'), entry('r9')]);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await rows("select * from audit_entry where subject_id in ('r8', 'r9')")).toHaveLength(0);
});

test('many writers of one record, and of many, leave neither gaps nor forks in the chains', async () => {
  const subject = { kind: 'approval', id: 'hot' };
  await Promise.all(
    Array.from({ length: 24 }, (_, i) =>
      world.change(
        i % 2 === 0
          ? { subject, action: 'approval.propose' }
          : { subject: { kind: 'approval', id: `a${i}` }, action: 'approval.propose' },
      ),
    ),
  );
  const [chain] = await rows<{ n: number; last: number }>(
    "select count(*)::int as n, max(seq) as last from ledger_statement where subject = 'approval/hot'",
  );
  expect(chain).toEqual({ n: 12, last: 12 });
});

test('what waited is in the log, cosigned and published as files that an outsider verifies', async () => {
  const sequencer = world.sequencer({ batch: 7 });
  expect(await sequencer.lead()).toBe(true);
  for (let i = 0; i < 300; i++)
    await world.change({ subject: { kind: 'approval', id: `b${i}` }, action: 'approval.propose' });
  while (await sequencer.work());
  const leaves = await rows<{ idx: string; leaf: Uint8Array; statement_id: string }>(
    'select * from ledger_leaf order by idx',
  );
  expect(leaves.map(({ idx }) => Number(idx))).toEqual(leaves.map((_, at) => at));
  expect(await rows('select * from ledger_outbox')).toEqual([]);

  const checkpoint = parseCheckpoint(readLog('checkpoint').toString());
  expect(checkpoint.size).toBe(leaves.length);
  expect(await verifyNote(checkpoint.note, world.keys.logKey, crypto)).toEqual({ state: 'valid' });
  expect(await verifyNote(checkpoint.note, world.keys.sm2Key, crypto)).toEqual({ state: 'valid' });
  for (const { key } of world.witnesses)
    expect(await verifyCosignature(checkpoint.note, key, crypto)).toMatchObject({ state: 'valid' });

  const entries = readLog('tile/entries/000');
  expect(entries.length).toBe(256 * 130);
  expect(fs.existsSync(path.join(world.directory, 'log/tile/entries/000.p'))).toBe(false);
  const prover = createProver(async (level, index, width) => {
    const name = `tile/${level}/${String(index).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
    return new Uint8Array(readLog(name));
  });
  for (const index of [0, 1, 255, leaves.length - 1]) {
    const leaf = new Uint8Array(leaves[index]!.leaf);
    const proof = await prover.inclusion(index, checkpoint.size);
    const claim = { index, leafHash: portableHasher.leaf(leaf), proof, head: checkpoint };
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, index: index ^ 1 })).toBe(false);
    const [statement] = await rows<{ body: Uint8Array }>('select body from ledger_statement where id = $1', [
      leaves[index]!.statement_id,
    ]);
    expect(parseLeaf(leaf).checksum).toEqual(leafChecksum(new Uint8Array(statement!.body)));
  }
  expect(
    await isLeafSignedBy(
      parseLeaf(new Uint8Array(leaves[0]!.leaf)),
      world.keys.signers.log.publicKey,
      crypto,
    ),
  ).toBe(false);
  await sequencer.leave();
});

test('a checkpoint is confirmed by the quorum, not before; late witnesses are asked again', async () => {
  const sequencer = world.sequencer();
  expect(await sequencer.lead()).toBe(true);
  world.witnesses[1]!.awake = false;
  await world.change();
  await sequencer.work();
  const signed = (await newestCheckpoint(world.database.db))!;
  expect(signed.confirmedAt).toBeUndefined();
  expect((await newestConfirmedCheckpoint(world.database.db))!.size).toBeLessThan(signed.size);
  world.witnesses[1]!.awake = true;
  await expect
    .poll(async () => {
      await sequencer.work();
      return (await newestConfirmedCheckpoint(world.database.db))!.size;
    })
    .toBe(signed.size);
  await sequencer.leave();
});

test('a server that dies between the commit and the signature, or before the files: the next one finishes its work', async () => {
  const { db } = world.database;
  await world.change();
  const tenure = (await takeTree(db, { holder: 'dies', seconds: 60 }))!;
  const edge = await loadEdge(db, tenure);
  const grown = await integrateBatch(world.database, { edge, tenure, limit: 10, leaseSeconds: 60 });
  expect(grown.size).toBe(edge.size + 1);
  const next = world.sequencer({ files: 'next' });
  // While its lease runs nobody else may lead; a batch under a former epoch changes nothing.
  expect(await next.lead()).toBe(false);
  await leaveTree(db, tenure);
  expect(await next.lead()).toBe(true);
  await world.change();
  await expect(
    integrateBatch(world.database, { edge: grown, tenure, limit: 10, leaseSeconds: 60 }),
  ).rejects.toMatchObject({ code: 'EVIDENCE_FENCED' });
  while (await next.work());
  await next.leave();
  const published = parseCheckpoint(
    fs.readFileSync(path.join(world.directory, 'next', 'checkpoint'), 'utf8'),
  );
  expect(published.size).toBe(grown.size + 1);
  expect((await newestConfirmedCheckpoint(db))!.size).toBe(grown.size + 1);

  // Signed and stored, but neither shown to a witness nor published.
  await world.change();
  const again = (await takeTree(db, { holder: 'dies', seconds: 60 }))!;
  const last = await integrateBatch(world.database, {
    edge: await loadEdge(db, again),
    tenure: again,
    limit: 10,
    leaseSeconds: 60,
  });
  const { root } = await treeHead(db);
  const note = await signCheckpoint({ size: last.size, root }, world.keys.signers);
  await storeCheckpoint(world.database, { size: last.size, root, note, signedAt: new Date() });
  await leaveTree(db, again);
  const heir = world.sequencer({ files: 'next' });
  expect(await heir.lead()).toBe(true);
  await heir.work();
  await heir.leave();
  expect((await newestConfirmedCheckpoint(db))!.size).toBe(last.size);
  expect(
    parseCheckpoint(fs.readFileSync(path.join(world.directory, 'next', 'checkpoint'), 'utf8')).size,
  ).toBe(last.size);
});

test('a server that does not lead follows with its own copy of the files', async () => {
  const leader = world.sequencer();
  expect(await leader.lead()).toBe(true);
  await world.change();
  await leader.work();
  const other = world.sequencer({ files: 'other' });
  expect(await other.lead()).toBe(false);
  expect(await other.follow()).toBe(true);
  expect(await other.follow()).toBe(false);
  const copy = (name: string) => fs.readFileSync(path.join(world.directory, 'other', name), 'utf8');
  expect(copy('checkpoint')).toBe(readLog('checkpoint').toString());
  await leader.leave();
});

test('every checkpoint that was ever signed is consistent with the next', async () => {
  const all = await rows<{ size: string; root: Uint8Array }>(
    'select size, root from ledger_checkpoint order by size',
  );
  const prover = createProver(tileReader(world.database.db));
  expect(all.length).toBeGreaterThan(1);
  for (let i = 1; i < all.length; i++) {
    const [from, to] = [all[i - 1]!, all[i]!].map(({ size, root }) => ({
      size: Number(size),
      root: new Uint8Array(root),
    }));
    const proof = await prover.consistency(from!.size, to!.size);
    expect(verifyConsistency({ from: from!, to: to!, proof })).toBe(true);
  }
});

test('leaves, statements and checkpoints cannot be changed or deleted, disclosures only erased, once', async () => {
  for (const text of [
    "update ledger_statement set type = 'x.y'",
    'delete from ledger_statement',
    'delete from ledger_leaf',
    'update ledger_leaf set idx = idx + 1000000',
    "update ledger_checkpoint set note = 'x'",
    'delete from ledger_checkpoint',
    'delete from ledger_disclosure',
    "update ledger_disclosure set disclosure = 'other'",
  ]) {
    await expect(rows(text), text).rejects.toThrow();
  }
});
