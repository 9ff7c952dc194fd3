import type { Tx } from '../../infra/database/database.ts';
import type { EntityDirectory, LoginListener } from '../identity-provider/index.ts';
import type { HubDeps, Role } from './deps.ts';
import { entryAgain, recordEntry } from './store/activations.ts';

/** An enterprise as the provider reads it along with a code or token. */
type EntityFacts = {
  readonly state: 'BOUND' | 'UNBOUND';
  readonly uscc: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Codes of the platforms that it has entered before. */
  readonly entered: readonly string[];
};

/** What tokens say of an enterprise (OD-07), as it is now. */
export const entityDirectory: EntityDirectory = {
  recordSql: (entityId) => `
    (select jsonb_build_object('state', e.state, 'uscc', e.uscc, 'name', e.unit_name, 'roles', e.roles,
              'entered', (select coalesce(jsonb_agg(a.platform_code), '[]') from platform_activation a
                           where a.enterprise_id = e.id))
       from enterprise e where e.id = ${entityId})`,
  claims(record) {
    const facts = record as EntityFacts | null;
    if (facts?.state !== 'BOUND') return undefined;
    const { uscc, name, roles } = facts;
    return { uscc, name, roles };
  },
};

/** HUB-065, PLAT-003: the first login that a platform completed activates the enterprise there. */
export const loginListener = (deps: Pick<HubDeps, 'platforms' | 'clock' | 'audit'>): LoginListener => ({
  inOneStatement({ entityId, clientId, entity }) {
    const platformCode = deps.platforms.lastSeen(clientId)?.code;
    const facts = entity as EntityFacts | null;
    if (platformCode === undefined || !facts?.entered.includes(platformCode)) return undefined;
    return entryAgain({ enterpriseId: entityId, platformCode, at: new Date(deps.clock.now()) });
  },
  async platformEntered(tx, { entityId, clientId, certificateId }) {
    const platform = deps.platforms.lastSeen(clientId);
    if (platform === undefined) return;
    await enter(deps, tx, { enterpriseId: entityId, platformCode: platform.code, certificateId });
  },
});

export type TargetEntry = {
  readonly enterpriseId: string;
  readonly platformCode: string;
  readonly certificateId: string;
};

/** The same of a target that is part of this installation. */
export const targetEntered =
  (deps: Pick<HubDeps, 'clock' | 'audit'>) =>
  (tx: Tx, entry: TargetEntry): Promise<void> =>
    enter(deps, tx, entry);

async function enter(deps: Pick<HubDeps, 'clock' | 'audit'>, tx: Tx, entry: TargetEntry): Promise<void> {
  const first = await recordEntry(tx, { ...entry, at: new Date(deps.clock.now()) });
  if (!first) return;
  await deps.audit.record(tx, {
    actor: { kind: 'entity', id: entry.enterpriseId },
    action: 'platform.activate',
    subject: { kind: 'platform', id: entry.platformCode },
    before: { state: 'INACTIVE' },
    after: { state: 'ACTIVE' },
  });
}
