import { withTransaction } from '../../../infra/database/database.ts';
import type { SigningDeps } from '../deps.ts';
import { endedPreparations, itemsOf, lockPreparation, setPreparationState } from './preparation-store.ts';
import { releaseItem } from './release-item.ts';

/** Documents of preparations that nobody signed in time can be placed and prepared again. */
export async function expirePreparations(deps: SigningDeps): Promise<void> {
  const at = new Date(deps.clock.now());
  for (const { id } of await endedPreparations(deps.database.db, at)) {
    await withTransaction(deps.database, async (tx) => {
      const held = await lockPreparation(tx, id);
      if (held?.state !== 'READY' && held?.state !== 'PREPARING') return;
      for (const item of await itemsOf(tx, id)) {
        if (item.state === 'FAILED') continue;
        await releaseItem(tx, item, { code: 'SIGN_PREPARATION_CLOSED', fields: {} });
      }
      await setPreparationState(tx, { id, state: 'EXPIRED', at });
    });
  }
}
