import type { FastifyRequest } from 'fastify';
import { ANONYMOUS, type Caller, type Holder } from '../access/index.ts';
import type { LiveSession } from '../identity-provider/index.ts';
import type { HubDeps } from './deps.ts';
import { certificateById } from './store/certificates.ts';

export type LiveHolder = { readonly holder: Holder; readonly session: LiveSession };

/** The session of a request with what its certificate is now: unbound means out, promoted means primary. */
export async function findLiveHolder(
  deps: Pick<HubDeps, 'database' | 'sessions'>,
  request: FastifyRequest,
): Promise<LiveHolder | undefined> {
  const session = await deps.sessions.find(request);
  if (session === undefined) return undefined;
  const { certificateId, phoneUserId = null } = session.facts;
  const row = await certificateById(deps.database.db, certificateId);
  if (row?.state !== 'BOUND') return undefined;
  return {
    session,
    holder: {
      kind: 'holder',
      sessionId: session.id,
      enterpriseId: row.enterprise_id,
      certificateId,
      fingerprint: row.fingerprint,
      role: row.role,
      phoneUserId,
    },
  };
}

export async function findHolder(
  deps: Pick<HubDeps, 'database' | 'sessions'>,
  request: FastifyRequest,
): Promise<Caller> {
  return (await findLiveHolder(deps, request))?.holder ?? ANONYMOUS;
}
