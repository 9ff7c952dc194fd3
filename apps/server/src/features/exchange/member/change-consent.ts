import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import { actorOf, type Member } from '../../access/index.ts';
import type { ExchangeDeps } from '../deps.ts';
import { existingPlatform } from '../registration/change-registration.ts';
import { giveConsent, takeConsent } from '../use/consent-store.ts';

type Change = {
  readonly member: Member;
  readonly platformCode: string;
  readonly given: boolean;
  readonly from: AuditOrigin;
};

/** Repeating it changes nothing. @throws EXCHANGE_UNKNOWN */
export async function changeConsent(
  deps: ExchangeDeps,
  { member, platformCode, given, from }: Change,
): Promise<void> {
  const { entityId } = member;
  await withTransaction(deps.database, async (tx) => {
    await existingPlatform(deps, tx, platformCode);
    const at = new Date(deps.clock.now());
    const changed = given
      ? await giveConsent(tx, { entityId, platformCode, at })
      : await takeConsent(tx, { entityId, platformCode });
    if (!changed) return;
    await deps.audit.record(tx, {
      actor: actorOf(member),
      action: given ? 'exchange.consent' : 'exchange.end-consent',
      subject: { kind: 'consent', id: `${entityId}:${platformCode}` },
      entity: entityId,
      after: { platform: platformCode, given },
      origin: from,
    });
  });
}
