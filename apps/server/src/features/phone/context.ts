import type { FastifyRequest } from 'fastify';
import type { AuditActor } from '../../infra/audit/audit.ts';
import type { PhoneUser } from '../access/index.ts';
import type { PhoneDeps } from './deps.ts';
import { phoneError } from './errors.ts';
import type { LiveSession, PhoneSessions } from './sessions/phone-sessions.ts';

export type PhoneContext = { readonly deps: PhoneDeps; readonly sessions: PhoneSessions };

export const personActor = ({ userId }: Pick<PhoneUser, 'userId'>): AuditActor => ({
  kind: 'person',
  id: userId,
});

/** @throws PHONE_SESSION_REQUIRED */
export async function liveOf(context: PhoneContext, request: FastifyRequest): Promise<LiveSession> {
  const live = await context.sessions.find(request);
  if (live === undefined) throw phoneError('PHONE_SESSION_REQUIRED');
  return live;
}
