import { isDeepStrictEqual } from 'node:util';
import { toHex } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { digestOf, newClientSecret } from '../client-secret.ts';
import type { PlatformDeps } from '../deps.ts';
import { checkAddresses, type PlatformFields } from '../domain/platform.ts';
import { insertPlatform, platformByClientId, platformByCode, updatePlatform } from '../store.ts';
import { tell } from './change-platform.ts';

export type SeedPlatform = Pick<
  PlatformFields,
  'name' | 'nameEn' | 'group' | 'supportPhone' | 'subsystems' | 'filingMode' | 'homeUrl'
> & { readonly code: string };

const SYSTEM = { kind: 'system' } as const;

/** Enters the region's platforms that the register does not know yet (HUB-010); what is known is left as it is. */
export async function seedPlatforms(deps: PlatformDeps, platforms: readonly SeedPlatform[]): Promise<void> {
  const at = new Date(deps.clock.now());
  await withTransaction(deps.database, async (tx) => {
    for (const [position, { code, ...fields }] of platforms.entries()) {
      if (await platformByCode(tx, code)) continue;
      const complete: PlatformFields = { ...fields, ...UNREGISTERED };
      const { sha256 } = newClientSecret(deps.random);
      const clientId = `${code}-${toHex(deps.random(4))}`;
      await insertPlatform(tx, { code, clientId, secretSha256: sha256, fields: complete, position, at });
      const by = { actor: SYSTEM, reason: 'region profile' };
      await tell(deps, tx, { action: 'platform.add', code, before: null, after: complete, by });
    }
  });
}

/** A platform joins when the desk has entered its addresses, not by being listed. */
const UNREGISTERED = {
  joined: false,
  subjectType: 'public',
  redirectUris: [],
  postLogoutRedirectUris: [],
  initiateLoginUri: null,
  backchannelLogoutUri: null,
} as const satisfies Partial<PlatformFields>;

export type GivenClient = {
  readonly code: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly fields: Partial<PlatformFields>;
};

/** Gives platforms of the profile the registration that a demo's platforms were started with. Idempotent. */
export async function registerGivenClients(
  deps: PlatformDeps,
  clients: readonly GivenClient[],
): Promise<void> {
  const at = new Date(deps.clock.now());
  await withTransaction(deps.database, async (tx) => {
    for (const { code, clientId, clientSecret, fields } of clients) {
      const known = await registered(tx, code);
      if (known === undefined) continue;
      const { current, version } = known;
      const next = { ...current, joined: true, ...fields };
      checkAddresses(next);
      const secretSha256 = digestOf(clientSecret);
      const same = isDeepStrictEqual({ ...current, clientId: known.clientId }, { ...next, clientId });
      if (same && known.secretSha256 === secretSha256) continue;
      await updatePlatform(tx, { code, version, fields: next, at });
      await updatePlatform(tx, { code, version: version + 1, secretSha256, clientId, at });
      const by = { actor: SYSTEM, reason: 'demo manifest' };
      await tell(deps, tx, {
        action: 'platform.change',
        code,
        before: current,
        after: { ...next, clientId },
        by,
      });
    }
  });
}

async function registered(tx: Tx, code: string) {
  const found = await platformByCode(tx, code);
  const whole = found && (await platformByClientId(tx, found.clientId));
  if (whole === undefined) return undefined;
  const {
    code: _code,
    clientId,
    secretSha256,
    suspendedAt: _at,
    suspendReason: _why,
    version,
    ...current
  } = whole;
  return { current, clientId, secretSha256, version };
}
