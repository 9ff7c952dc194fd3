import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '@hufu/kernel';
import { createRecorder } from '../../../src/features/evidence/index.ts';
import { type LogKeys, openLogKeys, openSubmitKey } from '../../../src/features/evidence/log-keys.ts';
import { logFiles } from '../../../src/features/evidence/publish/publish-log.ts';
import type { SeenHead } from '../../../src/features/evidence/sequencer/guard.ts';
import { createSequencer, type Sequencer } from '../../../src/features/evidence/sequencer/sequencer.ts';
import { type Audit, type AuditEntry, createAudit } from '../../../src/infra/audit/audit.ts';
import { type Database, withTransaction } from '../../../src/infra/database/database.ts';
import { systemRandom } from '../../../src/infra/random.ts';
import { openFileVault } from '../../../src/infra/vault/file-vault.ts';
import type { KeyVault } from '../../../src/infra/vault/key-vault.ts';
import { testDatabase } from '../database.ts';
import { type PaperWitness, paperAsking, paperWitness } from './paper-witness.ts';

export type LogWorld = {
  readonly database: Database;
  readonly directory: string;
  readonly vault: KeyVault;
  readonly keys: LogKeys;
  readonly audit: Audit;
  readonly witnesses: readonly PaperWitness[];
  /** Heads that the chain is said to have seen. */
  readonly anchored: SeenHead[];
  /** Another server's sequencer, over its own copy of the files when that is asked for. */
  sequencer(options?: SequencerOptions): Sequencer;
  /** Records one change in a transaction of its own. */
  change(entry?: Partial<AuditEntry>): Promise<void>;
  close(): Promise<void>;
};

export type SequencerOptions = {
  readonly files?: string;
  readonly batch?: number;
  /** After a rotation; otherwise the first ones. */
  readonly keys?: LogKeys;
};

/** The ledger alone, on a private database, with two witnesses in this process; keys in a file unless a vault is given. */
export async function logWorld(given?: KeyVault): Promise<LogWorld> {
  const database = await testDatabase();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-log-'));
  const vault =
    given ??
    openFileVault({
      scryptN: 1_024,
      file: path.join(directory, 'vault.json'),
      passphrase: randomUUID(),
      clock: systemClock,
      random: systemRandom,
    });
  const keys = await openLogKeys(vault);
  const submitter = await openSubmitKey(vault);
  const audit = createAudit(
    database,
    createRecorder({ clock: systemClock, random: systemRandom, submitter }),
  );
  const witnesses = [paperWitness('w1.example', 1), paperWitness('w2.example', 2)];
  const anchored: SeenHead[] = [];
  return {
    database,
    directory,
    vault,
    keys,
    audit,
    witnesses,
    anchored,
    sequencer: ({ files = 'log', batch = 100, keys: used = keys } = {}) =>
      createSequencer({
        database,
        clock: systemClock,
        keys: used,
        files: logFiles(path.join(directory, files)),
        ask: paperAsking(witnesses),
        settings: { witnesses, quorum: 2, batch, leaseSeconds: 5 },
        seenElsewhere: async () => anchored,
      }),
    change: (entry = {}) =>
      withTransaction(database, (tx) =>
        audit.record(tx, {
          actor: { kind: 'entity', id: 'e1', certificate: 'ab'.repeat(32) },
          action: 'enterprise.change',
          subject: { kind: 'enterprise', id: 'e1' },
          after: { regCity: '150100' },
          ...entry,
        }),
      ),
    async close() {
      await database.close();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
