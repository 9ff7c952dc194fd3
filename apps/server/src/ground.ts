import path from 'node:path';
import type { Clock } from '@hufu/kernel';
import type { DestinationStream } from 'pino';
import { createRecorder, openSubmitKey } from './features/evidence/index.ts';
import { openAttachments } from './infra/attachments/open-attachments.ts';
import { createAudit } from './infra/audit/audit.ts';
import type { Config } from './infra/config/config.ts';
import type { Database } from './infra/database/database.ts';
import { claimInstallation } from './infra/database/installation.ts';
import { migrate, readMigrations } from './infra/database/migrate.ts';
import { openEmbedded, openPostgresql } from './infra/database/open.ts';
import { createMetrics } from './infra/http/metrics.ts';
import { createRateLimiter } from './infra/http/rate-limit.ts';
import type { Infra } from './infra/infra.ts';
import { endLeases } from './infra/lease/end-leases.ts';
import { createLog } from './infra/log.ts';
import { createMailer } from './infra/mail/mail.ts';
import { createOutbox } from './infra/outbox/outbox.ts';
import { createFieldCipher } from './infra/privacy/field-cipher.ts';
import { systemRandom } from './infra/random.ts';
import { openVault } from './infra/vault/open-vault.ts';

export type GroundOptions = {
  readonly config: Config;
  readonly clock: Clock;
  readonly migrations: string;
  readonly logTo?: DestinationStream;
};

/** Opens everything that features stand on, checked and migrated. The caller closes the database at the end. */
export async function layGround({ config, clock, migrations, logTo }: GroundOptions): Promise<Infra> {
  const { vault, halves } = await openVault(config, clock);
  const submitter = await openSubmitKey(vault);
  const database = await openDatabase(config);
  try {
    await migrate(database, readMigrations(migrations));
    await claimInstallation(database, config.mode);
    // The embedded one is locked for this process.
    if (database.engine === 'pglite') await endLeases(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const log = createLog(config.logLevel, logTo);
  if (halves === undefined && config.mode === 'configured') {
    log.warn('keys lie in a file of this server: run the vault process (docs/runbooks/signer.md)');
  }
  const cipher = createFieldCipher(vault, systemRandom);
  const outbox = createOutbox(database);
  return {
    config,
    clock,
    random: systemRandom,
    log,
    database,
    audit: createAudit(database, createRecorder({ clock, random: systemRandom, submitter })),
    outbox,
    mailer: createMailer(outbox, cipher),
    attachments: openAttachments({
      directory: path.join(config.dataDirectory, 'attachments'),
      objectStore: config.objectStore,
    }),
    vault,
    halves,
    cipher,
    limiter: createRateLimiter(config.rateLimits, clock),
    metrics: createMetrics(),
    sourceHash: (source) => cipher.index(source, 'audit_entry.source'),
  };
}

function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl === undefined) {
    const queryTimeout = config.databaseQuerySeconds * 1000;
    return openEmbedded({ directory: path.join(config.dataDirectory, 'db'), queryTimeout });
  }
  return openPostgresql({
    url: config.databaseUrl,
    poolSize: config.databasePool,
    statementTimeout: config.databaseQuerySeconds * 1000,
  });
}
