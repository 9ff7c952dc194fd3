import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuditOrigin } from '../../infra/audit/audit.ts';
import { auditOrigin } from '../../infra/http/caller-facts.ts';
import type { Hub } from '../hub/index.ts';
import type { EntityDeps, OwnFiles } from './deps.ts';
import { entityError } from './errors.ts';
import type { LetterDesk } from './letters/letter-desk.ts';
import type { LibrarySessions } from './sessions/library-sessions.ts';

/** The features that this one works with, once they are there. */
export type EntityPeers = {
  readonly hub: Pick<Hub, 'browser' | 'caller' | 'records' | 'targetEntered'>;
  /** Opens documents to be sealed. */
  readonly documents: LetterDesk;
  readonly ownFiles: OwnFiles;
};

export type EntityContext = {
  readonly deps: EntityDeps;
  readonly sessions: LibrarySessions;
  readonly peers: EntityPeers;
};

export type Call = { readonly request: FastifyRequest; readonly reply: FastifyReply };

export const originOf = ({ deps }: Pick<EntityContext, 'deps'>, request: FastifyRequest): AuditOrigin =>
  auditOrigin(request, deps.sourceHash);

/** Without the cookie nothing was ever read in this browser. @throws LIBRARY_ADMISSION */
export function browserOf({ peers }: Pick<EntityContext, 'peers'>, request: FastifyRequest): string {
  const digest = peers.hub.browser.read(request);
  if (digest === undefined) throw entityError('LIBRARY_ADMISSION');
  return digest;
}
