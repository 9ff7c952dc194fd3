import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock, toHex } from '@hufu/kernel';
import {
  createProver,
  EMPTY_EDGE,
  growTree,
  parseCheckpoint,
  portableHasher,
  verifyConsistency,
} from '@hufu/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRecorder, openLogKeys, openSubmitKey } from '../../../src/features/evidence/index.ts';
import { logFiles } from '../../../src/features/evidence/publish/publish-log.ts';
import { createSequencer } from '../../../src/features/evidence/sequencer/sequencer.ts';
import { tileReader } from '../../../src/features/evidence/store/tree.ts';
import { createAudit } from '../../../src/infra/audit/audit.ts';
import { type Database, withTransaction } from '../../../src/infra/database/database.ts';
import { systemRandom } from '../../../src/infra/random.ts';
import { openFileVault } from '../../../src/infra/vault/file-vault.ts';
import { bundle } from '../../support/bundle.ts';
import { onPostgresql, testDatabase } from '../../support/database.ts';
import { paperAsking } from '../../support/evidence/paper-witness.ts';
import { type WitnessServer, witnessServer } from '../../support/evidence/witness-server.ts';

/** How many sequencers die at work. More by hand: EVIDENCE_CHAOS_KILLS=100. */
const KILLS = Number(process.env['EVIDENCE_CHAOS_KILLS'] ?? 3);
/** Each of the dead must have had time to sign something on a slow machine too. */
const LEAST_CHECKPOINTS = 4;
const LONGEST_MS = KILLS * 60_000;
const WRITERS = 6;
const LONGEST_LIFE_MS = 1_500;

