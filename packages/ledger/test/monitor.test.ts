import { fromUtf8, utf8 } from '@hufu/kernel';
import { describe, expect, test } from 'vitest';
import {
  auditLeaves,
  auditStatements,
  buildStatement,
  EMPTY_EDGE,
  followLog,
  formatEntries,
  parseCheckpoint,
  type StatementSpec,
  type SubjectChains,
  signLeaf,
  staleness,
  statementDigests,
  timeAlarm,
} from '../src/index.ts';
import { nodeLedgerCrypto } from '../src/node/index.ts';
import { filler, NOON, newLog, POLICY, SPEC, SUBMITTER } from './support/log.ts';

const crypto = nodeLedgerCrypto();
const leaves = await filler(600);
const log = newLog(leaves);
const other = newLog(leaves.with(3, leaves[4]!));
const headAt = async (size: number, of = log) => ({ size, root: await of.prover.root(size) });

const follow = async (note: string, previous = 0, { policy = POLICY, of = log } = {}) => {
  const head = previous === 0 ? undefined : await headAt(previous);
  const { checkpoint, alarms } = await followLog({ previous: head, note, policy, reader: of.read }, crypto);
  return {
    size: checkpoint?.size,
    confirmedAt: checkpoint?.confirmedAt,
    codes: alarms.map(({ code }) => code),
  };
};

describe('a monitor follows a log', () => {
  test('that grows', async () => {
    const first = await follow(await log.checkpoint(100));
    expect(first).toEqual({ size: 100, confirmedAt: NOON + 1000, codes: [] });
    expect(await follow(await log.checkpoint(600), 100)).toMatchObject({ size: 600, codes: [] });
    expect(await follow(await log.checkpoint(600), 600)).toMatchObject({ size: 600, codes: [] });
  });

  test('and refuses one that shrank, forked, or was rewritten', async () => {
    expect(await follow(await log.checkpoint(100), 200)).toMatchObject({
      size: undefined,
      codes: ['MONITOR_ROLLBACK'],
    });
    const forked = await other.checkpoint(200);
    expect(await follow(forked, 200)).toMatchObject({ size: undefined, codes: ['MONITOR_FORK'] });
    const rewritten = await other.checkpoint(300);
    expect(await follow(rewritten, 200, { of: other })).toMatchObject({ codes: ['MONITOR_INCONSISTENT'] });
  });

  test('and refuses a checkpoint that is none, of a stranger, or wrongly signed', async () => {
    expect(await follow('x')).toMatchObject({ codes: ['MONITOR_CHECKPOINT_MALFORMED'] });
    const note = await log.checkpoint(100);
    expect(await follow(note, 0, { policy: { ...POLICY, logs: [] } })).toMatchObject({
      codes: ['MONITOR_LOG_UNKNOWN'],
    });
    const { codes } = await follow(note.replace('\n100\n', '\n101\n'));
    expect(codes).toEqual(['MONITOR_LOG_SIGNATURE']);
  });

  test('and refuses what the key of a retired log signs beyond its end, or beside it', async () => {
    const retiredAt = async (size: number, of = log): Promise<typeof POLICY> => ({
      ...POLICY,
      logs: [{ ...POLICY.logs[0]!, final: await headAt(size, of) }],
    });
    const note = await log.checkpoint(200);
    expect(await follow(note, 100, { policy: await retiredAt(200) })).toMatchObject({ size: 200, codes: [] });
    for (const policy of [await retiredAt(199), await retiredAt(200, other)])
      expect(await follow(note, 100, { policy })).toMatchObject({
        size: undefined,
        codes: ['MONITOR_LOG_RETIRED'],
      });
  });

  test('says when witnesses are missing, and follows all the same', async () => {
    expect(await follow(await log.checkpoint(100, { count: 1 }))).toEqual({
      size: 100,
      confirmedAt: undefined,
      codes: ['MONITOR_QUORUM'],
    });
  });

  test('says when tiles are missing', async () => {
    const note = await log.checkpoint(600);
    const reader = async () => new Uint8Array();
    const previous = await headAt(100);
    const { alarms } = await followLog({ previous, note, policy: POLICY, reader }, crypto);
    expect(alarms.map(({ code }) => code)).toEqual(['MONITOR_TILE']);
  });

  test('says when the log stands still', () => {
    expect(staleness(NOON, NOON + 60_000, 120_000)).toBeUndefined();
    expect(staleness(NOON, NOON + 180_000, 120_000)).toMatchObject({
      code: 'MONITOR_STALE',
      fields: { ageSeconds: 180 },
    });
    expect(staleness(undefined, NOON, 120_000)?.code).toBe('MONITOR_STALE');
  });
});

