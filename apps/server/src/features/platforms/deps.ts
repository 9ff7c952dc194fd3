import type { Clock, RandomBytes } from '@hufu/kernel';
import type { Audit, AuditActor, AuditOrigin } from '../../infra/audit/audit.ts';
import type { Database } from '../../infra/database/database.ts';

export type PlatformDeps = {
  readonly database: Database;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: RandomBytes;
};

/** Who changes the register, and why. */
export type By = {
  readonly actor: AuditActor;
  readonly reason: string;
  readonly from?: AuditOrigin;
};
