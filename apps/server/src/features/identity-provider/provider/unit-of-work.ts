import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { StaleWrite } from '../store/artefacts.ts';
import { RequestScope, runInScope } from '../store/request-scope.ts';
import { passageOf } from './passage.ts';
import { readResumed } from './read-ahead.ts';

type Middleware = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>;

/** Writes all that a request has decided, in one piece. @throws StaleWrite */
export type Commit = (scope: RequestScope) => Promise<void>;

type UnitDeps = { readonly commit: Commit } & Parameters<typeof readResumed>[2];

/**
 * Commits before the answer leaves: what a browser or platform is told is on disk. If someone was faster (the same
 * code twice at once, a session ended meanwhile), the answer turns into the refusal that it would have been.
 */
export function unitOfWork(deps: UnitDeps): Middleware {
  const inScope = async (ctx: KoaContextWithOIDC, next: () => Promise<void>, scope: RequestScope) => {
    await runInScope(scope, next);
    if (ctx.status >= 500) return;
    try {
      await deps.commit(scope);
    } catch (error) {
      if (!(error instanceof StaleWrite)) throw error;
      refuse(ctx);
    }
  };
  return async (ctx, next) => {
    const passage = passageOf(ctx.req);
    if (passage) {
      ctx.respond = false;
      await passage.hear(ctx, () => inScope(ctx, next, passage.scope));
      return;
    }
    const scope = new RequestScope();
    await readResumed(ctx, scope, deps);
    await inScope(ctx, next, scope);
  };
}

function refuse(ctx: KoaContextWithOIDC): void {
  const { error, error_description, statusCode } = new errors.InvalidGrant('used or ended meanwhile');
  ctx.status = statusCode;
  ctx.remove('location');
  ctx.remove('set-cookie');
  ctx.body = { error, error_description };
}
