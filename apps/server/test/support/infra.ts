import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { type Clock, systemClock } from '@hufu/kernel';
import { type App, createApp } from '../../src/app.ts';
import { createRecorder, openSubmitKey } from '../../src/features/evidence/index.ts';
import { directoryAttachments } from '../../src/infra/attachments/attachments.ts';
import { createAudit } from '../../src/infra/audit/audit.ts';
import { type Config, readConfig } from '../../src/infra/config/config.ts';
import type { Database } from '../../src/infra/database/database.ts';
import type { Feature } from '../../src/infra/feature.ts';
import { createMetrics } from '../../src/infra/http/metrics.ts';
import { createRateLimiter } from '../../src/infra/http/rate-limit.ts';
import type { Infra } from '../../src/infra/infra.ts';
import { createLog } from '../../src/infra/log.ts';
import { createMailer, directoryTransport } from '../../src/infra/mail/mail.ts';
import { createOutbox } from '../../src/infra/outbox/outbox.ts';
import { createFieldCipher } from '../../src/infra/privacy/field-cipher.ts';
import { systemRandom } from '../../src/infra/random.ts';
import { openFileVault } from '../../src/infra/vault/file-vault.ts';
import { type OpenVault, openVault } from '../../src/infra/vault/open-vault.ts';
import { testDatabase } from './database.ts';
import { freePort } from './free-port.ts';

export type TestInfra = Infra & {
  readonly directory: string;
  /** Lines of the log so far. */
  readonly logged: string[];
  dispose(): Promise<void>;
};

export type TestInfraOptions = {
  readonly clock?: Clock;
  readonly settings?: Readonly<Record<string, string>>;
  readonly database?: Database;
};

/** The real ground on a private database and a private directory. */
export async function testInfra(options: TestInfraOptions = {}): Promise<TestInfra> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-test-'));
  const clock = options.clock ?? systemClock;
  const config: Config = readConfig(
    {
      HUFU_MODE: 'demo',
      HUFU_DATA: directory,
      HUFU_PORT: String(await freePort()),
      HUFU_LOG_LEVEL: 'info',
      ...options.settings,
    },
    (file) => fs.readFileSync(file, 'utf8'),
  );
  const logged: string[] = [];
  const log = createLog(config.logLevel, {
    write: (line) => {
      logged.push(line);
    },
  });
  const database = options.database ?? (await testDatabase());
  const { vault, halves } = await vaultOf(config, { clock, directory });
  const submitter = await openSubmitKey(vault);
  const cipher = createFieldCipher(vault, systemRandom);
  const outbox = createOutbox(database);
  return {
    config,
    clock,
    random: systemRandom,
    log,
    logged,
    directory,
    database,
    audit: createAudit(database, createRecorder({ clock, random: systemRandom, submitter })),
    outbox,
    mailer: createMailer(outbox, cipher),
    attachments: directoryAttachments(path.join(directory, 'attachments')),
    vault,
    halves,
    cipher,
    limiter: createRateLimiter(config.rateLimits, clock),
    metrics: createMetrics(),
    sourceHash: (source) => cipher.index(source, 'audit_entry.source'),
    async dispose() {
      if (!options.database) await database.close();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The vault process when the settings name one; else a file that costs less to open than a real one. */
function vaultOf(
  config: Config,
  { clock, directory }: { readonly clock: Clock; readonly directory: string },
): Promise<OpenVault> {
  if (config.signer !== undefined) return openVault(config, clock);
  const vault = openFileVault({
    scryptN: 1_024,
    file: path.join(directory, 'vault.json'),
    passphrase: randomBytes(12).toString('hex'),
    clock,
    random: systemRandom,
  });
  return Promise.resolve({ vault, halves: undefined });
}

/** A listening application over the given features. */
export async function testApp(infra: TestInfra, features: readonly Feature[]): Promise<App> {
  const portalDirectory = builtApp(infra.directory, 'portal');
  const phoneDirectory = builtApp(infra.directory, 'phone');
  const mailTransport = directoryTransport(path.join(infra.directory, 'mail'), infra.config.mailFrom);
  const app = await createApp({ infra, features, mailTransport, portalDirectory, phoneDirectory });
  await app.listen();
  return app;
}

/** As a build leaves a web application behind. */
function builtApp(folder: string, name: string): string {
  const directory = path.join(folder, name);
  fs.mkdirSync(path.join(directory, 'assets'), { recursive: true });
  fs.writeFileSync(
    path.join(directory, 'index.html'),
    '<!doctype html><script nonce="__NONCE__" src="assets/main.js"></script>',
  );
  const script = path.join(directory, 'assets', 'main.js');
  fs.writeFileSync(script, `document.title = "${name}";`);
  fs.writeFileSync(`${script}.br`, brotliCompressSync(`document.title = "${name}";`));
  return directory;
}
