import type { ErrorRegister } from '@hufu/kernel';
import type { HttpApp } from './http/http-app.ts';
import type { Limits } from './http/rate-limit.ts';
import type { JobHandlers } from './outbox/job.ts';
import type { PeriodicTask } from './schedule/schedule.ts';

/** What a feature plugs into the application. Everything but the name and the routes is optional. */
export type Feature = {
  readonly name: string;
  /** Every code that it can raise; two features may share a code only with the same entry. */
  readonly errors?: ErrorRegister;
  /** Its named rate limits, which the configuration may override. */
  readonly limits?: Limits;
  /** Handlers of its outbox queues. */
  readonly jobs?: JobHandlers;
  readonly periodic?: readonly PeriodicTask[];
  /** Those among the attachments (by SHA-256) that it refers to. What no feature holds is deleted after a day. */
  heldAttachments?(sha256: readonly string[]): Promise<readonly string[]>;
  /** Conditions of `/readyz`: each rejects while the server should get no traffic. */
  readonly checks?: Readonly<Record<string, () => Promise<void>>>;
  /** Mounts its routes. The instance is encapsulated: hooks added here stay here. */
  register(app: HttpApp): void | Promise<void>;
  /** After listening: background work that is neither a job nor periodic. */
  start?(): Promise<void>;
  /** Before the database closes. */
  stop?(): Promise<void>;
};