describe.skipIf(!onPostgresql)('two rival sequencers, killed again and again under load', () => {
  let database: Database;
  let directory: string;
  let witnesses: WitnessServer[];
  const seen = { starts: 0, kills: 0, commits: 0, said: [] as string[] };

  beforeAll(async () => {
    database = await testDatabase();
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-chaos-'));
    witnesses = [await witnessServer('w1.example', 21), await witnessServer('w2.example', 22)];
  });
  afterAll(async () => {
    for (const one of witnesses) one.close();
    await database.close();
    fs.rmSync(directory, { recursive: true, force: true });
  });

  const rows = async <T extends object>(text: string): Promise<T[]> =>
    (await database.pool.query<T>(text)).rows;

  test(
    'no gap, none lost, none twice, every checkpoint consistent',
    async () => {
      const program = fileURLToPath(await bundle('test/support/processes/sequencer.ts'));
      const passphrase = randomUUID();
      const vaultFile = path.join(directory, 'vault.json');
      const vault = openFileVault({ file: vaultFile, passphrase, clock: systemClock, random: systemRandom });
      const keys = await openLogKeys(vault);
      const submitter = await openSubmitKey(vault);
      const audit = createAudit(
        database,
        createRecorder({ clock: systemClock, random: systemRandom, submitter }),
      );
      const name = (await rows<{ name: string }>('select current_database() as name'))[0]!.name;
      const url = new URL(process.env['TEST_DATABASE_URL']!);
      url.pathname = `/${name}`;

      // Each rival keeps its own files, as on a machine of its own.
      const rivals = new Map<string, ChildProcess>();
      const die = (child: ChildProcess) => {
        if (!over && child.kill('SIGKILL')) seen.kills += 1;
      };
      let over = false;
      const start = (files: string) => {
        if (over) return;
        seen.starts += 1;
        const settings = witnesses.map(({ setting }) => setting);
        const orders = {
          url: url.href,
          vault: vaultFile,
          passphrase,
          files: path.join(directory, files),
          witnesses: settings,
        };
        const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          seen.said.push(text);
          // Killing one that has not begun proves nothing; whoever leads dies at some moment of its work.
          if (text.includes('leading')) setTimeout(() => die(child), randomInt(LONGEST_LIFE_MS));
        });
        rivals.set(files, child);
        child.once('exit', () => start(files));
      };
      start('a');
      start('b');

      const until = Date.now() + LONGEST_MS;
      let checkpointed = 0;
      const isOver = () => (seen.kills >= KILLS && checkpointed >= LEAST_CHECKPOINTS) || Date.now() > until;
      const watch = async () => {
        for (; !isOver(); await pause(100))
          checkpointed = (await rows<{ n: number }>('select count(*)::int as n from ledger_checkpoint'))[0]!
            .n;
      };
      const write = async (writer: number) => {
        while (!isOver()) {
          const rolledBack = randomInt(10) === 0;
          const record = randomInt(5) === 0 ? 'hot' : toHex(new Uint8Array(randomBytes(8)));
          const done = await withTransaction(database, async (tx) => {
            await audit.record(tx, {
              actor: { kind: 'system' },
              action: 'approval.propose',
              subject: { kind: 'approval', id: record },
              after: { writer },
            });
            if (randomInt(50) === 0) await pause(200);
            if (rolledBack) throw new Error('rolled back');
          }).then(
            () => true,
            (error: Error) => {
              if (error.message !== 'rolled back') throw error;
              return false;
            },
          );
          if (done) seen.commits += 1;
        }
      };
      await Promise.all([watch(), ...Array.from({ length: WRITERS }, (_, at) => write(at))]);
      over = true;
      for (const child of rivals.values()) child.kill('SIGKILL');

      // The next server finishes what they left.
      const paper = witnesses.map(({ witness }) => witness);
      const last = createSequencer({
        database,
        clock: systemClock,
        keys,
        files: logFiles(path.join(directory, 'last')),
        ask: paperAsking(paper),
        settings: { witnesses: paper, quorum: 2, batch: 500, leaseSeconds: 30 },
        seenElsewhere: async () => [],
      });
      await expect.poll(() => last.lead()).toBe(true);
      while (await last.work());
      await last.leave();

      expect(seen.kills).toBeGreaterThanOrEqual(KILLS);
      expect(seen.said.join('')).not.toMatch(/ROLLED_BACK|FORKED|DAMAGED/);
      const leaves = await rows<{ idx: string; leaf: Uint8Array; statement_id: string }>(
        'select * from ledger_leaf order by idx',
      );
      expect(leaves.length).toBe(seen.commits);
      expect(leaves.every(({ idx }, at) => Number(idx) === at)).toBe(true);
      expect(
        await rows('select id from ledger_statement where id not in (select statement_id from ledger_leaf)'),
      ).toEqual([]);
      const [chain] = await rows<{ n: number; last: number }>(
        "select count(*)::int as n, max(seq) as last from ledger_statement where subject = 'approval/hot'",
      );
      expect(chain!.n).toBe(chain!.last);

      const grown = growTree(
        EMPTY_EDGE,
        leaves.map(({ leaf }) => portableHasher.leaf(new Uint8Array(leaf))),
      );
      const published = parseCheckpoint(fs.readFileSync(path.join(directory, 'last', 'checkpoint'), 'utf8'));
      expect(published.size).toBe(leaves.length);
      expect(toHex(published.root)).toBe(toHex(grown.root));
      const prover = createProver(tileReader(database.db), { cachedTiles: 1000 });
      const checkpoints = await rows<{ size: string; root: Uint8Array }>(
        'select size, root from ledger_checkpoint order by size',
      );
      for (const { size, root } of checkpoints) {
        const from = { size: Number(size), root: new Uint8Array(root) };
        const proof = await prover.consistency(from.size, published.size);
        expect(verifyConsistency({ from, to: published, proof }), `checkpoint ${size}`).toBe(true);
      }
      expect(checkpoints.length).toBeGreaterThanOrEqual(LEAST_CHECKPOINTS);
      if (process.env['EVIDENCE_CHAOS_KILLS'] !== undefined)
        console.log({
          starts: seen.starts,
          kills: seen.kills,
          commits: seen.commits,
          checkpoints: checkpoints.length,
        });
    },
    LONGEST_MS + 120_000,
  );
});
