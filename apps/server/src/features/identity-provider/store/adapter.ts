import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Payload } from '../tables.ts';
import {
  applySteps,
  findArtefact,
  findSession,
  findSessionByUid,
  findToken,
  type Queryable,
} from './artefacts.ts';
import { currentScope, type LoadedSession, type Step } from './request-scope.ts';
import { storedId } from './stored-id.ts';

/** Seconds, should the provider ever name none. */
const DEFAULT_TTL = 600;

/** Kinds that need their grant and session beside them. */
const TOKENS = new Set(['AuthorizationCode', 'AccessToken']);

export type AdapterDeps = {
  readonly queryable: Queryable;
  /** Metadata of a client that may be used now; `revision`: of the register, if this request has read it. */
  readonly findClient: (clientId: string, revision?: string) => Promise<AdapterPayload | undefined>;
  readonly registerSql: string;
  readonly recordSql: (entityId: string) => string;
};

/** oidc-provider's store on our tables: reads through, writes with the request (see RequestScope). */
export function sqlAdapter(deps: AdapterDeps): (kind: string) => Adapter {
  return (kind) => {
    if (kind === 'Client') return clientAdapter(deps);
    if (kind === 'Session') return sessionAdapter(deps);
    return artefactAdapter(kind, deps);
  };
}

async function write(queryable: Queryable, step: Step): Promise<void> {
  const scope = currentScope();
  if (scope) scope.write(step);
  else await applySteps(queryable, [step]);
}

function artefactAdapter(kind: string, { queryable, recordSql }: AdapterDeps): Adapter {
  return {
    ...READ_ONLY,
    async upsert(id, payload, expiresIn) {
      await write(queryable, {
        do: 'put',
        kind,
        id: storedId(kind, id),
        grantId: kind === 'Grant' ? null : (payload.grantId ?? null),
        sessionUid: payload.sessionUid ?? null,
        payload: stripped(payload),
        ttl: expiresIn ?? DEFAULT_TTL,
      });
    },
    async find(id) {
      const scope = currentScope();
      if (kind === 'Grant') {
        const known = scope?.grants.get(id);
        if (known) return { ...known, jti: id };
      }
      const found = TOKENS.has(kind)
        ? await findToken(queryable, { kind, id, recordSql }, scope)
        : ((kind === 'Interaction' ? taken(scope?.interactionsAhead, id) : undefined) ??
          (await findArtefact(queryable, kind, id)));
      if (!found) return undefined;
      // An interaction that has led somewhere is kept for its restart address, and is over.
      if (kind === 'Interaction' && found.consumed !== undefined) return undefined;
      return { ...found.payload, ...(found.consumed === undefined ? {} : { consumed: found.consumed }) };
    },
    consume: (id) => write(queryable, { do: 'consume', kind, id: storedId(kind, id) }),
    destroy: (id) =>
      write(queryable, {
        do: kind === 'Interaction' ? 'consume' : 'remove',
        kind,
        id: storedId(kind, id),
      }),
    revokeByGrantId: (grantId) => write(queryable, { do: 'revoke', grantId }),
  };
}

function sessionAdapter({ queryable, registerSql }: AdapterDeps): Adapter {
  const remember = (loaded: LoadedSession | undefined, jti: string) => {
    if (!loaded) return undefined;
    currentScope()?.sessions.set(loaded.uid, loaded);
    // A copy: the provider changes what it gets, and the change must show against what was read.
    return {
      ...structuredClone(loaded.payload),
      uid: loaded.uid,
      jti,
      exp: Math.floor(loaded.expiresAt.getTime() / 1000),
    };
  };
  return {
    ...READ_ONLY,
    async upsert(id, payload, expiresIn) {
      const uid = String(payload.uid);
      const known = currentScope()?.sessions.get(uid);
      const kept = stripped(payload);
      if (known) {
        if (JSON.stringify(comparable(known.payload)) === JSON.stringify(comparable(kept))) return;
        await write(queryable, { do: 'change-session', uid, payload: kept });
      } else if (payload.state !== undefined) {
        // Nobody is logged in, but a logout waits for its answer. Logins are opened by the hub alone.
        await write(queryable, {
          do: 'open-session',
          id: storedId('Session', id),
          uid,
          payload: kept,
          ttl: expiresIn ?? DEFAULT_TTL,
        });
      }
    },
    async find(value) {
      const scope = currentScope();
      const ahead = taken(scope?.sessionsAhead, value);
      if (ahead) return remember(ahead, value);
      const found = await findSession(queryable, value, registerSql);
      if (found && scope) scope.registerRevision = found.registerRevision;
      return remember(found, value);
    },
    async findByUid(uid) {
      const known = currentScope()?.sessions.get(uid) ?? (await findSessionByUid(queryable, uid));
      return remember(known, `uid:${uid}`);
    },
    destroy: (value) => write(queryable, { do: 'end-session', id: storedId('Session', value) }),
  };
}

function clientAdapter({ findClient }: AdapterDeps): Adapter {
  return {
    ...READ_ONLY,
    async find(clientId) {
      const scope = currentScope();
      if (scope?.clients.has(clientId)) return scope.clients.get(clientId);
      const found = await findClient(clientId, scope?.registerRevision);
      scope?.clients.set(clientId, found);
      return found;
    },
  };
}

const READ_ONLY: Adapter = {
  upsert: async () => {},
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  consume: async () => {},
  destroy: async () => {},
  revokeByGrantId: async () => {},
};

/** What was read ahead counts for the first question alone: a second one wants to know what is true by then. */
function taken<T>(ahead: Map<string, T> | undefined, key: string): T | undefined {
  const value = ahead?.get(key);
  ahead?.delete(key);
  return value;
}

/** Without the secret that names it, and without a copy of the browser's cookie. */
function stripped(payload: AdapterPayload): Payload {
  const { jti: _, ...kept } = payload as Payload;
  const { session } = kept as { session?: { cookie?: unknown } };
  if (session?.cookie === undefined) return kept;
  const { cookie: __, ...rest } = session;
  return { ...kept, session: rest };
}

function comparable(payload: Payload): Payload {
  const { exp: _, iat: __, ...rest } = payload;
  return Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
}
