import type { Route } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { Audit, AuditActor } from '../../infra/audit/audit.ts';
import { auditOrigin, type SourceHash } from '../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../infra/http/http-app.ts';
import { type Mounted, mount } from '../../infra/http/mount.ts';
import {
  type Caller,
  can,
  type Holder,
  type Member,
  type OperatorCaller,
  type PhoneUser,
  type PlatformCaller,
  realmOf,
} from './caller.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The declaration that says who may call. */
    access?: Route;
    /** The use case writes its refusals itself, with more than the edge knows. */
    auditedInside?: boolean;
  }
}

/** Finds out who calls a route of its realm: by the session of the hub, the library, the desk, the phone, or as a platform. */
export type CallerFinder = (request: FastifyRequest) => Promise<Caller>;

const callers = new WeakMap<FastifyRequest, Caller>();

type Guard = { readonly find: CallerFinder; readonly audit: Audit; readonly sourceHash: SourceHash };

/**
 * Every route below `app` that says who may call is closed to all others, before its body is even looked at. What is
 * refused to a logged-in caller, here or by a rule further in, is audited (GEN-004, OD-39); who is merely not logged
 * in is told so.
 */
export function guardAccess(app: HttpApp, { find, audit, sourceHash }: Guard): void {
  app.addHook('preValidation', async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined || realmOf(access) === 'anyone') return;
    const caller = await find(request);
    callers.set(request, caller);
    const permission = can(caller, access);
    if (!permission.allowed) throw new CodedError(permission.code, {}, FORBIDDEN);
  });
  app.addHook('onError', async (request, _reply, error) => {
    const { access, auditedInside } = request.routeOptions.config;
    const caller = callers.get(request);
    if (!(error instanceof CodedError) || access === undefined || caller === undefined) return;
    if (caller.kind === 'anonymous' || auditedInside) return;
    if (request.method === 'GET' && error.cause !== FORBIDDEN) return;
    await audit.refused({
      actor: actorOf(caller),
      action: access.id,
      ...subjectOf(request.params),
      origin: auditOrigin(request, sourceHash),
      code: error.code,
    });
  });
}

/** Tells a refusal of the door from one of a rule behind it. */
const FORBIDDEN = Symbol('forbidden');

function subjectOf(params: unknown): { subject?: { kind: string; id: string } } {
  const { id, code } = (params ?? {}) as { id?: unknown; code?: unknown };
  const subject = id ?? code;
  return typeof subject === 'string' ? { subject: { kind: 'record', id: subject } } : {};
}

export function actorOf(caller: Exclude<Caller, { kind: 'anonymous' }>): AuditActor {
  switch (caller.kind) {
    case 'holder':
      return { kind: 'entity', id: caller.enterpriseId, certificate: caller.fingerprint };
    case 'member':
      return {
        kind: 'entity',
        id: caller.entityId,
        ...(caller.fingerprint === null ? {} : { certificate: caller.fingerprint }),
      };
    case 'operator':
      return { kind: 'operator', id: caller.operatorId, certificate: caller.fingerprint };
    case 'phone':
      return { kind: 'person', id: caller.userId };
    case 'platform':
      return { kind: 'platform', id: caller.code };
  }
}

/** Mounts an operation under its own declaration of who may call. */
export function serve<R extends Route>(app: HttpApp, { route, config, handler }: Mounted<R>): void {
  const guarded: FastifyContextConfig = { ...config, access: route };
  mount(app, { route, config: guarded, handler });
}

export function holderOf(request: FastifyRequest): Holder {
  const caller = callers.get(request);
  if (caller?.kind !== 'holder') throw new CodedError('HUB_SESSION_REQUIRED');
  return caller;
}

export function operatorOf(request: FastifyRequest): OperatorCaller {
  const caller = callers.get(request);
  if (caller?.kind !== 'operator') throw new CodedError('DESK_SESSION_REQUIRED');
  return caller;
}

export function memberOf(request: FastifyRequest): Member {
  const caller = callers.get(request);
  if (caller?.kind !== 'member') throw new CodedError('LIBRARY_SESSION_REQUIRED');
  return caller;
}

export function phoneUserOf(request: FastifyRequest): PhoneUser {
  const caller = callers.get(request);
  if (caller?.kind !== 'phone') throw new CodedError('PHONE_SESSION_REQUIRED');
  return caller;
}

export function platformOf(request: FastifyRequest): PlatformCaller {
  const caller = callers.get(request);
  if (caller?.kind !== 'platform') throw new CodedError('PLATFORM_CREDENTIALS');
  return caller;
}
