import type { InteractionDetails } from '@hufu/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Fragment } from '../../infra/database/fragment.ts';
import type { LiveSession, SessionFacts } from './ports.ts';

/** The one session of a browser: the hub's and the OpenID provider's are the same record. */
export type HubSessions = {
  /**
   * Logs the browser in, always under a fresh session id; an older session of the same browser ends. The record
   * is written in the given transaction, the cookie set on the reply.
   */
  create(tx: Tx, call: Call & { facts: SessionFacts }): Promise<LiveSession>;
  /**
   * The same as a part of the caller's own statement. The cookie is set on the reply by `deliver`.
   * @returns undefined for a browser that has an older session: that takes a transaction
   */
  draft(call: Call & { facts: SessionFacts }): SessionDraft | undefined;
  /** By the request's cookie; undefined when there is none, it is forged, or the session has ended. */
  find(request: FastifyRequest): Promise<LiveSession | undefined>;
  /** Logs out here and, by the back channel, on every platform reached in the session. */
  end(tx: Tx, call: Call): Promise<void>;
  endById(tx: Tx, sessionId: string): Promise<boolean>;
  endForCertificate(tx: Tx, certificateId: string): Promise<number>;
  endForEntity(tx: Tx, entityId: string): Promise<number>;
  /** Whether the entity has a live session that has reached the platform. */
  isAt(executor: Executor, at: { readonly entityId: string; readonly clientId: string }): Promise<boolean>;
  /** The latest login first; of these enterprises alone, when they are named. */
  list(
    executor: Executor,
    page: { limit: number; offset: number; entityIds?: readonly string[] | undefined },
  ): Promise<{ items: LiveSession[]; total: number }>;
};

export type SessionDraft = {
  readonly session: LiveSession;
  /** @param source a CTE: the session is opened if it has a row */
  insert(source: string): Fragment;
  deliver(): void;
};

export type Call = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/**
 * A login that began on the hub (way B): both confirmations were given there. Lives a minute, works once, only for
 * this session and platform; consumed when the platform's own request arrives.
 */
export type LoginIntents = {
  /** @returns the platform's initiate_login_uri with `iss` and `login_hint`-free parameters, to send the browser to */
  create(tx: Tx, intent: { sessionId: string; clientId: string }): Promise<{ redirectTo: string }>;
};

/** What the pages of a login that a platform began (way A) show; implemented by the hub, in its own contracts. */
export type InteractionView = {
  readonly uid: string;
  readonly clientId: string;
  /** Who may authorise; undefined: somebody has to log in first. */
  readonly session: LiveSession | undefined;
  readonly expiresAt: Date;
  /** The platform's own beginning of a login, for a page that has expired. */
  readonly restartUrl: string | null;
  /** What `standingSql` gave for the session's certificate; null without a session. */
  readonly standing: unknown;
};

export type InteractionPresenter = {
  /** An SQL expression, read along with the session. @param certificateId an SQL expression, text */
  standingSql(certificateId: string): string;
  /**
   * Whether whoever is logged in may enter this platform: asked before anything is told to it.
   * @throws what stands against it
   */
  admit(entry: { readonly session: LiveSession; readonly clientId: string }): Promise<void>;
  /** @returns the body of `InteractionDetails`. Called inside no transaction. */
  show(view: InteractionView): Promise<InteractionDetails>;
};
