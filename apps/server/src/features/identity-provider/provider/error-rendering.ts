import { type ErrorOut, errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Infra } from '../../../infra/infra.ts';
import { findInteraction } from '../interactions/interaction-store.ts';
import { issuerRestart } from '../interactions/restart.ts';
import type { ClientDirectory, ClientRegistration } from '../ports.ts';
import { errorPage } from './pages.ts';
import { resumedInteraction } from './read-ahead.ts';

type Rendering = {
  readonly ctx: KoaContextWithOIDC;
  readonly out: ErrorOut;
  readonly error: Error;
  readonly deps: { readonly infra: Infra; readonly clients: ClientDirectory };
};

/** A failed request that must not be sent on to a platform: a page for a person, JSON for a program. */
export async function renderError({ ctx, out, error, deps }: Rendering): Promise<void> {
  const client = await clientOf(ctx, deps);
  const code = codeOf(error, client);
  const said = { code, error: out.error, description: out.error_description };
  if (code === 'INTERNAL') deps.infra.log.error({ ...said, err: error }, 'the OpenID provider failed');
  else deps.infra.log.warn(said, 'a request to the OpenID provider was refused');
  const status = code === 'HUB_PLATFORM_SUSPENDED' ? 403 : ctx.status;
  await deps.infra.audit.refused({
    actor: { kind: 'anonymous' },
    action: 'oidc.authorise',
    code,
    ...(client ? { subject: { kind: 'platform', id: client.clientId } } : {}),
    reason: out.error,
    origin: { requestId: String(ctx.res.getHeader('x-request-id') ?? '') },
  });
  if (ctx.accepts('html', 'json') === 'json') {
    ctx.status = status;
    ctx.body = { ...out, code };
    return;
  }
  const restartUrl = client && issuerRestart(client, deps.infra.config.baseUrl);
  errorPage(ctx, { code, status, restartUrl, platform: client?.name });
}

function codeOf(error: Error, client: ClientRegistration | undefined): string {
  if (client?.suspended) return 'HUB_PLATFORM_SUSPENDED';
  if (error instanceof errors.SessionNotFound) return 'HUB_INTERACTION_EXPIRED';
  if (error instanceof errors.InvalidRedirectUri) return 'OIDC_REDIRECT_URI';
  if (error instanceof errors.InvalidClient) return 'OIDC_CLIENT';
  return error instanceof errors.OIDCProviderError && error.expose ? 'OIDC_REQUEST' : 'INTERNAL';
}

async function clientOf(
  ctx: KoaContextWithOIDC,
  { infra, clients }: Rendering['deps'],
): Promise<ClientRegistration | undefined> {
  const named = ctx.oidc.params?.['client_id'] ?? ctx.query['client_id'];
  if (typeof named === 'string') return clients.find(named);
  const uid = resumedInteraction(ctx);
  if (!uid) return undefined;
  const found = await findInteraction(infra.database.pool, { uid, registerSql: clients.revisionSql });
  return found && clients.find(found.interaction.clientId, { revision: found.registerRevision });
}
