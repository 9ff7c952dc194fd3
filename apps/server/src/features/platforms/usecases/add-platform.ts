import { toHex } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import { newClientSecret } from '../client-secret.ts';
import type { By, PlatformDeps } from '../deps.ts';
import { checkAddresses, type NewPlatformFields, type PlatformRecord } from '../domain/platform.ts';
import { platformError } from '../errors.ts';
import { insertPlatform, platformByCode } from '../store.ts';

export type AddedPlatform = { readonly platform: PlatformRecord; readonly clientSecret: string };

/** Registers a platform, as one that has not joined; the secret is told this once. @throws PLATFORM_EXISTS, PLATFORM_ADDRESS */
export async function addPlatform(
  deps: PlatformDeps,
  { code, fields: given }: { code: string; fields: NewPlatformFields },
  by: By,
): Promise<AddedPlatform> {
  checkAddresses(given);
  const fields = { ...given, joined: false };
  const { secret, sha256 } = newClientSecret(deps.random);
  const clientId = `${code}-${toHex(deps.random(4))}`;
  const at = new Date(deps.clock.now());
  return withTransaction(deps.database, async (tx) => {
    if (!(await insertPlatform(tx, { code, clientId, secretSha256: sha256, fields, at }))) {
      throw platformError('PLATFORM_EXISTS');
    }
    await deps.audit.record(tx, {
      actor: by.actor,
      action: 'platform.add',
      subject: { kind: 'platform', id: code },
      after: { ...fields, clientId },
      reason: by.reason,
      ...(by.from ? { origin: by.from } : {}),
    });
    return { platform: (await platformByCode(tx, code))!, clientSecret: secret };
  });
}
