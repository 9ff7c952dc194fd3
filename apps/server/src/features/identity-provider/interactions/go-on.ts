import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuditEntry } from '../../../infra/audit/audit.ts';
import type { LiveSession } from '../ports.ts';
import type { Resume } from '../provider/passage.ts';
import { RequestScope } from '../store/request-scope.ts';
import type { Payload } from '../tables.ts';
import type { FoundInteraction } from './interaction-store.ts';

export type Confirmed = {
  readonly found: Pick<FoundInteraction, 'interaction' | 'stored' | 'registerRevision'>;
  /** Value of the session cookie, its signature verified. */
  readonly cookie: string;
  readonly session: LiveSession;
  readonly result: Payload;
  readonly audits: readonly AuditEntry[];
};

type Call = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/**
 * Lets a confirmed login go on at once: the decision, its audit entries and what the provider makes of it are one
 * write, and the browser goes from our page straight to the platform.
 *
 * @returns where to; undefined when somebody was faster
 */
export async function goOn(
  resume: Resume,
  { request, reply }: Call,
  { found, cookie, session, result, audits }: Confirmed,
): Promise<string | undefined> {
  const { uid } = found.interaction;
  const scope = new RequestScope();
  const payload = { ...found.stored.payload, result, session: { uid: session.id }, jti: uid };
  scope.interactionsAhead.set(uid, { payload, consumed: undefined });
  if (found.stored.session) scope.sessionsAhead.set(cookie, found.stored.session);
  scope.registerRevision = found.registerRevision;
  scope.audits.push(...audits);
  const passed = await resume({ request: request.raw, requestId: request.id, uid, scope });
  if (passed.status !== 303) return undefined;
  for (const one of passed.cookies) reply.header('set-cookie', one);
  return passed.location;
}
