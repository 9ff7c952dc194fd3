import { withTransaction } from '../../../infra/database/database.ts';
import { newClientSecret } from '../client-secret.ts';
import type { By, PlatformDeps } from '../deps.ts';
import { platformError } from '../errors.ts';
import { updatePlatform } from '../store.ts';
import { existing, tell } from './change-platform.ts';

/** The old secret is worthless from the commit on; the new one is told this once. @throws PLATFORM_UNKNOWN */
export async function rotateSecret(
  deps: PlatformDeps,
  code: string,
  by: By,
): Promise<{ clientSecret: string }> {
  const { secret, sha256 } = newClientSecret(deps.random);
  await withTransaction(deps.database, async (tx) => {
    const { version } = await existing(tx, code);
    const at = new Date(deps.clock.now());
    if (!(await updatePlatform(tx, { code, version, secretSha256: sha256, at }))) {
      throw platformError('PLATFORM_STALE');
    }
    await tell(deps, tx, { action: 'platform.rotate-secret', code, before: null, after: null, by });
  });
  return { clientSecret: secret };
}
