import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Infra } from '../../../infra/infra.ts';
import type { ClientDirectory } from '../ports.ts';
import { readAhead } from '../store/artefacts.ts';
import type { RequestScope } from '../store/request-scope.ts';
import { type CookieKeys, cookieNames, signedCookie } from './cookies.ts';

type ReadAheadDeps = {
  readonly infra: Infra;
  readonly clients: ClientDirectory;
  readonly cookieKeys: CookieKeys;
};

/** The uid in the address of a login that goes on after our pages. */
export const resumedInteraction = (ctx: KoaContextWithOIDC): string | undefined =>
  /^\/auth\/([\w-]+)$/.exec(ctx.path)?.[1];

/** The provider asks for interaction and session one after the other: both are read before it does. */
export async function readResumed(
  ctx: KoaContextWithOIDC,
  scope: RequestScope,
  { infra, clients, cookieKeys }: ReadAheadDeps,
): Promise<void> {
  const uid = resumedInteraction(ctx);
  const cookie = signedCookie(ctx.get('cookie'), cookieNames(infra.config.baseUrl).session, cookieKeys);
  if (uid === undefined || cookie === undefined) return;
  await readAhead(infra.database.pool, { uid, cookie, registerSql: clients.revisionSql }, scope);
}