describe('a monitor hashes every leaf', () => {
  const readerOf = (of: readonly Uint8Array[]) => async (index: number) =>
    formatEntries(of.slice(index * 256, (index + 1) * 256));

  test('and the published root comes out, in one go or in steps', async () => {
    const head = parseCheckpoint(await log.checkpoint(600));
    const whole = await auditLeaves({ edge: EMPTY_EDGE, head, reader: readerOf(leaves) }, crypto);
    expect([whole.alarms, whole.leaves.length, whole.edge?.size]).toEqual([[], 600, 600]);
    const first = await auditLeaves(
      { edge: EMPTY_EDGE, head: await headAt(300), reader: readerOf(leaves) },
      crypto,
    );
    const second = await auditLeaves({ edge: first.edge!, head, reader: readerOf(leaves) }, crypto);
    expect(second.edge).toEqual(whole.edge);
    expect(second.leaves).toHaveLength(300);
  });

  test('an edited or a missing one is found', async () => {
    const head = await headAt(600);
    const edited = leaves.with(500, leaves[0]!);
    const wrong = await auditLeaves({ edge: EMPTY_EDGE, head, reader: readerOf(edited) }, crypto);
    expect([wrong.edge, wrong.alarms[0]?.code]).toEqual([undefined, 'MONITOR_LEAVES']);
    const short = await auditLeaves(
      { edge: EMPTY_EDGE, head, reader: readerOf(leaves.slice(0, 599)) },
      crypto,
    );
    expect([short.edge, short.alarms[0]?.code]).toEqual([undefined, 'MONITOR_TILE']);
  });
});

async function rowsOf(specs: readonly Partial<StatementSpec>[]) {
  let prev: Uint8Array | undefined;
  const rows = [];
  for (const [at, change] of specs.entries()) {
    const statement = buildStatement({ ...SPEC, seq: at + 1, prev, ...change });
    prev = statementDigests(statement).sha256;
    rows.push({ index: at, statement, leaf: await signLeaf(statement, SUBMITTER) });
  }
  return rows;
}

const audit = (rows: Awaited<ReturnType<typeof rowsOf>>, known: SubjectChains = new Map()) => {
  const { alarms, chains } = auditStatements(rows, known, crypto);
  return { codes: alarms.map(({ code }) => code), chains };
};

describe('a monitor reads the statements of a subject', () => {
  test('one after the other, over several audits', async () => {
    const rows = await rowsOf([{}, {}, {}, {}]);
    const first = audit(rows.slice(0, 2));
    expect(first.codes).toEqual([]);
    expect(audit(rows.slice(2), first.chains).codes).toEqual([]);
  });

  test('one left out is missed', async () => {
    const rows = await rowsOf([{}, {}, {}]);
    expect(audit(rows.toSpliced(1, 1)).codes).toEqual(['MONITOR_SEQUENCE']);
    expect(audit(rows.slice(1)).codes).toEqual(['MONITOR_SEQUENCE']);
  });

  test('one that names another predecessor is found', async () => {
    const rows = await rowsOf([{}, { prev: new Uint8Array(32) }]);
    expect(audit(rows).codes).toEqual(['MONITOR_PREVIOUS']);
  });

  test('an edited one is found', async () => {
    const [row] = await rowsOf([{}]);
    const statement = utf8(fromUtf8(row!.statement).replace('created', 'removed'));
    expect(audit([{ ...row!, statement }]).codes).toEqual(['MONITOR_STATEMENT']);
  });
});

describe('a monitor compares times', () => {
  const sightings = [
    { size: 10, time: NOON },
    { size: 20, time: NOON + 60_000 },
    { size: 30, time: NOON + 120_000 },
  ];
  const tolerance = { delay: 30_000, skew: 5_000 };
  const at = (index: number, time: number) =>
    timeAlarm({ index, time: NOON + time }, sightings, tolerance)?.code;

  test('a statement made between two sightings is in time', () => {
    for (const time of [0, 30_000, 60_000, 64_000, -34_000]) expect(at(15, time)).toBeUndefined();
  });

  test('one dated back by days, or forward, is found', () => {
    expect(at(15, -36_000)).toBe('MONITOR_BACKDATED');
    expect(at(15, -5 * 86_400_000)).toBe('MONITOR_BACKDATED');
    expect(at(15, 66_000)).toBe('MONITOR_POSTDATED');
    expect(at(15, 3 * 86_400_000)).toBe('MONITOR_POSTDATED');
  });

  test('nothing is said before the first sighting and after the last', () => {
    expect(at(5, -86_400_000)).toBeUndefined();
    expect(at(35, 86_400_000)).toBeUndefined();
    expect(at(5, 6_000)).toBe('MONITOR_POSTDATED');
  });
});
