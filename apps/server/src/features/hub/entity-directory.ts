import type { EntityDirectory, LoginListener } from '../identity-provider/index.ts';
import type { HubDeps } from './deps.ts';
import { recordEntry } from './store/activations.ts';
import { enterpriseById } from './store/enterprises.ts';

/** What tokens say of an enterprise (OD-07), as it is now. */
export const entityDirectory = ({ database }: Pick<HubDeps, 'database'>): EntityDirectory => ({
  async claims(entityId) {
    const enterprise = await enterpriseById(database.db, entityId);
    if (enterprise?.state !== 'BOUND') return undefined;
    return { uscc: enterprise.uscc, name: enterprise.unit_name, roles: enterprise.roles };
  },
});

/** HUB-065, PLAT-003: the first login that a platform completed activates the enterprise there. */
export const loginListener = (deps: Pick<HubDeps, 'platforms' | 'clock' | 'audit'>): LoginListener => ({
  async platformEntered(tx, { entityId, clientId, certificateId }) {
    const platform = deps.platforms.lastSeen(clientId);
    if (platform === undefined) return;
    const first = await recordEntry(tx, {
      enterpriseId: entityId,
      platformCode: platform.code,
      certificateId,
      at: new Date(deps.clock.now()),
    });
    if (!first) return;
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id: entityId },
      action: 'platform.activate',
      subject: { kind: 'platform', id: platform.code },
      before: { state: 'INACTIVE' },
      after: { state: 'ACTIVE' },
    });
  },
});
