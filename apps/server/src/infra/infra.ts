import type { Clock, RandomBytes } from '@hufu/kernel';
import type { FastifyBaseLogger } from 'fastify';
import type { Attachments } from './attachments/attachments.ts';
import type { Audit } from './audit/audit.ts';
import type { Config } from './config/config.ts';
import type { Database } from './database/database.ts';
import type { SourceHash } from './http/caller-facts.ts';
import type { HttpMetrics } from './http/metrics.ts';
import type { RateLimiter } from './http/rate-limit.ts';
import type { Mailer } from './mail/mail.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { FieldCipher } from './privacy/field-cipher.ts';
import type { Halves } from './vault/halves.ts';
import type { KeyVault } from './vault/key-vault.ts';

/** The ground, as a feature is given it. */
export type Infra = {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: FastifyBaseLogger;
  readonly database: Database;
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly mailer: Mailer;
  readonly attachments: Attachments;
  readonly vault: KeyVault;
  /** The vault's halves of phones' keys; undefined without a vault process. */
  readonly halves: Halves | undefined;
  readonly cipher: FieldCipher;
  readonly limiter: RateLimiter;
  readonly metrics: HttpMetrics;
  /** For `auditOrigin(request, infra.sourceHash)`. */
  readonly sourceHash: SourceHash;
};
