import type pg from 'pg';
import type { ClientDirectory } from '../ports.ts';
import type { Payload } from '../tables.ts';
import { storedId } from './stored-id.ts';

/** Whom an access token was issued to as itself, not on behalf of somebody who logged in. */
export type TokenHolder = { readonly clientId: string; readonly scopes: readonly string[] };

export type ServerTokens = {
  /** Undefined: unknown, expired, revoked, or of a client that may not call any more. A suspension counts at once. */
  find(token: string): Promise<TokenHolder | undefined>;
};

/** Access tokens of the client credentials grant (RFC 6749 §4.4), read with the register's revision in one round trip. */
export function serverTokens(pool: pg.Pool, clients: ClientDirectory): ServerTokens {
  return {
    async find(token) {
      const { rows } = await pool.query<{ payload: Payload; revision: string }>({
        name: 'oidc-find-server-token',
        text: `select payload, ${clients.revisionSql} as revision from oidc_artefact
                where kind = 'ClientCredentials' and id = $1 and expires_at > now()`,
        values: [storedId('ClientCredentials', token)],
      });
      const [row] = rows;
      if (row === undefined) return undefined;
      const clientId = String(row.payload['clientId']);
      const client = await clients.find(clientId, { revision: row.revision });
      if (client === undefined || client.suspended) return undefined;
      return { clientId, scopes: String(row.payload['scope'] ?? '').split(' ') };
    },
  };
}
