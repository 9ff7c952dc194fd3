import { generateKeyPairSync, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AdapterPayload, Provider } from 'oidc-provider';
import pg from 'pg';
import type { Client } from './login-world.ts';

const TABLE = `
  create table if not exists bare (
    kind text not null, id text not null, payload jsonb not null, grant_id text, uid text,
    expires_at timestamptz, consumed_at timestamptz, primary key (kind, id));
  create index if not exists bare_grant on bare (grant_id) where grant_id is not null;
  create unique index if not exists bare_uid on bare (kind, uid) where uid is not null;`;

type Row = { payload: AdapterPayload; consumed_at: Date | null };

function adapter(pool: pg.Pool) {
  const read = async (name: string, text: string, values: unknown[]) => {
    const { rows } = await pool.query<Row>({ name, text, values });
    const row = rows[0];
    return (
      row && { ...row.payload, ...(row.consumed_at ? { consumed: row.consumed_at.getTime() / 1000 } : {}) }
    );
  };
  const write = async (name: string, text: string, values: unknown[]) => {
    await pool.query({ name, text, values });
  };
  const live = 'and (expires_at is null or expires_at > now())';
  return (kind: string) => ({
    upsert: (id: string, payload: AdapterPayload, ttl?: number) =>
      write(
        'put',
        `insert into bare (kind, id, payload, grant_id, uid, expires_at)
         values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
         on conflict (kind, id) do update set payload = excluded.payload, expires_at = excluded.expires_at`,
        [kind, id, payload, payload.grantId ?? null, payload.uid ?? null, ttl ?? 600],
      ),
    find: (id: string) =>
      read('get', `select payload, consumed_at from bare where kind = $1 and id = $2 ${live}`, [kind, id]),
    findByUid: (uid: string) =>
      read('uid', `select payload, consumed_at from bare where kind = $1 and uid = $2 ${live}`, [kind, uid]),
    findByUserCode: async () => undefined,
    consume: (id: string) =>
      write('use', 'update bare set consumed_at = now() where kind = $1 and id = $2', [kind, id]),
    destroy: (id: string) => write('del', 'delete from bare where kind = $1 and id = $2', [kind, id]),
    revokeByGrantId: (grantId: string) => write('rev', 'delete from bare where grant_id = $1', [grantId]),
  });
}

/**
 * The measure: oidc-provider alone, one statement per operation on the same PostgreSQL. It believes every login and
 * asks nobody for consent; no certificate, no policy, no audit.
 */
export async function serveBareProvider(databaseUrl: string, clients: readonly Client[]): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  await pool.query(TABLE);
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const provider = new Provider(issuer, {
    adapter: adapter(pool),
    jwks: {
      keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' } as never],
    },
    clients: clients.map(({ id, secret, redirectUri }) => ({
      client_id: id,
      client_secret: secret,
      redirect_uris: [redirectUri],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'ES256',
    })),
    scopes: ['openid', 'entity', 'certificate'],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    async loadExistingGrant(ctx) {
      const { session, client } = ctx.oidc;
      const known = session!.grantIdFor(client!.clientId);
      if (known) return ctx.oidc.provider.Grant.find(known);
      const grant = new ctx.oidc.provider.Grant({
        accountId: session!.accountId!,
        clientId: client!.clientId,
      });
      grant.addOIDCScope('openid entity certificate');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    if (request.url === '/cpu') {
      const { user, system } = process.cpuUsage();
      response.end(String((user + system) / 1e6));
    } else if (request.url?.startsWith('/interaction/')) {
      await provider.interactionFinished(request, response, { login: { accountId: 'entity' } });
    } else {
      void answer(request, response);
    }
  });
  process.send?.({ issuer });
}
