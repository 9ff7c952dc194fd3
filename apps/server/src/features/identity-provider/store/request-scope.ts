import { AsyncLocalStorage } from 'node:async_hooks';
import type { AdapterPayload } from 'oidc-provider';
import type { AuditEntry } from '../../../infra/audit/audit.ts';
import type { EntityRecord, PlatformLogin, SessionFacts } from '../ports.ts';
import type { Payload } from '../tables.ts';

/** One write, as the database function `oidc_apply` takes it. */
export type Step =
  | {
      do: 'put';
      kind: string;
      id: string;
      grantId: string | null;
      sessionUid: string | null;
      payload: Payload;
      ttl: number;
    }
  | { do: 'consume' | 'remove'; kind: string; id: string }
  | { do: 'revoke'; grantId: string }
  | { do: 'open-session'; id: string; uid: string; payload: Payload; ttl: number }
  | { do: 'change-session'; uid: string; payload: Payload }
  | { do: 'end-session'; id: string }
  | { do: 'use-intent'; uid: string; clientId: string }
  | {
      do: 'audit';
      action: string;
      entityId: string;
      certificate: string;
      clientId: string;
      requestId: string;
    }
  | { do: 'job'; queue: string; subject: string; payload: Payload };

export type Artefact = {
  readonly payload: Payload;
  /** Seconds since the epoch, when it was used. */
  readonly consumed: number | undefined;
};

export type LoadedSession = {
  /** Hash of the cookie's value. */
  readonly id: string;
  readonly uid: string;
  readonly payload: Payload;
  readonly facts: SessionFacts | null;
  readonly expiresAt: Date;
  /** Platforms for which both confirmations were just given on the hub. */
  readonly intents: readonly string[];
};

/**
 * What one request to the provider has read and means to write. Reads of things that came along with another
 * read cost nothing; writes wait until the answer is known and go to the database as one.
 */
export class RequestScope {
  readonly sessions = new Map<string, LoadedSession>();
  /** The same by the value of their cookie, and interactions by id: read ahead, each asked for once. */
  readonly sessionsAhead = new Map<string, LoadedSession>();
  readonly interactionsAhead = new Map<string, Artefact>();
  readonly grants = new Map<string, Payload>();
  /** Metadata of clients as they were when this request first asked; undefined: may not be used. */
  readonly clients = new Map<string, AdapterPayload | undefined>();
  /** Of the entities whose codes or tokens were read, by id. */
  readonly entities = new Map<string, EntityRecord>();
  /** Of the register of clients, if it was read along with something else. */
  registerRevision: string | undefined;
  readonly steps: Step[] = [];
  /** What the holder has done in this request, to be noted together with what comes of it. */
  readonly audits: AuditEntry[] = [];
  /** A platform that exchanged its code in this request. */
  entered: PlatformLogin | undefined;

  write(step: Step): void {
    this.steps.push(step);
    if (step.do === 'put' && step.kind === 'Grant') this.grants.set(step.id, step.payload);
  }

  session(uid: string): LoadedSession | undefined {
    return this.sessions.get(uid);
  }
}

const scopes = new AsyncLocalStorage<RequestScope>();

export const currentScope = (): RequestScope | undefined => scopes.getStore();

export const runInScope = <T>(scope: RequestScope, work: () => Promise<T>): Promise<T> =>
  scopes.run(scope, work);
