import type { FastifyRequest } from 'fastify';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import { type Language, languageOf } from '../../../infra/http/language.ts';
import type { BrowserCookie } from '../browser-cookie.ts';
import type { HubDeps } from '../deps.ts';
import { hubError } from '../errors.ts';
import type { AttemptRunner } from '../usecases/run-attempt.ts';

export type RouteContext = {
  readonly deps: HubDeps;
  readonly runner: AttemptRunner;
  readonly browser: BrowserCookie;
};

export const originOf = (deps: Pick<HubDeps, 'sourceHash'>, request: FastifyRequest): AuditOrigin =>
  auditOrigin(request, deps.sourceHash);

export const languageFor = (request: FastifyRequest): Language =>
  languageOf(request.query, request.headers['accept-language']);

/** Without the cookie no challenge was ever issued to this browser. @throws HUB_CHALLENGE_FOREIGN */
export function browserOf(browser: BrowserCookie, request: FastifyRequest): string {
  const digest = browser.read(request);
  if (digest === undefined) throw hubError('HUB_CHALLENGE_FOREIGN');
  return digest;
}
